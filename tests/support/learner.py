"""A learner at the keyboard of a module's page: answers items rightly, going from place to place with Tab, as there is
no mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keyboard import tab_to
from playwright.sync_api import Locator, Page, expect

from course.items import Item

SAVED = {"da": "Gemt", "en": "Saved"}
ALL = "Control+A"
SETTLED = "globalThis.koerekort !== undefined && globalThis.koerekort.waiting.size === 0"
LOOKS, LOOK_MS = 600, 50


def box(page: Page, item: Item) -> Locator:
    """Return the exercise of an item on the page."""
    return page.locator(f"#item-{item.id}")


def answer(page: Page, item: Item, language: str) -> None:
    """Give an item its model answer by keyboard alone, and wait until it is saved."""
    here = box(page, item)
    here.scroll_into_view_if_needed()
    settled(page)
    ANSWERS[item.kind](here, item, language)
    expect(here.locator(".kx-status-text")).to_contain_text(SAVED[language], timeout=15_000)


def settled(page: Page) -> None:
    """Wait until the page's exercises have heard from the kernel: what was answered before is shown then."""
    for _ in range(LOOKS):
        if page.evaluate(SETTLED):
            return
        page.wait_for_timeout(LOOK_MS)
    raise AssertionError("The page still waits for its kernel.")


def choose(inputs: Locator, wanted: str) -> None:
    """Choose one of the radio buttons of a group: Tab leads into the group, the arrows through it."""
    chosen = inputs.and_(inputs.page.locator(":checked"))
    tab_to(inputs.page, chosen if chosen.count() else inputs.first)
    target = inputs.and_(inputs.page.locator(f'[value="{wanted}"]'))
    inputs.page.keyboard.press("Space")
    for _ in range(inputs.count()):
        if target.is_checked():
            return
        inputs.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{wanted!r} cannot be chosen with the arrows.")


def press(button: Locator) -> None:
    """Press a button."""
    tab_to(button.page, button)
    button.page.keyboard.press("Enter")


def write(field: Locator, text: str) -> None:
    """Write a text in a field instead of what is there, and leave the field."""
    tab_to(field.page, field)
    field.page.keyboard.press(ALL)
    field.page.keyboard.insert_text(text)
    field.page.keyboard.press("Tab")


def _single(here: Locator, item: Any, _language: str) -> None:
    choose(here.locator("fieldset").first.locator('input[type="radio"]'), item.key)


def _multiple(here: Locator, item: Any, _language: str) -> None:
    for option in item.options:
        tick = here.locator(f'input[type="checkbox"][value="{option.id}"]')
        if tick.is_checked() != (option.id in item.key):
            tab_to(here.page, tick)
            here.page.keyboard.press("Space")


def _ordering(here: Locator, item: Any, language: str) -> None:
    """Move options up until they stand as in the key; by the buttons' own order of rows."""
    for place, option in enumerate(item.key):
        text = next(o.text[language] for o in item.options if o.id == option)
        rows = here.locator("ol.kx-order > li")
        now = next(n for n in range(len(item.key)) if _plain(text) in _plain(rows.nth(n).inner_text()))
        for step in range(now, place, -1):
            press(rows.nth(step).locator("button").first)


def _number(here: Locator, item: Any, language: str) -> None:
    text = f"{item.target.value:g}"
    write(here.locator("input.kx-number"), text.replace(".", ",") if language == "da" else text)


def _text(here: Locator, item: Any, language: str) -> None:
    write(here.locator("textarea"), (item.model_answer or item.stem)[language])


def _match(here: Locator, item: Any, language: str) -> None:
    """Go through each list of choices with the arrows."""
    texts = {option.id: option.text[language] for option in item.options}
    for at, premise in enumerate(item.premises):
        select, wanted = here.locator("select").nth(at), item.key[premise.id]
        tab_to(here.page, select)
        here.page.keyboard.press("Home")
        for _ in range(len(texts) + 1):
            if select.input_value() == wanted:
                break
            here.page.keyboard.press("ArrowDown")
        assert select.input_value() == wanted, f"{texts[wanted]!r} cannot be chosen with the arrows"


def _mark(here: Locator, item: Any, language: str) -> None:
    """Go through the text word by word, and mark those that should be marked."""
    wanted = {word for span in item.spans if span.right for word in span.places[language]}
    tab_to(here.page, here.locator('.kx-word[tabindex="0"]'))
    here.page.keyboard.press("Home")
    words = here.locator(".kx-word")
    for number in range(words.count()):
        marked = words.nth(number).get_attribute("aria-pressed") == "true"
        if marked != (number in wanted):
            here.page.keyboard.press("Space")
        here.page.keyboard.press("ArrowRight")


def _reliance(here: Locator, item: Any, _language: str) -> None:
    """Answer, say how sure, read the advice, and answer rightly whatever it was."""
    first, sure, final = (here.locator("fieldset").nth(at).locator('input[type="radio"]') for at in range(3))
    if first.first.is_disabled():  # it was done before: take the case again
        press(here.locator(".kx-actions button:visible"))
    choose(first, item.key)
    choose(sure, "0.75")
    press(here.locator(".kx-actions button:visible"))
    expect(here.locator(".kx-advice")).to_be_focused()
    choose(final, item.key)
    press(here.locator(".kx-actions button:visible"))
    expect(here.locator(".kx-verdict-right")).to_be_focused()


def _canvas(here: Locator, item: Any, language: str) -> None:
    """Fill in every field, and one row of a table."""
    for at, field in enumerate(item.fields):
        place = here.locator(".kx-field").nth(at)
        if field.input == "choice":
            choose(place.locator('input[type="radio"]'), field.parts[0].id)
            continue
        texts = [part.text[language] for part in field.parts] if field.input == "rows" else [field.label[language]]
        for number, text in enumerate(texts):
            write(place.locator("input, textarea").nth(number), text)


def _test(here: Locator, item: Any, _language: str) -> None:
    """Begin the test or go back to its first screen, answer every question of the form that was given, and finish."""
    keys = {question.item.id: question.item.key for form in item.forms.values() for question in form.questions}
    begin, back = here.locator(".kx-test-intro button"), here.locator(".kx-actions .button-secondary:visible")
    while begin.is_visible() or back.count():
        press(begin if begin.is_visible() else back)
        expect(here.locator(".kx-test-screen:not(.kx-off) .kx-test-head")).to_be_focused()
    while True:
        for question in here.locator(".kx-test-screen:not(.kx-off) .kx-test-question").all():
            choose(question.locator('input[type="radio"]'), keys[str(question.get_attribute("data-question"))])
        forward = here.locator(".kx-actions .button-primary:visible")
        if not forward.count():
            return
        press(forward)


ANSWERS: dict[str, Callable[[Locator, Any, str], None]] = {
    "single": _single,
    "multiple": _multiple,
    "ordering": _ordering,
    "number": _number,
    "text": _text,
    "match": _match,
    "mark": _mark,
    "reliance": _reliance,
    "canvas": _canvas,
    "test": _test,
}


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
