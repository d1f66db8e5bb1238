"""From `start` to the AI-kørekort in Danish, in a real browser, with the keyboard alone and the real grader."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from learner import answer, box, press
from playwright.sync_api import Browser, Page, expect
from product import Product

from course.module import Module, load_modules
from course.syllabus import load_syllabus

ALLE = load_syllabus().tracks[0]
MODULES = load_modules()
LEARNER = "anna"
PATIENCE = 60_000


@pytest.fixture
def page(browser: Browser, product: Product) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(product.address)
    return page


@pytest.mark.timeout(1500)
def test_a_learner_goes_from_start_to_the_licence(page: Page, product: Product) -> None:
    for name in ALLE.pieces:
        go(page, MODULES[name])
        for piece in ALLE.pieces[name]:
            do(page, MODULES[name], piece)
        hand_in(page, product, name)
        press(page.locator("header").get_by_role("link").first)
        expect(page).to_have_url(re.compile(r"index\.ipynb$"))
    licence = report(product, "final")["licence"]
    assert licence["met"], licence["missing"]
    expect(page.get_by_role("main")).to_contain_text("Du har AI-kørekortet")


def go(page: Page, module: Module) -> None:
    """Open a module from the course's front page."""
    press(page.get_by_role("link", name=module.title["da"], exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(module.title["da"])


def do(page: Page, module: Module, piece: str) -> None:
    """Answer everything in a piece rightly, and go on to the next one."""
    section = page.locator(f"#{piece}")
    expect(section).to_be_visible()
    blocks = module.lessons["da"].blocks
    for item_id in [block.reference for block in blocks if block.role == "exercise" and block.piece == piece]:
        item = module.items[item_id]
        answer(page, item, "da")
        if item.use == "practice":
            press(box(page, item).locator(".kx-check"))
            expect(box(page, item).locator(".kx-verdict-right")).to_be_visible()
    if piece != ALLE.pieces[module.id][-1]:
        press(section.locator('a[rel="next"]'))


def hand_in(page: Page, product: Product, module: str) -> None:
    """Hand in with the button at hand, and wait until the grader has answered."""
    before = report(product, module).get("ticket")
    here = page.locator(".kx-submit:visible").last
    expect(here.locator(".kx-missing a")).to_have_count(0)  # what other tracks have is not asked for here
    press(here.locator("button.button-primary").first)
    for _ in range(480):
        if report(product, module).get("ticket", before) != before:
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{module} got no feedback in two minutes")


def report(product: Product, module: str) -> dict[str, Any]:
    """What the learner's page reads of a module's grading."""
    file = product.var / "feedback" / LEARNER / f"{module}.json"
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}
