"""What counts as an answer to each kind, how it reads in words, and how items are named."""

from __future__ import annotations

from typing import Any

import pytest

from course.widgets.kinds import answered, labels, question_text, words_html

Items = dict[str, Any]
TEXT = {"text": "Jeg prøver", "self": ["r1"], "shown": True}


@pytest.mark.parametrize(
    ("item_id", "value"),
    [
        ("sample-g1", "b"),
        ("sample-g2", ["a"]),
        ("sample-g3", ["c", "a", "d", "b"]),
        ("sample-g4", 12),
        ("sample-g4", -0.5),
        ("sample-r1", TEXT),
        ("sample-r1", {"text": "Uden kryds"}),
    ],
)
def test_an_answer_counts(items: Items, item_id: str, value: object) -> None:
    assert answered(items[item_id], value)
    assert words_html(items[item_id], value, "da")


@pytest.mark.parametrize(
    ("item_id", "value"),
    [
        ("sample-g1", None),
        ("sample-g1", "z"),
        ("sample-g1", ["a"]),
        ("sample-g2", []),
        ("sample-g2", ["a", "z"]),
        ("sample-g2", "a"),
        ("sample-g2", [["a"]]),
        ("sample-g3", ["c", "a", "d"]),
        ("sample-g3", ["c", "a", "d", "d"]),
        ("sample-g3", [1, 2, 3, 4]),
        ("sample-g4", "12"),
        ("sample-g4", True),
        ("sample-g4", float("nan")),
        ("sample-g4", float("inf")),
        ("sample-r1", "Jeg prøver"),
        ("sample-r1", {"text": 5}),
        ("sample-r1", {"text": "x", "self": ["r9"]}),
        ("sample-r1", {"text": "x", "self": "r1"}),
        ("sample-r1", {"text": "x", "shown": "yes"}),
        ("sample-r1", {"text": "x" * 20_001}),
    ],
)
def test_what_does_not_fit_is_no_answer_and_has_no_words(items: Items, item_id: str, value: object) -> None:
    assert not answered(items[item_id], value)
    assert words_html(items[item_id], value, "da") == ""


def test_a_blank_text_with_ticks_is_kept_but_counts_as_unanswered(items: Items) -> None:
    assert not answered(items["sample-r1"], {"text": "  ", "self": ["r1"], "shown": True})


def test_own_words_are_escaped(items: Items) -> None:
    html = words_html(items["sample-r1"], {"text": "<script>x</script> & mig"}, "da")
    assert "&lt;script&gt;x&lt;/script&gt; &amp; mig" in html


def test_own_answers_read_as_they_were_shown(items: Items) -> None:
    assert words_html(items["sample-g1"], "b", "en") == "Answer b"
    assert words_html(items["sample-g2"], ["d", "a"], "da") == "<ul><li>Svar a</li><li>Svar d</li></ul>"
    assert words_html(items["sample-g3"], ["c", "a", "d", "b"], "da").startswith("<ol><li>Svar c</li><li>Svar a</li>")
    assert words_html(items["sample-g4"], 1200.5, "da") == "1.200,5 tokens"
    assert words_html(items["sample-g4"], 1200.5, "en") == "1,200.5 tokens"
    assert "1 af 2" in words_html(items["sample-r1"], TEXT, "da")


def test_items_are_numbered_by_their_use(items: Items) -> None:
    names = labels(list(items.values()), "da")
    assert names["sample-p2"] == "Øvelse 2"
    assert names["sample-g1"] == "Opgave 1"
    assert names["sample-r1"] == "Refleksion"


def test_the_question_is_the_end_of_the_stem_as_plain_text(items: Items) -> None:
    item = {"stem": {"da": "Først en scene.\n\nHvad **nu** & hvorfor?"}}
    assert question_text(item, "da") == "Hvad nu & hvorfor?"
    assert question_text(items["sample-g1"], "en") == "Question g1"
