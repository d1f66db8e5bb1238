"""Tokens in a real browser: what Danish costs beside English, and why letters are hard to count."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from keyboard import tab_to
from playwright.sync_api import Browser, Page, expect
from product import Product


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(product.address)
    expect(page).to_have_url(re.compile(r"index\.ipynb$"))
    yield page
    context.close()


def test_by_keyboard_alone_price_word_and_the_models_own_count(page: Page, product: Product) -> None:
    page.goto(f"{product.base}/voila/render/sandbox/tokens.ipynb")
    cost = page.get_by_role("region", name="Hvad det betyder")
    expect(cost).to_contain_text(re.compile(r"\d+\s% flere på dansk"))
    price = cost.get_by_label("Pris pr. 1 million tokens")
    expect(price).to_have_value("")
    tab_to(page, price)
    page.keyboard.type("200")
    expect(cost).to_contain_text(re.compile(r"10\.000 tekster som disse koster \d+,\d\d på dansk"))
    page.keyboard.type(" kr")
    expect(cost).to_contain_text("„200 kr“ er ikke et tal")
    letters = page.get_by_role("region", name="Hvorfor er bogstaver svære at tælle?")
    tab_to(page, letters.get_by_label("Et ord"))
    page.keyboard.press("Control+A")
    page.keyboard.type("sagsbehandler")
    expect(letters).to_contain_text("Du ser 13 bogstaver i „sagsbehandler“, og 2 af dem er „e“.")
    expect(letters.locator(".kl-pieces li")).not_to_have_count(0)
    tab_to(page, letters.get_by_role("button", name="Lad modellen skrive antallet"))
    page.keyboard.press("Enter")
    expect(letters.locator(".kl-made")).to_contain_text("Ordet „sagsbehandler“ har")
    expect(letters.locator(".kl-made")).to_contain_text("Der er 13")


def test_in_english_with_the_other_model(page: Page, product: Product) -> None:
    page.goto(f"{product.base}/voila/render/en/sandbox/tokens.ipynb")
    cost = page.get_by_role("region", name="What it means")
    expect(cost).to_contain_text(re.compile(r"\d+% more in Danish"))
    before = cost.inner_text()
    page.locator("select").select_option("smollm2-135m")
    expect(cost).not_to_have_text(before)
    expect(cost).to_contain_text(re.compile(r"\d+% more in Danish"))


def test_a_demo_in_a_lesson_shows_the_two_texts_alone(page: Page, product: Product) -> None:
    page.goto(f"{product.base}/voila/render/capabilities/capabilities.ipynb#tokens")
    expect(page.locator("[data-lab=tokens] .kl-compared")).not_to_be_empty()
    expect(page.locator(".kl-cost, .kl-letters")).to_have_count(0)
