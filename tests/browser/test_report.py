"""A problem is reported by keyboard only: read by the guard, shown as it would be stored, and stored as shown."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Browser, Page, expect
from product import Product


@pytest.mark.parametrize(
    ("folder", "look", "mask", "send"),
    [
        ("", "Se, hvad der bliver gemt", "Sæt masken ind i teksten", "Send det"),
        ("en/", "See what will be stored", "Put the mask in the text", "Send it"),
    ],
)
def test_a_report_is_shown_masked_and_stored(
    browser: Browser, product: Product, folder: str, look: str, mask: str, send: str
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(product.address)
    page.goto(f"{product.base}/voila/render/{folder}sandbox/tokens.ipynb")
    summary = page.locator(".kl-report > summary")
    expect(summary).to_be_visible()
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=look)).to_be_visible()
    page.keyboard.press("Tab")  # the kind
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type(f"Noget om kirsten@example.org i {folder or 'da'}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=look)).to_be_focused()
    page.keyboard.press("Enter")
    shown = page.locator(".kl-report-shown")
    expect(shown).to_contain_text("[E-MAIL]")
    expect(page.get_by_role("button", name=send)).to_have_count(0)
    _press(page, mask)
    expect(page.get_by_role("button", name=send)).to_be_visible()
    _press(page, send)
    expect(page.locator(".kl-report-thanks")).to_be_focused()
    found = re.search(r"\b[0-9a-f]{8}\b", page.locator(".kl-report-thanks").inner_text())
    assert found
    rows = sqlite3.connect(product.var / "reports.db").execute(
        "SELECT kind, lab, text FROM reports WHERE receipt = ?", (found[0],)
    )
    assert rows.fetchall() == [("bias", "tokens", f"Noget om [E-MAIL] i {folder or 'da'}")]
    page.context.close()


def _press(page: Page, name: str) -> None:
    """Go on by Tab from the panel's heading to a button, and press it."""
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name!r} was not reached by Tab.")
