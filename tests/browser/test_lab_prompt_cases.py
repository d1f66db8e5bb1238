"""A prompt of one's own on hidden cases, in the lesson: by keyboard alone at 390 pixels, stop, undo, and in English."""

from __future__ import annotations

import re

import pytest
from axe import NARROW, WIDE, violations
from keyboard import tab_to
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from product import Product

PATIENCE = 180_000
GO = {"da": "Prøv på de ti skjulte sager", "en": "Try it on the ten hidden cases"}


def lab(browser: Browser, product: Product, language: str = "da", viewport: ViewportSize = NARROW) -> Locator:
    """Open the piece of the lesson that has the lab, and wait until the model is known."""
    page = browser.new_context(viewport=viewport).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(product.address)
    path = "prompts/prompts.ipynb" if language == "da" else "en/prompts.ipynb"
    page.goto(f"{product.base}/voila/render/{path}#cases")
    here = page.locator(".kl-prompt-cases")
    expect(here.get_by_role("button", name=GO[language])).not_to_have_attribute("aria-disabled", "true")
    return here


def press(page: Page, place: Locator) -> None:
    tab_to(page, place)
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_by_keyboard_a_prompt_gets_better_and_an_attempt_can_be_had_back(
    browser: Browser, product: Product, axe: str
) -> None:
    here = lab(browser, product)
    page, field, score = here.page, here.get_by_label("Din prompt"), here.locator(".kl-big")
    go = here.get_by_role("button", name=GO["da"])
    poor = field.input_value()
    tab_to(page, field)
    press(page, go)
    expect(here.locator(".kl-state")).to_contain_text(re.compile(r"Sag \d+ af 10"))
    expect(score).to_have_text(re.compile(r"^[0-3] af 10$"))
    expect(here.locator(".kl-result li").first).to_have_text(re.compile(r"^\d+ svar havde"))

    tab_to(page, here.get_by_text("Tre råd, hvis du går i stå"), "Shift+Tab")
    page.keyboard.press("Enter")
    press(page, here.get_by_text("2. Giv eksempler"))
    press(page, here.get_by_role("button", name="Sæt de to eksempler ind"))
    tab_to(page, field, "Shift+Tab")
    page.keyboard.press("Control+End")
    for _ in range(len("{sag}\n")):
        page.keyboard.press("Backspace")
    page.keyboard.type("Besked: {sag}\nFrist:")
    press(page, go)
    expect(score).to_have_text(re.compile(r"^([7-9]|10) af 10$"))
    expect(here.locator(".kl-result")).to_contain_text("flere end i forsøget før")
    assert violations(page, axe) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    rows = here.locator(".kl-attempts tbody tr")
    expect(rows).to_have_count(2)
    press(page, rows.first.get_by_role("button", name="Hent prompten fra forsøg 1"))
    expect(field).to_have_value(poor)
    tab_to(page, here.get_by_role("button", name="Fortryd"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(r"16\. marts\n\nBesked: \{sag\}\nFrist:$"))


def test_stop_is_no_attempt_and_a_prompt_without_a_place_is_said(browser: Browser, product: Product) -> None:
    here = lab(browser, product, viewport=WIDE)
    here.get_by_role("button", name=GO["da"]).click()
    here.get_by_role("button", name="Stop").click()
    expect(here.locator(".kl-state")).to_contain_text("tæller ikke som et forsøg")
    expect(here.get_by_role("button", name=GO["da"])).to_be_focused()
    expect(here.locator(".kl-attempts")).to_be_hidden()
    field = here.get_by_label("Din prompt")
    field.fill("Hvad er fristen?")
    here.get_by_role("button", name=GO["da"]).click()
    expect(here.locator(".kl-state")).to_contain_text("Prompten mangler {sag}")
    expect(field).to_be_focused()
    field.fill("Borger 130531-4567: {sag}")
    here.get_by_role("button", name=GO["da"]).click()
    expect(here.locator('.kl-guard-panel[data-verdict="block"]')).to_be_visible()
    expect(field).to_have_value("Borger 130531-4567: {sag}")


def test_in_english_the_open_cases_show_what_the_model_wrote(browser: Browser, product: Product) -> None:
    here = lab(browser, product, "en", WIDE)
    expect(here.locator(".kl-made")).to_have_count(0)
    here.get_by_role("button", name="Try it on the open cases").click()
    expect(here.locator(".kl-state")).to_contain_text("They do not count")
    made = here.locator(".kl-made")
    expect(made).to_have_attribute("data-ai-model", re.compile("Gemma"))
    expect(made.locator(".kl-verdict")).to_have_count(3)
    expect(here.locator(".kl-attempts")).to_be_hidden()
