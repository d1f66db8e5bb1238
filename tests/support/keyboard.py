"""A learner who uses the keyboard only: goes to a place with Tab, as there is no mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

MOST = 150
HAS_FOCUS = "node => node === document.activeElement"


def tab_to(page: Page, place: Locator, key: str = "Tab") -> None:
    """Press Tab (or `key`) until `place` has the focus."""
    place.wait_for()
    for _ in range(MOST):
        if place.evaluate(HAS_FOCUS):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{place} cannot be reached with {key}.")
