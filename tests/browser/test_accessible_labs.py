"""Each lab on the real model when it has been used: accessible, and every chart can be read as a table."""

from __future__ import annotations

import pytest
from axe import NARROW, WIDE, charts, violations
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product

from course.lab_pages import load_lab_pages

pytestmark = pytest.mark.slow

PATIENCE = 180_000
SHOWN = ".kl-made, .kl-pieces, figure, table"  # what a lab shows once something has been done
WITH_CHART = {"bias"}


def do_it(page: Page, product: Product, language: str, lab: str) -> Locator:
    """Open a lab, press its main button when that can be pressed, and wait until there is something to see."""
    page.set_default_timeout(PATIENCE)
    page.goto(product.address)
    page.goto(f"{product.base}/voila/render/{'' if language == 'da' else 'en/'}sandbox/{lab}.ipynb")
    here = page.locator("[data-lab]").first
    expect(here).to_be_visible(timeout=PATIENCE)
    expect(here.locator("select:not(:has(option))")).to_have_count(0, timeout=PATIENCE)  # until the models are known
    main = here.locator(".button-primary:visible")
    if main.count():
        expect(main.first).not_to_have_attribute("aria-disabled", "true", timeout=PATIENCE)
        main.first.press("Enter")
    expect(here.locator(SHOWN).locator("visible=true").first).to_be_visible(timeout=PATIENCE)
    return here


@pytest.mark.parametrize("lab", [page.id for page in load_lab_pages()])
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_lab_that_is_used_is_accessible(
    browser: Browser, product: Product, axe: str, language: str, lab: str
) -> None:
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        here = do_it(page, product, language, lab)
        if lab in WITH_CHART:
            expect(here.locator("figure")).to_be_visible(timeout=PATIENCE)
            expect(here.locator("table")).not_to_have_count(0, timeout=PATIENCE)  # it comes when all is measured
        here.evaluate("node => node.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            assert violations(page, axe) == []
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        seen = charts(page)
        assert bool(seen) == (lab in WITH_CHART)
        for chart in seen:
            assert chart["name"], f"{chart['what']} has no name"
            assert chart["table"], f"{chart['what']} has no table with a caption beside it"
            assert int(chart["figures"]) > 0, f"the table beside {chart['what']} is empty"


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ('<svg width="9" height="9"></svg>', ["name", "table", "figures"]),
        ('<div><svg width="9" height="9" aria-label="Svar"></svg></div>', ["table", "figures"]),
        ('<svg width="9" height="9" aria-hidden="true"></svg>', None),
        (
            '<div><svg width="9" height="9" aria-label="Svar"></svg>'
            "<table><caption>Svar</caption><tbody><tr><td>1</td></tr></tbody></table></div>",
            [],
        ),
    ],
)
def test_a_chart_without_name_or_table_would_be_found(browser: Browser, html: str, faults: list[str] | None) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(html)
        found = charts(page)
        assert [[key for key in ("name", "table", "figures") if not chart[key]] for chart in found] == (
            [] if faults is None else [faults]
        )
