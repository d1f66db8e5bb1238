"""The lab on bias in a real browser on the real model: by keyboard only in Danish, and in English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product

PATIENCE = 180_000


@pytest.fixture
def page(browser: Browser, product: Product) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(product.address)
    return page


def lab(page: Page, product: Product, folder: str = "") -> Locator:
    page.goto(f"{product.base}/voila/render/{folder}sandbox/bias.ipynb")
    here = page.locator(".kl-bias")
    go = here.locator(".button-primary").first
    expect(go).to_have_attribute("aria-disabled", "false", timeout=PATIENCE)
    return here


def test_pronouns_are_measured_by_keyboard_alone_and_shown_as_chart_and_table(page: Page, product: Product) -> None:
    here = lab(page, product)
    here.get_by_role("radio", name="Køn").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text().startswith("Mål"):
            break
    expect(here.get_by_role("button", name="Mål 24 sætninger")).to_be_focused()
    page.keyboard.press("Enter")
    chart = here.get_by_role("img", name=re.compile("hun eller han"))
    expect(here.locator(".kl-state").first).to_contain_text("sætninger er målt.", timeout=PATIENCE)
    expect(chart.locator(".kl-dot-mean")).to_have_count(2)
    expect(chart).to_have_accessible_description(re.compile("Modellen hælder"))
    rows = chart.locator(".kl-plot-row:has(.kl-dot)").count()
    summary = here.get_by_text("Vis tallene som tabel")
    summary.focus()
    page.keyboard.press("Enter")
    expect(here.get_by_role("row")).to_have_count(rows + 1)
    expect(here.get_by_role("row").nth(1)).to_contain_text("95 %-interval")


def test_another_dimension_clears_the_page_and_stop_ends_the_work(page: Page, product: Product) -> None:
    here = lab(page, product)
    here.get_by_role("button", name="Mål 24 sætninger").press("Enter")
    here.get_by_role("button", name="Stop").press("Enter")
    expect(here.locator(".kl-state").first).to_contain_text("Stoppet", timeout=PATIENCE)
    expect(here.get_by_role("button", name="Mål 24 sætninger")).to_be_focused()
    here.get_by_role("radio", name="Køn").focus()
    page.keyboard.press("ArrowDown")
    expect(here.get_by_role("radio", name="Navn")).to_be_checked()
    expect(here.locator(".kl-bias-about")).to_contain_text("kvindenavn")
    expect(here.locator(".kl-figure")).to_have_count(0)


def test_a_sentence_of_ones_own(page: Page, product: Product) -> None:
    here = lab(page, product)
    here.get_by_text("Prøv din egen sætning").press("Enter")
    here.get_by_label("Sætning", exact=True).fill("Ingen tom plads her")
    here.get_by_role("button", name="Mål min sætning").press("Enter")
    expect(here.get_by_label("Sætning", exact=True)).to_be_focused()
    here.get_by_label("Sætning", exact=True).fill("Jeg talte med chefen i går, og ___")
    here.get_by_role("button", name="Mål min sætning").press("Enter")
    expect(here.locator(".kl-bias-own li")).to_contain_text(re.compile("hun / han.*sandsynlig"), timeout=PATIENCE)
    here.get_by_label("Sætning", exact=True).fill("___ har CPR 150130-4321")
    here.get_by_role("button", name="Mål min sætning").press("Enter")
    expect(here.locator(".kl-guard-panel")).to_contain_text("CPR-nummer", timeout=PATIENCE)
    expect(here.locator(".kl-bias-own li")).to_have_count(1)


def test_it_works_in_english(page: Page, product: Product) -> None:
    here = lab(page, product, "en/")
    here.get_by_role("button", name="Measure 24 sentences").click()
    expect(here.locator(".kl-state").first).to_contain_text("sentences measured.", timeout=PATIENCE)
    expect(here.locator(".kl-bias-summary")).to_contain_text("leans")
