"""A library of cases is read strictly, and shown as a list that opens, in both languages."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from course import build, paths
from course.cards import cases_html
from course.cases import OUTCOMES, load_cases
from course.errors import ContentError
from course.module import load_module
from course.syllabus import Syllabus

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
CASES = """
schema: 1
cases:
  - id: harbour
    who: {da: Havnekøbing & Omegn, en: Havnekøbing & District}
    what: {da: En assistent til breve., en: An assistant for letters.}
    learned: {da: Målingen begyndte for sent., en: The measuring began too late.}
    ask: {da: "Hvem måler?", en: "Who measures?"}
    outcome: stopped
    source: https://www.example.org/harbour?a=1&b=2
    as_of: 2026-11-23
    recheck_by: 2027-11-23
    grade: A
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample module with a case in it, and the block that shows it."""
    module = Path(shutil.copytree(SAMPLE, tmp_path / "sample"))
    (module / "cases.yaml").write_text(CASES, "utf-8")
    for lesson in module.glob("lesson.*.md"):
        lesson.write_text(
            lesson.read_text("utf-8").replace(":::{submit}", ":::{cases}\n:::\n\n:::{submit}", 1), "utf-8"
        )
    return module


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: 1", "schema: 2", "sample/cases.yaml: field 'schema' is 2"),
        ("en: An assistant for letters.}", "}", "cases 'harbour': field 'what' has no text in 'en'"),
        ("outcome: stopped", "outcome: good", "field 'outcome' is 'good'; it must be one of"),
        ("https://www", "http://www", "field 'source' must be an address that begins with https://"),
        ("grade: A", "grade: C", "field 'grade' is 'C'"),
        ("as_of: 2026-11-23", "as_of: 23 November", "field 'as_of' must be a date such as"),
        ("recheck_by: 2027-11-23", "recheck_by: 2026-11-23", "it must be later than as_of, 2026-11-23"),
        ("grade: A", "grade: A\n    price: 5", "field 'price' is not known here"),
    ],
)
def test_a_fault_is_named_with_case_and_field(folder: Path, old: str, new: str, message: str) -> None:
    file = folder / "cases.yaml"
    assert old in CASES
    file.write_text(CASES.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as fault:
        load_cases(file)
    assert message in str(fault.value)


def test_an_empty_library_and_a_case_twice_are_refused(folder: Path) -> None:
    file = folder / "cases.yaml"
    file.write_text("schema: 1\ncases: []\n")
    with pytest.raises(ContentError, match="is empty"):
        load_cases(file)
    file.write_text(CASES + CASES.partition("cases:\n")[2], "utf-8")
    with pytest.raises(ContentError, match="'harbour' stands twice"):
        load_cases(file)


def test_the_block_and_the_file_need_each_other(folder: Path) -> None:
    assert [case.id for case in load_module(folder).cases] == ["harbour"]
    (folder / "cases.yaml").rename(folder / "kept")
    with pytest.raises(ContentError, match=r"lesson.da.md: the block 'cases' stands 1 times, and cases.yaml has none"):
        load_module(folder)
    (folder / "kept").rename(folder / "cases.yaml")
    english = folder / "lesson.en.md"
    english.write_text(english.read_text("utf-8").replace(":::{cases}\n:::\n", ""), "utf-8")
    with pytest.raises(
        ContentError, match=r"lesson.en.md: the block 'cases' stands 0 times, and cases.yaml has 1 case"
    ):
        load_module(folder)


def test_the_block_takes_neither_id_nor_text(folder: Path) -> None:
    danish = folder / "lesson.da.md"
    text = danish.read_text("utf-8")
    for wrong, message in (
        (":::{cases} harbour", "'cases' takes no id"),
        (":::{cases}\ntext", "the block 'cases' takes no text"),
    ):
        danish.write_text(text.replace(":::{cases}", wrong, 1), "utf-8")
        with pytest.raises(ContentError, match=message):
            load_module(folder)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ("Havnekøbing &amp; Omegn", "Stoppet", "Målingen begyndte", "Hvem måler?", "23. november 2026")),
        ("en", ("Havnekøbing &amp; District", "Stopped", "The measuring", "Who measures?", "23 November 2026")),
    ],
)
def test_a_case_says_all_there_is(folder: Path, language: str, words: tuple[str, ...]) -> None:
    html = cases_html(load_cases(folder / "cases.yaml"), language)
    tags = _Tags()
    tags.feed(html)
    assert tags.open == []
    assert [tags.seen.count(tag) for tag in ("ul", "li", "details", "summary", "a")] == [1, 1, 1, 1, 1]
    assert 'href="https://www.example.org/harbour?a=1&amp;b=2"' in html
    assert "\n\n" not in html, "an empty line would end the HTML within the markdown"
    for word in words:
        assert word in html
    assert html.index(words[1]) < html.index("</summary>") < html.index(words[2])


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_outcome_has_a_word(folder: Path, language: str) -> None:
    (case,) = load_cases(folder / "cases.yaml")
    shown = {cases_html((type(case)(**{**vars(case), "outcome": outcome}),), language) for outcome in OUTCOMES}
    assert len(shown) == len(OUTCOMES)


def test_the_learners_notebook_carries_the_cases(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(folder.parent / "var"))
    monkeypatch.setattr(paths, "MODULES", folder.parent)
    syllabus = Syllabus({"da": "Kursus", "en": "Course"}, "koerekort", ("sample",))
    for name in ("course.build.load_syllabus", "course.module.load_syllabus"):
        monkeypatch.setattr(name, lambda: syllabus)
    build.build()
    for file in ("site/sample/sample.ipynb", "site/en/sample.ipynb", "nbgrader/source/sample/sample.ipynb"):
        cells = nbformat.read(folder.parent / "var" / file, as_version=4).cells
        (cell,) = [cell for cell in cells if cell.metadata.koerekort.role == "cases"]
        assert "harbour" in cell.source
