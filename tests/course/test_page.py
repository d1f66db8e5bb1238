"""What a module's notebook calls: widgets when all is well, a sentence when not, and nothing heavy either way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course import page, paths
from course.errors import ContentError, CourseError
from course.items import load_items
from course.widgets.live import LiveWidget
from course.widgets.single import SingleWidget
from course.widgets.submit import SubmitWidget

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "items.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KOEREKORT_LEARNER", "anna")
    here = tmp_path / "site" / "sample"
    here.mkdir(parents=True)
    copies = [item.learner_copy() for item in load_items(SAMPLE).values()]
    pieces = [
        {"id": "one", "minutes": 10, "title": {"da": "Et", "en": "One"}, "items": [copy["id"] for copy in copies]}
    ]
    data = {
        "schema": 1,
        "module": "sample",
        "pieces": pieces,
        "demos": [{"id": "words", "lab": "tokens"}],
        "items": copies,
    }
    (here / "items.json").write_text(json.dumps(data), "utf-8")
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    things: list[Any] = []
    monkeypatch.setattr(page, "display", things.append)
    return things


def test_a_page_opens_shows_and_hands_in(folder: Path, shown: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOILA_REQUEST_URL", "http://127.0.0.1/?token=secret")
    page.lesson("sample", "da")
    page.exercise("sample-p1")
    page.submit()
    assert len(shown) == 3
    assert all(map(isinstance, shown, (LiveWidget, SingleWidget, SubmitWidget)))
    assert "VOILA_REQUEST_URL" not in os.environ
    opened = page.current_lesson()
    assert (opened.language, opened.place.folder, opened.place.learner) == ("da", folder, "anna")
    assert opened.demos["words"]["lab"] == "tokens"
    assert "0 af 9" in shown[0].html


def test_the_english_page_works_on_the_same_folder(
    folder: Path, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.parent / "en").mkdir()
    monkeypatch.chdir(folder.parent / "en")
    page.lesson("sample", "en")
    assert page.current_lesson().place.folder == folder
    page.lesson("sample", "en", folder=folder)
    assert page.current_lesson().place.folder == folder


def test_another_modules_items_beside_the_notebook_are_not_taken(
    folder: Path, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder.parent / "other"
    other.mkdir()
    (other / "items.json").write_text('{"module": "other"}')
    monkeypatch.chdir(other)
    page.lesson("sample", "da")
    assert page.current_lesson().place.folder == folder


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "sample/items.json is missing"),
        ("{", "cannot be read"),
        ("[]", "not of schema 1"),
        ('{"schema": 1, "module": "other"}', "belongs to the module"),
        ('{"schema": 1, "module": "sample", "pieces": {}}', "must be a list"),
        (
            '{"schema": 1, "module": "sample", "pieces": [], "demos": [], "items": [{"id": "x", "kind": "poem"}]}',
            "there is no kind",
        ),
    ],
)
def test_a_broken_module_is_a_sentence_for_the_whole_page(
    folder: Path, shown: list[Any], content: str | None, message: str
) -> None:
    if content is None:
        (folder / "items.json").unlink()
    else:
        (folder / "items.json").write_text(content)
    page.lesson("sample", "da")
    page.exercise("sample-p1")
    page.submit()
    texts = [thing.data for thing in shown]
    assert message in texts[0]
    assert "Modulet kan ikke vises" in texts[0]
    assert all("øverst" in text for text in texts[1:])
    with pytest.raises(CourseError, match="No module is open"):
        page.current_lesson()


def test_an_unknown_exercise_is_a_sentence(folder: Path, shown: list[Any]) -> None:
    page.lesson("sample", "en")
    page.exercise("<b>nothing</b>")
    assert "&lt;b&gt;nothing&lt;/b&gt;” does not exist" in shown[1].data


def test_an_unknown_language_is_refused(folder: Path) -> None:
    with pytest.raises(ContentError, match="no language 'sv'"):
        page.open_lesson("sample", "sv")


def test_a_page_imports_nothing_heavy_and_stays_small() -> None:
    code = """
import sys
import psutil
import course.home, course.page
heavy = {"torch", "nbgrader", "transformers", "sandbox", "numpy", "nbformat", "sqlalchemy"}
print(sorted(heavy.intersection(sys.modules)), psutil.Process().memory_info().rss // 2**20)
"""
    environment = os.environ | {"PYTHONPATH": str(paths.ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    heavy, megabytes = done.stdout.rsplit(maxsplit=1)
    assert heavy == "[]"
    assert int(megabytes) < 60
