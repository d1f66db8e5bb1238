"""The grader process: hand-ins become points and feedback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grading import watch

MESSY = {
    "sample-p1": "a",
    "sample-g1": "a",
    "sample-g2": ["a"],
    "sample-g3": "zzz",
    "sample-g4": 3,
    "sample-g9": "b",
    "sample-r1": {"text": "<script>alert(1)</script>", "self": ["r1", "nope"], "shown": False},
}


def test_three_learners(room: Any) -> None:
    tickets_of = {
        "anna": room.hand_in("anna", room.model_answers),
        "bo": room.hand_in("bo", {}),
        "carl": room.hand_in("carl", MESSY),
    }
    assert room.grader.take_all() == 0
    assert room.waiting() == []
    got = {learner: room.feedback(learner) for learner in tickets_of}
    assert {learner: f["points"] for learner, f in got.items()} == {"anna": 6.0, "bo": 0.0, "carl": 1.0}
    assert {f["max_points"] for f in got.values()} == {9.0}
    assert {learner: f["waiting_for_reader"] for learner, f in got.items()} == {"anna": True, "bo": False, "carl": True}
    for learner, ticket in tickets_of.items():
        assert got[learner]["ticket"] == ticket
        assert room.status(learner) == {"ticket": ticket, "state": "done", "error": None}
    assert [name.split("+")[0] for name in room.inbound()] == ["anna", "bo", "carl"]


def test_a_messy_answer_file_is_answered_item_by_item(room: Any) -> None:
    room.hand_in("carl", MESSY)
    room.grader.take_all()
    report = room.feedback("carl")
    items = report["items"]
    assert list(items) == ["sample-g1", "sample-g2", "sample-g3", "sample-g4", "sample-r1"]
    assert {item: entry["points"] for item, entry in items.items()} == dict(zip(items, (0, 1, 0, 0, 0), strict=True))
    assert [entry["right"] for entry in items.values()] == [False, False, False, False, None]
    assert items["sample-g1"]["reasons"] == [
        {
            "option": "a",
            "right": False,
            "text": {"da": "Fordi g1a", "en": "Because g1a"},
            "about": {"da": "Svar a", "en": "Answer a"},
        }
    ]
    assert not items["sample-g3"]["answered"]
    assert "kunne ikke læses" in items["sample-g3"]["reasons"][0]["text"]["da"]
    assert "Du talte ord" in items["sample-g4"]["reasons"][0]["text"]["da"]
    assert "findes ikke i modulet" in report["notes"][0]["da"]
    assert "sample-g9" in report["notes"][0]["en"]
    assert report["error"] is None


def test_feedback_never_holds_the_key_or_the_reasons_of_other_options(room: Any) -> None:
    room.hand_in("bo", {"sample-g1": "a", "sample-g2": ["b"], "sample-g3": ["a", "b", "c", "d"], "sample-g4": 99})
    room.grader.take_all()
    page = (room.var / "nbgrader" / "feedback" / "bo" / "sample" / "sample.html").read_text("utf-8")
    for text in (json.dumps(room.feedback("bo"), ensure_ascii=False), page):
        assert "Fordi g1a" in text
        for secret in ("Fordi g1b", "Fordi g2a", "Fordi g2d", "Rigtigt g4", "Du talte ord g4", '"key"'):
            assert secret not in text


def test_the_feedback_page_is_danish_escaped_and_loads_nothing(room: Any) -> None:
    room.hand_in("carl", MESSY)
    room.grader.take_all()
    page = (room.var / "nbgrader" / "feedback" / "carl" / "sample" / "sample.html").read_text("utf-8")
    assert '<html lang="da">' in page
    assert "1 af 9 point" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for forbidden in ("<script", "http://", "https://", "src=", "@import", "url("):
        assert forbidden not in page
    assert "Ikke læst af en underviser endnu" in page
    released = list((room.var / "exchange" / "koerekort" / "feedback").glob("*.html"))
    assert [path.read_text("utf-8") for path in released] == [page]


def test_two_hand_ins_in_the_same_second_are_both_kept_and_the_later_counts(room: Any) -> None:
    room.hand_in("anna", {})
    second = room.hand_in("anna", room.model_answers)
    assert room.grader.take_all() == 0
    assert len(room.inbound()) == 2
    assert (room.feedback("anna")["points"], room.feedback("anna")["ticket"]) == (6.0, second)


def test_without_a_released_course_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    assert watch.main(["--once"]) == 2
    assert "make setup" in capsys.readouterr().err
