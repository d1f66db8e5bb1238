"""Is a learner's mark held against the key by the same fair rule as the guard's, and is every text in order?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.errors import ContentError
from course.locale import LANGUAGES
from sandbox.labs.marked_texts import LEVELS, MarkedText, load_marked_texts
from sandbox.labs.marking import Score, compare, score

TEXT = """
schema: 1
texts:
  - id: one
    title: One
    level: easy
    text: |
      Ring til [Karen Maria Thorborg]{who} nu, om sag [12]{number}.
    marks:
      who: {kind: NAME, why: "A name."}
      number: {kind: NONE, why: "A page number."}
"""


@pytest.fixture
def text(tmp_path: Path) -> MarkedText:
    (tmp_path / "texts.da.yaml").write_text(TEXT, "utf-8")
    return load_marked_texts("da", tmp_path)["one"]


def test_a_text_is_read_without_its_marks(text: MarkedText) -> None:
    assert text.text == "Ring til Karen Maria Thorborg nu, om sag 12."
    assert [(text.between(span.start, span.end), span.kind) for span in text.spans] == [
        ("Karen Maria Thorborg", "NAME"),
        ("12.", "NONE"),
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ([], Score(0, 1, 0)),
        ([2, 3, 4], Score(1, 0, 0)),
        ([2, 3], Score(1, 0, 0)),  # most of it
        ([2], Score(0, 1, 0)),  # too little of it
        ([0, 1, 2, 3, 4], Score(1, 0, 0)),  # two words too many beside it
        ([2, 3, 4, 8], Score(1, 0, 1)),  # what only looks like personal data
        ([0], Score(0, 1, 1)),
        (range(9), Score(1, 0, 2)),  # marking everything is no way to win
    ],
)
def test_marks_are_scored(text: MarkedText, marked: list[int], expected: Score) -> None:
    assert score(compare(text, {"you": marked}), "you") == expected


def test_what_one_marker_saw_stands_in_the_others_row_too(text: MarkedText) -> None:
    rows = compare(text, {"you": [2], "guard": [0]})
    assert [(row.start, row.end, dict(row.marks)) for row in rows] == [
        (0, 1, {"you": "none", "guard": "all"}),
        (2, 5, {"you": "part", "guard": "none"}),
        (8, 9, {"you": "none", "guard": "none"}),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("{who} nu", "{whom} nu"), "'whom', which `marks` does not explain"),
        (("[12]{number}", "12"), "'number', which the text does not mark"),
        (("level: easy", "level: odd"), "is 'odd'"),
        (("kind: NAME", "kind: FACE"), "is 'FACE'"),
    ],
)
def test_a_fault_in_a_text_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    (tmp_path / "texts.da.yaml").write_text(TEXT.replace(*change), "utf-8")
    with pytest.raises(ContentError, match=re.escape(says)):
        load_marked_texts("da", tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_go_from_easy_to_hard_and_have_all_kinds(language: str) -> None:
    texts = load_marked_texts(language)
    levels = [LEVELS.index(text.level) for text in texts.values()]
    assert len(texts) >= 8
    assert levels == sorted(levels)
    kinds = {span.kind for text in texts.values() for span in text.spans}
    assert {"NAME", "CPR", "PHONE", "EMAIL", "ADDRESS", "HEALTH", "INDIRECT", "NONE"} <= kinds
    assert any({span.kind for span in text.spans} == {"NONE"} for text in texts.values()), "a text without any"


def test_both_languages_mark_the_same_things_in_the_same_order() -> None:
    danish, english = (load_marked_texts(language) for language in LANGUAGES)
    assert list(danish) == list(english)
    for name, text in danish.items():
        assert [span.kind for span in text.spans] == [span.kind for span in english[name].spans], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_cpr_numbers_have_birth_dates_that_nobody_has(language: str) -> None:
    texts = load_marked_texts(language).values()
    numbers = [number for text in texts for number in re.findall(r"\b\d{6}-?\d{4}\b", text.text)]
    assert numbers
    dated = [number for number in numbers if 1 <= int(number[2:4]) <= 12 and 1 <= int(number[:2]) <= 31]
    assert all(27 <= int(number[4:6]) <= 36 and number[-4] in "456789" for number in dated), dated
