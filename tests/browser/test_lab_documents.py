"""Ask the documents in a real browser: Danish with the keyboard only, and that the English page works."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from product import Product

from sandbox.labs.documents_data import load_cases

TABS = 60


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    """A learner who has logged in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(product.address)
    expect(page).to_have_url(re.compile(r"index\.ipynb$"))
    yield page
    context.close()


def open_lab(page: Page, product: Product, folder: str = "") -> None:
    page.goto(f"{product.base}/voila/render/{folder}sandbox/documents.ipynb")
    expect(page.locator(".kl-doc .kl-select option").first).to_be_attached()


def focused(page: Page) -> str:
    return str(
        page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent)")
    )


def tab_to(page: Page, text: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if text in focused(page):
            return
    raise AssertionError(f"{text!r} cannot be reached with Tab")


def test_with_the_keyboard_only_one_asks_opens_the_source_and_comes_back(page: Page, product: Product) -> None:
    open_lab(page, product)
    tab_to(page, "Spørg dokumenterne")
    page.keyboard.press("Enter")
    expect(page.locator(".kl-doc-ask .kl-state")).to_contain_text("Færdig")
    expect(page.locator(".kl-doc-side .kl-made[data-ai-generated]")).to_have_count(2)
    assert page.locator(".kl-doc-hit").count() > 0
    tab_to(page, "Åbn kilden, og se")
    page.keyboard.press("Enter")
    expect(page.locator("dialog .kl-doc-mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    assert "Åbn kilden, og se" in focused(page)


def test_a_question_without_a_source_is_said_to_have_none(page: Page, product: Product) -> None:
    open_lab(page, product)
    page.get_by_role("button", name="Hvem er borgmester?").click()
    page.keyboard.press("Enter")
    expect(page.locator(".kl-doc-none")).to_contain_text("Ingen kilde fundet")
    expect(page.locator(".kl-doc-side[data-side=with]")).to_have_count(0)


def test_the_drill_is_done_with_the_keyboard_only(page: Page, product: Product) -> None:
    open_lab(page, product)
    page.locator(".kl-doc-choice input").first.focus()
    for number, case in enumerate(load_cases(), 1):
        expect(page.locator(".kl-doc-choices legend")).to_contain_text(f"Svar {number} af")
        if number > 1:
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        tab_to(page, "Tjek mit svar")
        page.keyboard.press("Enter")
        expect(page.locator(".kl-doc-outcome")).to_have_attribute("data-right", str(case.verdict == "yes").lower())
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    supported = sum(case.verdict == "yes" for case in load_cases())
    expect(page.locator(".kl-doc-outcome")).to_contain_text(f"{supported} af {len(load_cases())}")


def test_the_english_page_answers_too(page: Page, product: Product) -> None:
    open_lab(page, product, "en/")
    page.get_by_role("button", name="Ask the documents", exact=True).click()
    expect(page.locator(".kl-doc-ask .kl-state")).to_contain_text("Done")
    expect(page.locator(".kl-doc-found li")).to_have_count(3)
