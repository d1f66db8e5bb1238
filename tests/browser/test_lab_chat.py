"""The chat in a real browser: likelihood of words, other answers, the system text, and copying with the mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from keyboard import tab_to
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product

COPIED_HTML = """async () => {
  const [item] = await navigator.clipboard.read();
  return await (await item.getType("text/html")).text();
}"""


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(product.address)
    expect(page).to_have_url(re.compile(r"index\.ipynb$"))
    yield page
    context.close()


def chat(page: Page, product: Product, folder: str = "") -> Locator:
    page.goto(f"{product.base}/voila/render/{folder}sandbox/chat.ipynb")
    here = page.locator(".kl-chat")
    expect(here.locator(".kl-example").first).to_be_visible()  # the models are known
    return here


def ask(here: Locator, text: str) -> None:
    here.locator("textarea").last.fill(text)
    here.get_by_role("button", name=re.compile("^Send$")).click()
    expect(here.locator(".kl-check")).to_be_visible()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_by_keyboard_alone_from_the_first_question_to_the_copied_text(page: Page, product: Product) -> None:
    here = chat(page, product)
    tab_to(page, here.get_by_role("checkbox", name="Vis, hvor sandsynligt hvert ord var"))
    page.keyboard.press("Space")
    field = here.get_by_label("Begynd på en tekst, så skriver modellen videre")
    tab_to(page, field)
    assert field.input_value(), "there is an example to send"
    page.keyboard.press("Control+A")
    page.keyboard.type("I morgen mødes vi på rådhuset for at")
    page.keyboard.press("Control+Enter")
    words = here.locator(".kl-words .kl-word")
    expect(words.first).to_be_visible()
    tab_to(page, words.first, "Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(words.nth(1)).to_be_focused()
    expect(words.nth(1)).to_have_attribute("aria-label", re.compile(r", .*%$"))
    page.keyboard.press("Enter")
    panel = here.get_by_role("dialog")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("(det blev valgt)")
    assert panel.get_by_role("listitem").count() >= 5
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(words.nth(1)).to_be_focused()
    copy = here.get_by_role("button", name="Kopiér teksten")
    tab_to(page, copy)
    page.keyboard.press("Enter")
    box = here.get_by_role("checkbox", name="Jeg har læst teksten")
    expect(box).to_be_focused()
    expect(here.locator(".kl-why")).to_contain_text("når du har sat flueben")
    page.keyboard.press("Space")
    tab_to(page, copy)
    page.keyboard.press("Enter")
    expect(here.locator(".kl-why")).to_contain_text("Kopieret")
    text = clipboard(page)
    assert text.startswith("I morgen mødes vi på rådhuset for at")
    assert re.search(r"\n\[AI-skabt med Gemma 3 270M, .*; kontrolleret af et menneske\]$", text)
    html = page.evaluate(COPIED_HTML)
    assert 'data-ai-generated="true"' in html
    assert "TrainedAlgorithmicMediaDigitalSource" in html


def test_what_is_selected_and_copied_by_hand_carries_the_mark(page: Page, product: Product) -> None:
    here = chat(page, product)
    ask(here, "Kære alle\n\nI næste uge holder vi")
    here.locator(".kl-answer").evaluate("node => getSelection().selectAllChildren(node)")
    page.keyboard.press("Control+C")
    text = clipboard(page)
    assert "I næste uge holder vi" in text
    assert re.search(r"\[AI-skabt med Gemma 3 270M, .*; ikke kontrolleret\]$", text)
    here.get_by_role("checkbox", name="Jeg har læst teksten").check()
    here.locator(".kl-answer").evaluate("node => getSelection().selectAllChildren(node)")
    page.keyboard.press("Control+C")
    assert clipboard(page).endswith("; kontrolleret af et menneske]")
    here.get_by_text("Vagten foran modellen").evaluate("node => getSelection().selectAllChildren(node)")
    page.keyboard.press("Control+C")
    assert "AI-skabt" not in clipboard(page)


def test_three_other_answers_show_what_differs_and_can_be_stopped(page: Page, product: Product) -> None:
    here = chat(page, product)
    ask(here, "Klassen skal på tur. Husk at tage")
    here.get_by_role("button", name="Spørg igen tre gange").click()
    others = here.get_by_role("region", name="Tre andre svar på det samme")
    expect(others.get_by_role("status")).to_contain_text("De tre svar er færdige")
    expect(others.locator(".kl-made")).to_have_count(3)
    expect(others.locator(".kl-differs").first).to_be_visible()
    expect(others.locator(".kl-reason").first).to_contain_text("ord er de samme som i det første svar")
    here.get_by_role("button", name="Spørg igen tre gange").click()
    expect(others.locator(".kl-answer").first).not_to_be_empty()
    here.get_by_role("button", name="Stop svaret").click()
    expect(others.get_by_role("status")).to_contain_text("stoppet undervejs")
    ask(here, "Kære kollega")
    expect(here.locator(".kl-check")).to_have_count(2)


def test_the_system_text_can_be_read_changed_and_put_back_in_english(page: Page, product: Product) -> None:
    here = chat(page, product, "en/")
    here.get_by_text("The system text: what stands before the conversation").click()
    expect(here.locator(".kl-system")).to_contain_text("not trained to follow instructions")
    here.locator("select").select_option("smollm2-135m")
    expect(here.get_by_role("checkbox", name="Put the system text before")).to_be_hidden()
    system = here.get_by_label("System text", exact=True)
    original = system.input_value()
    assert original.startswith("You are a helpful assistant")
    system.fill("You write in short sentences.")
    ask(here, "What is the capital of Denmark?")
    expect(here.locator(".kl-words").last).to_have_text(re.compile(r"\w+ \w+"))
    here.get_by_role("button", name="Use the original system text").click()
    expect(system).to_have_value(original)
    system.fill("The citizen's CPR number is 150130-4321.")
    here.locator("textarea").last.fill("Hello")
    here.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("CPR number")
    expect(here.locator(".kl-turn")).to_have_count(1)


@pytest.mark.parametrize("folder", ["", "en/"])
def test_colours_are_never_the_only_sign(page: Page, product: Product, folder: str) -> None:
    here = chat(page, product, folder)
    ask(here, "Mødet begynder klokken" if not folder else "The meeting starts at")
    here.locator(".kl-sure input").check()
    legend = here.locator(".kl-legend .kl-word")
    lines = {legend.nth(step).evaluate("node => getComputedStyle(node).textDecorationStyle") for step in (1, 2, 3)}
    assert lines == {"dotted", "dashed", "double"}
    here.locator(".kl-made .kl-fold summary").click()
    rows = here.locator(".kl-made .kl-table tbody tr")
    expect(rows).to_have_count(here.locator(".kl-words .kl-word").count())
    expect(rows.first.locator("td").first).to_contain_text("%")
