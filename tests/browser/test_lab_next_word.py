"""Guess before the model answers, in a real browser: with the keyboard only, skipped, and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from keyboard import tab_to
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product

COUNT = 8


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(product.address)
    expect(page).to_have_url(re.compile(r"index\.ipynb$"))
    yield page
    context.close()


def guessing(page: Page, product: Product, folder: str = "") -> Locator:
    page.goto(f"{product.base}/voila/render/{folder}sandbox/next-word.ipynb")
    expect(page.locator(".kl-bar-share")).to_have_count(10)
    return page.locator(".kl-guessing")


def test_the_whole_series_by_keyboard_alone(page: Page, product: Product) -> None:
    here = guessing(page, product)
    field = here.get_by_label("Dit gæt på det næste ord")
    tab_to(page, field)
    for number in range(1, COUNT + 1):
        expect(here.locator(".kl-state").first).to_have_text(f"Tekst {number} af {COUNT}")
        expect(field).to_be_focused()
        page.keyboard.type("kontakte" if number == 3 else "hest")
        page.keyboard.press("Enter")
        expect(here.locator(".kl-result table")).to_be_visible()
        expect(here.locator(".kl-result")).to_be_focused()
        rows = here.locator(".kl-result tbody tr")
        expect(rows).to_have_count(3)
        expect(rows.first).to_contain_text("nr. 1")
        tab_to(page, here.get_by_role("button", name="Næste tekst" if number < COUNT else "Se, hvordan det gik"))
        page.keyboard.press("Enter")
    score = here.locator(".kl-score")
    expect(score).to_contain_text(f"Du gættede modellens førstevalg 1 af {COUNT} gange.")
    expect(score).to_contain_text(re.compile(rf"Modellens eget førstevalg var det, .* \d af {COUNT} gange"))
    tab_to(page, here.get_by_role("button", name="Begynd forfra"))
    page.keyboard.press("Enter")
    expect(field).to_be_focused()


def test_it_can_be_skipped_and_the_own_text_works_meanwhile(page: Page, product: Product) -> None:
    here = guessing(page, product)
    for _ in range(COUNT):
        here.get_by_role("button", name="Spring over").click()
    expect(here).to_contain_text("Du gættede ikke denne gang")
    here.get_by_role("button", name="Begynd forfra").click()
    here.get_by_role("button", name="Vis modellens tal").click()
    page.get_by_label("Din tekst").fill("Hovedstaden i Danmark hedder")
    expect(here.locator(".kl-result tbody tr")).to_have_count(2)
    expect(page.locator(".kl-bar-piece").first).to_contain_text("Køb")


def test_a_picked_word_in_english(page: Page, product: Product) -> None:
    here = guessing(page, product, "en/")
    here.get_by_role("button", name="rights", exact=True).click()
    expect(here.locator(".kl-result")).to_contain_text("You guessed the model's first choice.")
    expect(here.locator(".kl-result")).to_contain_text("Universal Declaration of Human Rights")


def test_a_demo_in_a_lesson_has_no_guessing(page: Page, product: Product) -> None:
    page.goto(f"{product.base}/voila/render/capabilities/capabilities.ipynb#scene")
    expect(page.locator("[data-lab=next_word] .kl-bar-share").first).to_be_visible()
    expect(page.locator(".kl-guessing")).to_have_count(0)
