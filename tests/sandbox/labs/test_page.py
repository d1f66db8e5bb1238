"""Do a notebook's two calls show the right lab with the author's words, and say a fault in a sentence?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.display import HTML

import course.page
import sandbox.labs
from course.lab_pages import load_lab_pages
from course.locale import LANGUAGES
from course.module import load_modules
from course.page import lesson
from sandbox.labs import LABS, demo, demo_start, page
from sandbox.labs.ask_ten import PLACE

DEMO = {
    "id": "ask-me",
    "lab": "ask_ten",
    "title": {"da": "Spørg", "en": "Ask"},
    "prompt": {"da": "Hvad?", "en": "What?"},
    "notice": {"da": "Se her.", "en": "Look here."},
    "limits": {"da": "Ikke det.", "en": "Not that."},
    "settings": {"count": 3, "frame": {"da": "S: {question}", "en": "Q: {question}"}},
}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the calls put on the page."""
    things: list[Any] = []
    monkeypatch.setattr(sandbox.labs, "show", things.append)
    monkeypatch.setattr(course.page, "show", things.append)
    return things


@pytest.fixture
def open_lesson(shown: list[Any], tmp_path: Path) -> Iterator[Path]:
    """A page with a module that has demos."""
    odd = {**DEMO, "id": "odd", "lab": "no-such-lab"}
    data = {"schema": 1, "module": "m", "title": {}, "goals": [], "pieces": [], "items": [], "demos": [DEMO, odd]}
    (tmp_path / "items.json").write_text(json.dumps(data), "utf-8")
    lesson("m", "da", tmp_path)
    shown.clear()
    yield tmp_path
    course.page._current = None


@pytest.mark.usefixtures("open_lesson")
def test_a_demo_starts_with_its_authors_words_in_the_pages_language(shown: list[Any]) -> None:
    demo("ask-me")
    (lab,) = shown
    texts = lab.config["texts"]
    assert (texts["title"], texts["prompt"], texts["notice"]) == ("Spørg", "Hvad?", "Se her.")
    assert (texts["frame"], texts["limits"]) == ("S: {question}", "Ikke det.")
    assert lab.config["settings"] == {"count": 3}


@pytest.mark.usefixtures("open_lesson")
@pytest.mark.parametrize(("name", "said"), [("gone", "gone"), ("odd", "no-such-lab")])
def test_a_demo_or_lab_that_is_not_there_is_named(shown: list[Any], name: str, said: str) -> None:
    demo(name)
    (html,) = shown
    assert isinstance(html, HTML)
    assert said in html.data


def test_a_demo_without_a_lesson_is_a_sentence(shown: list[Any]) -> None:
    demo("ask-me")
    assert "modulet ikke blev åbnet" in shown[0].data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", load_lab_pages(), ids=lambda entry: entry.id)
def test_every_page_of_the_sandbox_has_a_lab(shown: list[Any], language: str, entry: Any) -> None:
    page(entry.lab, language)
    (lab,) = shown
    assert lab.lab == entry.lab
    assert lab.config["language"] == language


def test_a_page_of_an_unknown_lab_is_a_sentence(shown: list[Any]) -> None:
    page("gone", "en")
    assert "no lab called gone" in shown[0].data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_demo_of_every_module_can_be_shown(language: str) -> None:
    for module in load_modules().values():
        for found in module.demos.values():
            start = demo_start(found, language)
            lab = LABS[found["lab"]](start)
            assert lab.config["texts"]["prompt"], found["id"]
            assert PLACE in start.texts.get("frame", PLACE), found["id"]


def test_a_lab_carries_no_texts_of_other_labs(shown: list[Any]) -> None:
    page("chat", "da")
    assert {key.split(".")[0] for key in shown[0].labels} == {"banner", "lab", "chat"}


@pytest.mark.parametrize(("language", "href"), [("da", "../m/m.ipynb#scene"), ("en", "../m.ipynb#scene")])
def test_a_page_leads_back_to_its_module(
    shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, href: str
) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    folder = tmp_path / "site" / "m"
    folder.mkdir(parents=True)
    titles = {"da": "Modulet", "en": "The module"}
    data = {"schema": 1, "module": "m", "title": titles, "goals": [], "pieces": [], "items": [], "demos": []}
    (folder / "items.json").write_text(json.dumps(data), "utf-8")
    page("chat", language, module="m#scene")
    texts = shown[0].config["texts"]
    assert (texts["module"], texts["module.href"]) == (titles[language], href)
    page("chat", language, module="not-yet#scene")
    assert "module" not in shown[1].config["texts"]
    monkeypatch.setenv("KOEREKORT_LABS_ONLY", "1")
    page("chat", language, module="m#scene")
    assert "module" not in shown[2].config["texts"]
