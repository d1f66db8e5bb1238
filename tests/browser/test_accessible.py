"""Every page in a real Chromium, in both languages, wide and narrow: no violation of WCAG 2.1 A and AA."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import NARROW, WIDE, check_pieces, hosts, violations
from playwright.sync_api import Browser, Page, ViewportSize, expect
from served import Served

Open = Callable[..., Page]
READ_AT = {"da": (WIDE, NARROW), "en": (WIDE,)}  # the languages share their structure
ONE_GUIDE = "guides/facilitator/workshop"  # in English; all guides are one kind of page


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
@pytest.mark.parametrize("path", ["index.ipynb", "sample/sample.ipynb", "sandbox/chat.ipynb"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_frame_is_accessible(
    open_page: Open,
    sample_pages: Served,
    axe: str,
    language: str,
    path: str,
    viewport: ViewportSize,
    asked: list[str],
) -> None:
    page = open_page(sample_pages, path if language == "da" else f"en/{path.replace('sample/', '')}", viewport)
    assert page.locator("html").get_attribute("lang") == language
    check_pieces(page, axe)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert hosts(asked) == {"127.0.0.1"}


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_the_course_is_accessible(
    open_page: Open, real_pages: Served, axe: str, language: str, asked: list[str]
) -> None:
    site = real_pages.var / "site"
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.ipynb"))]
    mine = [path for path in pages if path.startswith("en/") == (language == "en")]
    assert len(mine) >= 4
    for path in (path for path in mine if language == "da" or "guides/" not in path or ONE_GUIDE in path):
        page = open_page(real_pages, path)
        assert page.locator("html").get_attribute("lang") == language
        read_at = (NARROW,) if "guides/" in path else READ_AT[language]
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            if viewport in read_at:
                check_pieces(page, axe)
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        page.context.close()
    assert hosts(asked) == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["/login", "/nothing", "/login?wrong"])
def test_the_pages_around_are_accessible(browser: Browser, sample_pages: Served, axe: str, path: str) -> None:
    with browser.new_context(viewport=NARROW) as context:
        page = context.new_page()
        if path == "/nothing":
            page.goto(sample_pages.address)
        page.goto(sample_pages.root + path.removesuffix("?wrong"))
        if path.endswith("?wrong"):
            page.get_by_label("Kode").fill("forkert")
            page.get_by_role("button", name="Fortsæt").click()
            expect(page.get_by_role("alert")).to_contain_text("Koden passer ikke")
        assert violations(page, axe) == []
