"""The test in a real browser, keyboard only: begun, left, taken up again, finished; and every kind answered by Tab."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import NARROW, violations
from keyboard import tab_to
from learner import answer, box, choose, press, settled
from playwright.sync_api import Page, expect
from sample_forms import EXERCISE, sample_with_test
from served import Served, StartPages

from course import build, paths
from course.items import Item, load_items, score
from course.locale import LANGUAGES
from course.syllabus import Syllabus

KINDS = Path(__file__).parents[1] / "data" / "kinds" / "items.yaml"
PAGES = {"da": "sample/sample.ipynb", "en": "en/sample.ipynb"}
COUNT = {"da": "{} af 20 besvaret", "en": "{} of 20 answered"}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Item]]:
    """The items of the sample module with a test, and those of the kinds that it has none of, in its first piece."""
    modules = tmp_path_factory.mktemp("modules")
    folder = sample_with_test(modules)
    listed = KINDS.read_text("utf-8").split("items:\n", 1)[1]
    (folder / "items.yaml").write_text((folder / "items.yaml").read_text("utf-8").rstrip() + f"\n{listed}", "utf-8")
    found = load_items(folder / "items.yaml")
    blocks = "\n".join(f":::{{exercise}} {name}\n:::\n" for name in found if name.startswith("kinds-"))
    for language in LANGUAGES:
        lesson = folder / f"lesson.{language}.md"
        lesson.write_text(lesson.read_text("utf-8").replace(EXERCISE, f"{EXERCISE}\n{blocks}", 1), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "MODULES", modules)
        yield found


@pytest.fixture(scope="module")
def served(items: dict[str, Item], start_pages: StartPages, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """That module's pages, for one learner."""
    var = tmp_path_factory.mktemp("var")
    syllabus = Syllabus({"da": "Kursus", "en": "Course"}, "koerekort", ("sample",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOEREKORT_VAR", str(var))
        for name in ("course.build.load_syllabus", "course.module.load_syllabus"):
            patch.setattr(name, lambda: syllabus)
        build.build()
    away = {"SANDBOX_MODEL_URL": "http://127.0.0.1:9/v1", "KOEREKORT_LEARNER": "anna"}
    return start_pages(var / "site", var=var, **away)


def saved(served: Served, item_id: str) -> Any:
    answers = json.loads((served.site / "sample" / "answers.json").read_text("utf-8"))["answers"]
    return answers[item_id]["value"]


def test_a_learner_begins_the_test_leaves_it_and_takes_it_up_again_by_keyboard(
    served: Served, items: dict[str, Item], open_page: Open, axe: str
) -> None:
    page = open_page(served, PAGES["da"], viewport=NARROW)
    settled(page)
    here = box(page, items["sample-test"])
    press(here.get_by_role("button", name="Begynd"))
    heads = here.locator(".kx-test-head:visible")
    expect(heads).to_have_text("Spørgsmål 1–5 af 20")
    expect(heads).to_be_focused()
    assert here.locator("fieldset:visible").count() == 5
    for question in here.locator(".kx-test-question:visible").all():
        choose(question.locator('input[type="radio"]'), "c")
    press(here.get_by_role("button", name="Næste"))
    expect(heads).to_have_text("Spørgsmål 6–10 af 20")
    choose(here.locator(".kx-test-question:visible").nth(2).locator('input[type="radio"]'), "a")
    expect(here.locator(".kx-test-count")).to_have_text("6 af 20 besvaret")
    expect(here.locator(".kx-status-text")).to_contain_text("Gemt")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page, axe) == []
    first = saved(served, "sample-test")
    assert len(first["answers"]) == 6
    assert set(list(first["answers"].values())[:5]) == {"c"}
    assert (served.var / "forms" / "ledger.txt").read_text("utf-8").rstrip().endswith(f" {first['form']}")

    page = open_page(served, PAGES["da"])  # another day, in another browser
    here = box(page, items["sample-test"])
    heads = here.locator(".kx-test-head:visible")
    expect(heads).to_have_text("Spørgsmål 6–10 af 20")
    expect(heads).not_to_be_focused()
    for _ in range(3):
        press(here.locator(".kx-actions .button-primary:visible"))
    expect(heads).to_have_text("Tak – aflevér nederst")
    expect(here).to_contain_text("14 spørgsmål stå åbne")
    press(here.get_by_role("button", name="Se spørgsmålene igen"))
    expect(heads).to_have_text("Spørgsmål 16–20 af 20")
    assert saved(served, "sample-test") == first
    page.emulate_media(media="print")
    assert here.locator("fieldset:visible").count() == 20
    assert not here.locator("button:visible").count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_can_be_answered_rightly_by_keyboard(
    served: Served, items: dict[str, Item], open_page: Open, language: str
) -> None:
    page = open_page(served, PAGES[language])
    for name in ("sample-test", *(name for name in items if name.startswith("kinds-"))):
        item = items[name]
        answer(page, item, language)
        given = score(item, saved(served, name))
        assert given.answered, name
        assert given.right in (True, None), name
    whole: Any = items["sample-test"]
    assert whole.areas(saved(served, "sample-test"))["sample"].right == 20
    expect(box(page, whole).locator(".kx-test-count")).to_have_text(COUNT[language].format(20))
    page.reload()
    expect(box(page, whole).locator(".kx-test-head:visible")).to_contain_text(
        "Tak" if language == "da" else "Thank you"
    )
    tab_to(page, box(page, whole).locator(".kx-actions button:visible"))
