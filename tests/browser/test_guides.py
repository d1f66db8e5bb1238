"""The guides and the library of cases in a real browser: found, read on a narrow screen, printed whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import NARROW, violations
from playwright.sync_api import Page, expect
from served import Served

Open = Callable[..., Page]


@pytest.mark.slow
def test_a_guide_is_found_from_the_home_page_and_read_in_both_languages(open_page: Open, real_pages: Served) -> None:
    page = open_page(real_pages, "index.ipynb")
    page.get_by_role("link", name="Vejledninger").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vejledninger")
    page.get_by_role("link", name="Sådan bruger AI-kørekort oplysninger om dig").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sådan bruger AI-kørekort oplysninger om dig")
    page.locator("#kk-other-language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(f"{real_pages.root}/voila/render/en/guides/rollout/notice.ipynb")
    page.get_by_role("link", name="All guides").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guides")


@pytest.mark.slow
def test_a_wide_table_is_scrolled_by_keyboard_and_printed_whole(open_page: Open, real_pages: Served) -> None:
    page = open_page(real_pages, "guides/rollout/notice.ipynb", NARROW)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    table = page.locator(".kk-wide").first
    assert table.evaluate("it => it.scrollWidth > it.clientWidth")
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
    page.emulate_media(media="print")
    assert table.evaluate("it => getComputedStyle(it).overflowX") == "visible"
    expect(page.get_by_role("link", name="Alle vejledninger")).to_be_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_cases_open_by_keyboard_and_are_printed_open(
    open_page: Open, real_pages: Served, axe: str, language: str
) -> None:
    path = "assistants/assistants.ipynb" if language == "da" else "en/assistants.ipynb"
    page = open_page(real_pages, f"{path}#movers", NARROW)
    cases = page.locator("details.kk-case")
    assert cases.count() >= 12
    cases.first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(cases.first.locator("dl")).to_be_visible()
    assert violations(page, axe) == []
    expect(cases.nth(1).locator("dl")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.kk-case:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.kk-case[open]").count() == 1


@pytest.mark.slow
def test_cases_are_printed_open_without_scripts(open_page: Open, real_pages: Served) -> None:
    page = open_page(real_pages, "assistants/assistants.ipynb", java_script_enabled=False)
    page.wait_for_load_state("load")
    page.emulate_media(media="print")
    expect(page.locator("details.kk-case dl").nth(1)).to_be_visible()
