"""The prompt lab in a real browser: by keyboard alone in Danish, a blind vote, stop, and in English."""

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
    page.goto(f"{product.base}/voila/render/{folder}sandbox/prompt-lab.ipynb")
    here = page.locator(".kl-prompt-lab")
    expect(here.locator("select").last.locator("option")).not_to_have_count(0)
    return here


def press(page: Page, button: Locator) -> None:
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_by_keyboard_ten_cases_are_answered_marked_and_counted(page: Page, product: Product) -> None:
    here = lab(page, product)
    press(page, here.get_by_role("button", name="Prøv begge prompter på 10 sager"))
    expect(here.locator(".kl-cases .kl-verdict").first).to_have_text(re.compile("Rigtigt|Forkert"))
    expect(here.locator(".kl-score")).to_have_text(
        re.compile(r"Prompt A: \d+ af 10. Prompt B: \d+ af 10. B klarede \d+")
    )
    expect(here.locator(".kl-verdict")).to_have_count(20)
    expect(here.locator(".kl-cases")).to_contain_text("≠ Kun B er rigtig")
    expect(here.locator(".kl-made").first).to_have_attribute("data-ai-model", re.compile("Gemma"))


def test_stop_keeps_what_was_answered(page: Page, product: Product) -> None:
    here = lab(page, product)
    press(page, here.get_by_role("button", name="Prøv begge prompter på 10 sager"))
    expect(here.locator(".kl-verdict").first).to_be_visible()
    press(page, here.get_by_role("button", name="Stop"))
    expect(here.locator(".kl-state").first).to_contain_text("Stoppet")
    done = here.locator(".kl-verdict").count()
    page.wait_for_timeout(1500)
    assert 0 < here.locator(".kl-verdict").count() == done < 20


def test_a_blind_vote_by_keyboard_says_which_was_which_only_at_the_end(page: Page, product: Product) -> None:
    here = lab(page, product)
    here.locator("select").first.focus()
    page.keyboard.press("End")
    expect(here.get_by_text("Her er ingen fast regel")).to_be_visible()
    press(page, here.get_by_role("button", name="Lav 5 par svar, og stem"))
    for number in range(1, 4):
        expect(here.get_by_role("heading", name=f"Sag {number} af 5")).to_be_visible()
        expect(here.locator(".kl-vote .kl-made")).not_to_contain_text("Prompt")
        press(page, here.get_by_role("button", name="Svar 1 er bedst"))
    press(page, here.get_by_role("button", name="Vis nu, hvem der skrev hvad"))
    expect(here.locator(".kl-vote .kl-score")).to_have_text(
        re.compile(r"Prompt A fik \d, prompt B fik \d, lige gode: 0.")
    )
    expect(here.locator(".kl-vote tbody tr")).to_have_count(3)
    expect(here.get_by_role("heading", name="Her er, hvad du stemte på")).to_be_focused()


def test_a_prompt_without_a_place_for_the_case_is_said_and_what_was_written_stays(page: Page, product: Product) -> None:
    here = lab(page, product)
    field = here.get_by_label("Prompt A", exact=True)
    field.fill("Hvad er fristen?")
    press(page, here.get_by_role("button", name="Prøv begge prompter på 10 sager"))
    expect(here.locator(".kl-state").first).to_contain_text("Prompt A mangler {sag}")
    expect(field).to_be_focused()
    here.locator("select").first.select_option("route")
    expect(field).not_to_have_value("Hvad er fristen?")
    here.locator("select").first.select_option("deadline")
    expect(field).to_have_value("Hvad er fristen?")
    here.get_by_role("button", name="Hent de oprindelige prompter").click()
    expect(field).to_have_value(re.compile(r"\{sag\}"))


def test_the_english_page_answers_english_cases(page: Page, product: Product) -> None:
    here = lab(page, product, "en/")
    here.get_by_role("button", name="Try both prompts on 10 cases").click()
    expect(here.locator(".kl-verdict").first).to_have_text(re.compile("Right|Wrong"))
    expect(here.locator(".kl-cases")).to_contain_text("Please send the application")
    here.get_by_role("button", name="Stop").click()
