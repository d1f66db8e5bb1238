"""Free texts that a person reads: points stay, changed texts ask to be read again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete

from grading.reading import GRADED_TEXTS

ITEM = "sample-r1"


def text(words: str) -> dict[str, Any]:
    return {ITEM: {"text": words, "self": [], "shown": False}}


def grade(room: Any, values: dict[str, Any]) -> tuple[float | None, float | None, bool]:
    room.hand_in("anna", values)
    assert room.grader.take_all() == 0
    result: tuple[float | None, float | None, bool] = room.grades("anna")[ITEM]
    return result


def test_a_text_waits_until_a_person_has_given_points(room: Any) -> None:
    assert grade(room, text("Jeg tjekker datoerne.")) == (None, None, True)
    assert room.feedback("anna")["items"][ITEM]["waiting_for_reader"]
    room.give_points("anna", ITEM, 2.0, "Godt <b>set</b>")
    room.course.autograde(room.module, "anna")
    assert room.grades("anna")[ITEM] == (None, 2.0, False)


def test_a_persons_points_and_comment_survive_regrading_and_other_answers(room: Any) -> None:
    grade(room, text("Jeg tjekker datoerne."))
    room.give_points("anna", ITEM, 2.0, "Godt <b>set</b>")
    assert grade(room, text("Jeg tjekker datoerne.\n") | {"sample-g1": "b"}) == (None, 2.0, False)
    report = room.feedback("anna")
    assert (report["points"], report["waiting_for_reader"]) == (3.0, False)
    assert report["items"][ITEM]["comment"] == "Godt <b>set</b>"
    page = (room.var / "nbgrader" / "feedback" / "anna" / "sample" / "sample.html").read_text("utf-8")
    assert "Godt &lt;b&gt;set&lt;/b&gt;" in page
    assert "Ikke læst af en underviser endnu" not in page


def test_a_changed_text_is_flagged_keeps_its_points_and_stays_flagged_until_read(room: Any) -> None:
    grade(room, text("Jeg tjekker datoerne."))
    room.give_points("anna", ITEM, 2.0)
    assert grade(room, text("Noget helt andet.")) == (None, 2.0, True)
    assert room.feedback("anna")["waiting_for_reader"]
    assert room.feedback("anna")["points"] == 2.0
    assert grade(room, text("Noget helt andet.")) == (None, 2.0, True)
    room.give_points("anna", ITEM, 3.0)
    assert grade(room, text("Noget helt andet.")) == (None, 3.0, False)


@pytest.mark.parametrize("words", ["", "  \n "])
def test_no_text_is_no_work_for_a_person(room: Any, words: str) -> None:
    assert grade(room, text(words)) == (0.0, None, False)
    assert not room.feedback("anna")["items"][ITEM]["answered"]


def test_a_text_taken_away_after_it_got_points_is_flagged(room: Any) -> None:
    grade(room, text("Jeg tjekker datoerne."))
    room.give_points("anna", ITEM, 2.0)
    assert grade(room, {}) == (0.0, 2.0, True)


def test_when_nobody_knows_what_was_read_it_is_read_again(room: Any) -> None:
    grade(room, text("Jeg tjekker datoerne."))
    room.give_points("anna", ITEM, 2.0)
    with room.course.gradebook() as gradebook:
        gradebook.db.execute(delete(GRADED_TEXTS))
        gradebook.db.commit()
    assert grade(room, text("Jeg tjekker datoerne.")) == (None, 2.0, True)


def test_a_persons_points_for_an_item_with_a_key_win_over_the_rules(room: Any) -> None:
    grade(room, {"sample-g1": "a"})
    room.give_points("anna", "sample-g1", 1.0)
    grade(room, {"sample-g1": "a"})
    assert room.feedback("anna")["items"]["sample-g1"]["points"] == 1.0
