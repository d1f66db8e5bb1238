"""A learner at the keyboard of a module's page: answers items as a person does, by what they are called."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from course.items import Item, MultipleItem, NumberItem, OrderingItem, SingleItem, TextItem

SAVED = {"da": "Gemt", "en": "Saved"}


def box(page: Page, item: Item) -> Locator:
    """Return the exercise of an item on the page."""
    return page.locator(f"#item-{item.id}")


def answer(page: Page, item: Item, language: str) -> None:
    """Give an item its model answer and wait until it is saved."""
    here = box(page, item)
    here.scroll_into_view_if_needed()
    if isinstance(item, SingleItem):
        here.locator(f'input[type="radio"][value="{item.key}"]').check()
    elif isinstance(item, MultipleItem):
        for option in item.key:
            here.locator(f'input[type="checkbox"][value="{option}"]').check()
    elif isinstance(item, OrderingItem):
        _put_in_order(here, item, language)
    elif isinstance(item, NumberItem):
        here.locator("input.kx-number").fill(f"{item.target.value:g}".replace(".", "," if language == "da" else "."))
        here.locator("input.kx-number").blur()
    elif isinstance(item, TextItem):
        here.locator("textarea").fill((item.model_answer or item.stem)[language])
        here.locator("textarea").blur()
    expect(here.locator(".kx-status-text")).to_contain_text(SAVED[language], timeout=15_000)


def _put_in_order(here: Locator, item: OrderingItem, language: str) -> None:
    """Move options up until they stand as in the key; by the buttons' own order of rows."""
    for place, option in enumerate(item.key):
        text = next(o.text[language] for o in item.options if o.id == option)
        rows = here.locator("ol.kx-order > li")
        now = next(n for n in range(len(item.key)) if _plain(text) in _plain(rows.nth(n).inner_text()))
        for step in range(now, place, -1):
            rows.nth(step).locator("button").first.click()


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
