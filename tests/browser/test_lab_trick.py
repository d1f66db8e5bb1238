"""Trick the assistant in a real browser: by keyboard alone in Danish, and in English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product


@pytest.fixture
def page(browser: Browser, product: Product) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(product.address)
    return page


def lab(page: Page, product: Product, folder: str = "") -> Locator:
    page.goto(f"{product.base}/voila/render/{folder}sandbox/trick.ipynb")
    here = page.locator(".kl-trick")
    expect(here.locator("select option")).not_to_have_count(0)
    return here


def press(page: Page, button: Locator) -> None:
    button.focus()
    page.keyboard.press("Enter")


def test_by_keyboard_the_secret_comes_out_and_the_next_level_stops_the_same_try(page: Page, product: Product) -> None:
    here = lab(page, product)
    press(page, here.get_by_role("button", name="Send til assistenten"))
    first = here.locator(".kl-try").first
    expect(first.locator(".kl-outcome")).to_contain_text("Det hemmelige ord kom ud")
    expect(first.locator("[data-ai-generated]")).to_contain_text("KANEL")
    here.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(here.get_by_text("Ordene på listen:")).to_be_visible()
    press(page, here.get_by_role("button", name="Send til assistenten"))
    expect(here.locator(".kl-try")).to_have_count(2)
    expect(here.locator(".kl-try").first.locator(".kl-outcome")).to_contain_text("„hemmelig“ er på listen")
    expect(here.locator(".kl-level-mark").first).to_contain_text("kom ud i forsøg 1")


def test_hints_come_one_at_a_time_and_end(page: Page, product: Product) -> None:
    here = lab(page, product)
    for number in (1, 2, 3):
        press(page, here.get_by_role("button", name=re.compile("hint")))
        expect(here.locator(".kl-hints li")).to_have_count(number)
    expect(here.get_by_role("button", name="Ikke flere hint")).to_have_attribute("aria-disabled", "true")


def test_the_english_page_works_and_says_which_edition_the_risks_are_from(page: Page, product: Product) -> None:
    here = lab(page, product, "en/")
    here.get_by_role("button", name="Role play").click()
    here.get_by_role("button", name="Send to the assistant").click()
    expect(here.locator(".kl-outcome").first).to_contain_text("The secret word came out")
    here.get_by_text("What do professionals call it?").click()
    expect(here.locator(".kl-risks")).to_contain_text("LLM08:2026 Hidden Context Exposure")
    expect(here).to_contain_text("published on 4 August 2026")
    expect(page.get_by_role("heading", name="An instruction is not a lock")).to_be_visible()
