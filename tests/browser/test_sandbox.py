"""The sandbox in a real browser on the real model: chat, the guard, stop, the next word, and a service that is away."""

from __future__ import annotations

import re
import signal

import psutil
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product

CPR = "150130-4321"  # a birth date in 2030: nobody has it


@pytest.fixture
def page(browser: Browser, product: Product) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(product.address)
    expect(page).to_have_url(re.compile(r"index\.ipynb$"))
    return page


def chat(page: Page, product: Product, folder: str = "") -> Locator:
    page.goto(f"{product.base}/voila/render/{folder}sandbox/chat.ipynb")
    expect(page.locator(".kl-chat")).to_be_visible()
    return page.locator(".kl-chat")


def test_the_model_continues_a_danish_text_and_the_answer_is_marked(page: Page, product: Product) -> None:
    here = chat(page, product)
    here.locator("textarea").last.fill("Kære forældre\n\nI næste uge skal klassen på tur til")
    here.get_by_role("button", name="Send", exact=True).click()
    expect(here.locator(".kl-turn .kl-check")).to_contain_text("Tjek det selv")
    assert len(here.locator(".kl-answer .kl-words").inner_text()) > 20
    expect(here.locator(".kl-turn")).to_contain_text("AI-skabt")
    expect(here.locator("textarea").last).to_have_value("")


def test_smollm_chats_in_english(page: Page, product: Product) -> None:
    here = chat(page, product, "en/")
    here.locator("select").select_option("smollm2-135m")
    here.locator("textarea").last.fill("What is the capital of Denmark?")
    here.get_by_role("button", name="Send", exact=True).click()
    expect(here.locator(".kl-answer .kl-words")).to_have_text(re.compile(r"\w+ \w+ \w+"))


def test_a_cpr_number_never_reaches_the_model(page: Page, product: Product) -> None:
    here = chat(page, product)
    text = f"Skriv et brev til borgeren med {CPR} om"
    here.locator("textarea").last.fill(text)
    here.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("CPR-nummer")
    expect(here.locator(".kl-turn")).to_have_count(0)
    expect(here.locator("textarea").last).to_have_value(text)


def test_an_e_mail_address_is_masked_before_it_is_sent(page: Page, product: Product) -> None:
    here = chat(page, product)
    here.locator("textarea").last.fill("Svar venligst til karen@example.dk og skriv, at")
    here.get_by_role("button", name="Send", exact=True).click()
    here.get_by_role("button", name="Send med masker").click()
    expect(here.locator(".kl-turn .kl-check")).to_be_visible()
    expect(here.locator(".kl-answer")).not_to_contain_text("karen@")


def test_stop_ends_the_answer(page: Page, product: Product) -> None:
    here = chat(page, product)
    here.locator("textarea").last.fill("Her er en meget lang liste over alle byer i Danmark:\n\n1.")
    here.get_by_role("button", name="Send", exact=True).click()
    expect(here.locator(".kl-answer .kl-words")).not_to_be_empty()
    here.get_by_role("button", name="Stop svaret").click()
    expect(here.locator(".kl-reason")).to_contain_text("stoppede")
    stopped = here.locator(".kl-answer .kl-words").inner_text()
    page.wait_for_timeout(1500)
    assert here.locator(".kl-answer .kl-words").inner_text() == stopped


def test_the_next_word_follows_the_text_the_sliders_and_the_dice(page: Page, product: Product) -> None:
    page.goto(f"{product.base}/voila/render/sandbox/next-word.ipynb")
    shares = page.locator(".kl-bar-share")
    expect(shares).to_have_count(10)
    page.locator("textarea").fill("Hovedstaden i Danmark hedder")
    expect(page.locator(".kl-bar-piece").first).to_contain_text("Køb")
    before = shares.first.inner_text()
    page.get_by_role("slider", name=re.compile("Temperatur")).focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(shares.first).not_to_have_text(before)
    page.get_by_role("button", name="Kast terningen").click()
    expect(page.locator("textarea")).not_to_have_value("Hovedstaden i Danmark hedder")


def test_a_model_service_that_dies_is_said_the_text_is_kept_and_it_comes_back(page: Page, product: Product) -> None:
    here = chat(page, product)
    here.locator("textarea").last.fill("Kære alle\n\nI morgen mødes vi")
    expect(here.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    _kill_the_model_service(product)
    here.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Modellen svarer ikke lige nu")
    expect(here.locator("textarea").last).to_have_value("Kære alle\n\nI morgen mødes vi")
    expect(page.get_by_role("main")).to_contain_text("Modellen svarer igen")
    here.get_by_role("button", name="Send", exact=True).click()
    expect(here.locator(".kl-turn .kl-check")).to_be_visible()


def _kill_the_model_service(product: Product) -> None:
    family = psutil.Process(product.process.pid).children(recursive=True)
    services = [process for process in family if "sandbox.service" in " ".join(process.cmdline())]
    assert services
    for service in services:
        service.send_signal(signal.SIGKILL)
