"""Matching, marking, the reliance drill and the canvas: what answers are worth, and what is refused."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from course.counterbalance import advice
from course.errors import ContentError
from course.items import load_items, read_item, score
from course.items.mark import words
from course.widgets.kinds import WIDGETS, answered, words_html

KINDS = Path(__file__).parents[1] / "data" / "kinds" / "items.yaml"
ITEMS = load_items(KINDS)
MARK: Any = ITEMS["kinds-g6"]


@pytest.mark.parametrize(
    ("value", "points"), [({"p": "b", "q": "a"}, 2), ({"p": "b"}, 1), ({"p": "a", "q": "a"}, 1), ({"p": "a"}, 0)]
)
def test_matching_gives_the_share_of_premises_that_are_right(value: dict[str, str], points: float) -> None:
    assert score(ITEMS["kinds-g5"], value).points == points


def test_matching_explains_each_premise_that_was_matched() -> None:
    (reason,) = score(ITEMS["kinds-g5"], {"p": "a"}).reasons
    assert (reason.option, reason.right, reason.text["da"]) == ("p", False, "Fordi g5p")
    assert reason.about == {"da": "Udsagn p", "en": "Premise p"}


def marks(*chosen: str, language: str = "da", item: Any = MARK) -> dict[str, Any]:
    """An answer that marks these words."""
    every = words(item.text[language])
    return {"language": language, "words": [every.index(word) for word in chosen]}


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        (("uge", "54."), 2),
        (("54.",), 2),  # half of the words will do
        (("er", "uge", "54."), 2),  # and a neighbour does no harm
        (("uge", "54.", "se", "dig"), 0),
        (("se", "dig"), 0),
        (("maj.",), 0),
    ],
)
def test_marking_counts_what_was_found_less_what_was_marked_without_need(chosen: tuple[str, ...], points: int) -> None:
    assert score(MARK, marks(*chosen)).points == points


def test_marking_all_earns_nothing_in_either_language() -> None:
    for language in ("da", "en"):
        everything = {"language": language, "words": list(range(len(words(MARK.text[language]))))}
        assert score(MARK, everything).points == 0


def test_marking_is_the_same_item_in_both_languages() -> None:
    item: Any = ITEMS["kinds-p6"]
    assert score(item, marks("Fatima", "Hansen,", "Prøvevej", "3.", item=item)).right
    assert score(item, marks("Fatima", "Hansen", "3", "Sample", "Road.", language="en", item=item)).right


def test_marks_are_explained_and_what_was_missed_is_not_named() -> None:
    item: Any = ITEMS["kinds-p6"]
    given = score(item, marks("Fatima", "Hansen,", "bor", "faktura", "4711", item=item))
    assert [(r.option, r.right) for r in given.reasons] == [("name", True), ("invoice", False), (None, False)]
    assert given.reasons[2].about == {"da": "bor", "en": "bor"}
    assert item.left_out(item.usable(marks("Fatima", "Hansen,", item=item))) == 1


def test_a_graded_text_reaches_the_learner_without_its_spans() -> None:
    copy = json.dumps(MARK.learner_copy(), ensure_ascii=False)
    assert "Fristen er uge 54." in copy
    assert not any(word in copy for word in ("spans", "{week}", "højst 53"))


@pytest.mark.parametrize("value", [[], "b", {}, {"x": "a"}, {"p": "z"}, {"p": ["a"]}, 7])
def test_a_match_that_is_none_counts_as_unanswered(value: object) -> None:
    given = score(ITEMS["kinds-g5"], value)
    assert (given.points, given.answered) == (0, False)
    assert not WIDGETS["match"].fits(ITEMS["kinds-g5"].learner_copy(), value)


@pytest.mark.parametrize(
    "value",
    [[1], {"language": "de", "words": []}, {"language": "da", "words": [999]}, {"language": "da", "words": [True]}],
)
def test_marks_that_are_none_count_as_unanswered(value: object) -> None:
    assert not score(MARK, value).answered
    assert not WIDGETS["mark"].fits(MARK.learner_copy(), value)


def test_the_drill_gives_no_points_and_is_done_with_the_final_answer() -> None:
    item = ITEMS["kinds-d1"]
    copy = item.learner_copy()
    begun = {"first": "a", "confidence": 0.5, "advice": "right", "final": None}
    done = begun | {"final": "b"}
    assert not answered(copy, begun)
    assert answered(copy, done)
    assert (score(item, done).points, score(item, done).max_points, score(item, done).right) == (0, 0, True)
    assert score(item, done | {"final": "a"}).right is False


def test_wrong_advice_is_counterbalanced_and_its_share_varies() -> None:
    learners = [f"learner{n}" for n in range(2400)]
    cases = [f"ove-d{n}" for n in range(1, 9)]
    shares = Counter(sum(advice(one, case) == "wrong" for case in cases) for one in learners)
    assert set(shares) == {2, 3, 4}
    for case in cases:
        wrong = sum(advice(one, case) == "wrong" for one in learners) / len(learners)
        assert wrong == pytest.approx(3 / 8, abs=0.05)
    assert advice("anna", "ove-d3") == advice("anna", "ove-d3")
    with pytest.raises(ValueError, match="ends in a number"):
        advice("anna", "ove")


def test_a_canvas_is_kept_as_it_fits_and_gives_no_points() -> None:
    item = ITEMS["kinds-c1"]
    value = {"purpose": "Kortere breve", "place": "own", "kpis": [["Ventetid", "5 dage"]], "gone": "x", "flow": ""}
    assert item.usable(value) == {"purpose": "Kortere breve", "place": "own", "kpis": [["Ventetid", "5 dage"]]}
    given = score(item, value)
    assert (given.points, given.right, given.answered) == (0, None, True)
    assert not score(item, {"place": "moon"}).answered
    html = words_html(item.learner_copy(), {"purpose": "<b>Breve</b>", "place": "own"}, "da")
    assert "&lt;b&gt;Breve" in html
    assert "Egen maskine" in html


@pytest.mark.parametrize(
    ("item_id", "change", "said"),
    [
        ("kinds-g5", {"key": {"p": "b"}}, "q"),
        ("kinds-g5", {"key": {"p": "b", "q": "z"}}, "z"),
        ("kinds-g6", {"spans": [{"id": "other", "right": True, "why": {"da": "x", "en": "x"}}]}, "other"),
        ("kinds-d1", {"points": 1}, "drill gives no points"),
        ("kinds-d1", {"use": "practice"}, "'drill'"),
        ("kinds-c1", {"use": "graded", "points": 1}, "'canvas'"),
        ("kinds-f1", {"use": "practice"}, "'feedback'"),
        ("kinds-p5", {"must_pass": True}, "must_pass"),
    ],
)
def test_a_fault_of_the_author_is_a_sentence_that_names_it(item_id: str, change: dict[str, Any], said: str) -> None:
    with pytest.raises(ContentError, match=said):
        read_item({**ITEMS[item_id].source, **change}, "items.yaml, here")
