"""The frame of a page in a real Chromium: one piece at a time, by keyboard, on paper, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

from axe import NARROW, READY
from playwright.sync_api import Page, expect
from served import Served

Open = Callable[..., Page]


def test_an_exercise_in_a_piece_shown_later_works(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    page.get_by_role("link", name="Næste").click()
    card = page.locator(".kk-current .kk-demo")
    card.get_by_role("button", name="Svar").click()
    expect(card.get_by_role("status")).to_have_text("Ja, den gætter det næste ord.", timeout=READY)


def test_one_piece_at_a_time_by_keyboard_and_back_again(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    expect(page.locator(".kk-piece:visible")).to_have_count(1)
    expect(page).to_have_url(re.compile("#scene$"))
    page.get_by_role("link", name="Næste").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#words$"))
    expect(page.locator("h2:focus")).to_have_text("Modellen gætter ord")
    expect(page.locator('[aria-current="step"]')).to_contain_text("Modellen gætter ord")
    expect(page.locator('[aria-current="step"]')).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".kk-current :focus")).to_have_count(1)
    page.go_back()
    expect(page.locator(".kk-piece:visible h2")).to_have_text("En mandag ved skranken")
    page.get_by_role("navigation", name="Modulets dele").get_by_role("link", name="I morgen").click()
    expect(page.locator(".kk-piece:visible h2")).to_have_text("I morgen")
    expect(page.get_by_role("link", name="Næste")).to_have_count(0)
    expect(page).to_have_title("I morgen – Hvad AI kan og ikke kan – AI-kørekort")


def test_the_last_piece_is_remembered_and_follows_the_language(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb#words")
    page.goto(f"{sample_pages.root}/voila/render/sample/sample.ipynb", wait_until="commit")
    page.wait_for_selector("body.kk-ready")
    expect(page.locator(".kk-piece:visible")).to_have_id("words")
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[lang=en] body.kk-ready", timeout=READY)
    expect(page).to_have_url(re.compile(r"/en/sample\.ipynb#words$"))
    expect(page.locator(".kk-piece:visible h2")).to_have_text("The model guesses words")


def test_an_address_within_a_piece_opens_it(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb#tomorrow")
    page.evaluate("location.hash = '#fact-sample'")
    expect(page.locator(".kk-piece:visible")).to_have_id("scene")
    expect(page.locator("#fact-sample")).to_be_visible()
    expect(page.locator("#fact-sample")).to_be_focused()


def test_the_skip_link_comes_first(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sandbox/chat.ipynb")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_have_text("Spring til indholdet")
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main").first).to_be_focused()


def test_the_parts_fold_out_on_a_narrow_page(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb", NARROW)
    step = page.get_by_role("link", name="I morgen").first
    expect(step).to_be_hidden()
    button = page.get_by_role("button", name="Vis alle dele")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(page.get_by_role("button", name="Skjul delene")).to_have_attribute("aria-expanded", "true")
    step.press("Enter")
    expect(page.locator(".kk-piece:visible")).to_have_id("tomorrow")
    expect(step).to_be_hidden()


def test_the_job_aid_can_be_printed_alone(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb#tomorrow")
    page.emulate_media(media="print")
    expect(page.locator(".kk-piece:visible")).to_have_count(3)
    page.evaluate("window.print = () => { window.printed = document.body.className }")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print kun huskesedlen").click()
    assert "kk-print-job-aid" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".kk-job-aid")).to_be_visible()
    expect(page.locator(".kk-card:visible, .kk-intro:visible, .kk-lesson:visible, .kk-heading:visible")).to_have_count(
        0
    )
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "kk-print-job-aid" not in page.evaluate("document.body.className")


def test_everything_can_be_read_without_scripts(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb", java_script_enabled=False)
    expect(page.locator(".kk-piece:visible")).to_have_count(3, timeout=READY)
    expect(page.get_by_text("øvelser, opgaver og forsøg virker kun med JavaScript")).to_be_visible()
    expect(page.get_by_text("Siden gøres klar")).to_be_hidden()


def test_readiness_is_announced(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    status = page.locator("#kk-status-text")
    expect(status).to_have_attribute("role", "status")
    expect(status).to_have_text("Siden er klar.")


def test_no_widget_shell_of_jupyterlab_is_seen(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    expect(page.locator(".jp-LabShell")).to_be_hidden()
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("contentinfo")).to_have_count(1)
