"""The lab on personal data in a real browser: marking by keyboard alone, by mouse and by finger, and the comparison."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product

PATIENCE = 120_000


@pytest.fixture
def page(browser: Browser, product: Product) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(product.address)
    return page


def lab(page: Page, product: Product, folder: str = "") -> Locator:
    page.goto(f"{product.base}/voila/render/{folder}sandbox/personal-data.ipynb")
    page.wait_for_selector("body.kk-ready")
    return page.locator(".kl-pd")


def marked(here: Locator) -> list[str]:
    return here.locator('.kx-word[aria-pressed="true"]').all_inner_texts()


def test_marking_by_keyboard_alone_is_said_undone_and_compared(page: Page, product: Product) -> None:
    here = lab(page, product)
    here.get_by_role("combobox", name="Tekst").focus()
    page.keyboard.press("Tab")
    expect(here.locator(".kx-word").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert marked(here) == ["Emil"]
    expect(page.get_by_role("status").filter(has_text="Markeret: Emil")).to_have_count(1)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert marked(here) == ["Emil", "kommer", "senere"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert marked(here) == ["Emil"]
    page.keyboard.press("Tab")
    expect(here.get_by_role("button", name="Se hvad vagten fandt")).to_be_focused()
    page.keyboard.press("Enter")
    expect(here.get_by_role("heading", name="Sådan gik det")).to_be_focused(timeout=PATIENCE)
    expect(here.locator(".kl-pd-lead")).to_contain_text("Du fandt 1 af 8 steder")
    phone = here.get_by_role("row").filter(has_text="67 14 22 90")
    expect(phone).to_contain_text("overså det")
    expect(phone).to_contain_text("fandt det")
    expect(here.locator('.kl-pd-drawn .kl-pd-mark[data-state="guard"]').first).to_contain_text("kun fundet af vagten")


def test_the_mouse_drags_and_a_text_without_personal_data_has_a_right_answer_too(page: Page, product: Product) -> None:
    here = lab(page, product)
    words = here.locator(".kx-word")
    words.nth(8).hover()
    page.mouse.down()
    words.nth(9).hover()
    page.mouse.up()
    assert len(marked(here)) == 2
    here.get_by_role("button", name="Fortryd").click()
    assert marked(here) == []
    here.get_by_role("combobox", name="Tekst").select_option(index=2)
    here.get_by_role("button", name="Se hvad vagten fandt").click()
    expect(here.locator(".kl-pd-lead")).to_contain_text("ingen persondata", timeout=PATIENCE)
    here.get_by_role("button", name="Næste tekst").click()
    expect(here.get_by_role("combobox", name="Tekst")).to_be_focused()
    expect(here.locator(".kl-pd-lead")).to_have_count(0)


def test_a_finger_marks_in_english_on_a_narrow_page(browser: Browser, product: Product) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(product.address)
    here = lab(page, product, "en/")
    here.locator(".kx-word").nth(1).tap()
    assert marked(here) == ["Emil"]
    here.get_by_role("button", name="See what the guard found").tap()
    expect(here.locator(".kl-pd-lead")).to_contain_text("You found 1 of 8 places", timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()
