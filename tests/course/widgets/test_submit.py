"""Handing in from the page: once for a press, refused in a sentence, and the sentences on the way."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course import answers, paths
from course.widgets.base import Place
from course.widgets.submit import SubmitWidget

Talk = Callable[[Any, dict[str, Any]], list[dict[str, Any]]]
Items = dict[str, Any]


@pytest.fixture
def shown(items: Items, place: Place, monkeypatch: pytest.MonkeyPatch) -> SubmitWidget:
    monkeypatch.setenv("KOEREKORT_VAR", str(place.folder / "var"))
    monkeypatch.setenv("KOEREKORT_LEARNER", "anna")
    return SubmitWidget(list(items.values()), place)


def state(widget: SubmitWidget, talk: Talk) -> dict[str, Any]:
    (message,) = talk(widget, {"type": "hello"})
    return message


def tickets() -> list[Path]:
    return sorted(paths.outbox().iterdir()) if paths.outbox().exists() else []


def test_what_is_missing_is_named_and_practice_is_not(shown: SubmitWidget, place: Place, talk: Talk) -> None:
    first = state(shown, talk)
    assert [item["id"] for item in first["missing"]] == [f"sample-{i}" for i in ("g1", "g2", "g3", "g4", "r1")]
    assert first["missing"][0]["label"] == "Opgave 1: Spørgsmål g1"
    assert (first["text"], first["busy"], first["feedback_html"]) == ("", False, "")
    answers.save(place.folder, "sample", "da", "sample-g1", "b")
    assert len(state(shown, talk)["missing"]) == 4


def test_only_what_is_due_by_now_is_called_missing(items: Items, place: Place, talk: Talk) -> None:
    shown = SubmitWidget(list(items.values()), place, {"sample-p1", "sample-g2"})
    assert [item["id"] for item in state(shown, talk)["missing"]] == ["sample-g2"]


def test_one_press_is_one_ticket_however_often_it_is_sent(shown: SubmitWidget, talk: Talk) -> None:
    for _ in range(3):
        (reply,) = talk(shown, {"type": "hand_in", "stamp": "press-1"})
        assert (reply["answers_hand_in"], reply["busy"], reply["poll"]) == (True, True, True)
    assert len(tickets()) == 1
    talk(shown, {"type": "hand_in", "stamp": "press-2"})
    assert len(tickets()) == 2


def test_a_hand_in_that_fails_is_a_sentence_and_the_button_works_again(
    shown: SubmitWidget, place: Place, talk: Talk
) -> None:
    (place.folder / "answers.json").write_text("{broken")
    (reply,) = talk(shown, {"type": "hand_in", "stamp": "press-1"})
    assert "lykkedes ikke" in reply["text"]
    assert not reply["busy"]
    assert tickets() == []
    (place.folder / "answers.json").unlink()
    (reply,) = talk(shown, {"type": "hand_in", "stamp": "press-1"})
    assert reply["busy"]


def test_the_sentences_follow_the_grader(shown: SubmitWidget, place: Place, talk: Talk) -> None:
    answers.save(place.folder, "sample", "da", "sample-g1", "b")
    talk(shown, {"type": "hand_in", "stamp": "press-1"})
    (ticket,) = tickets()
    assert "Afleveret" in state(shown, talk)["text"]
    os.utime(ticket, (time.time() - 30,) * 2)
    away = state(shown, talk)
    assert "når den er i gang igen" in away["text"]
    assert (away["busy"], away["poll"]) == (False, True)
    folder = paths.feedback() / "anna"
    folder.mkdir(parents=True)
    (folder / "sample.status.json").write_text(json.dumps({"ticket": ticket.name, "state": "grading"}))
    assert "bliver bedømt" in state(shown, talk)["text"]
    graded = {
        "points": 1,
        "max_points": 1,
        "answered": True,
        "right": True,
        "value": "b",
        "reasons": [],
        "comment": None,
    }
    report = {"ticket": ticket.name, "module": "sample", "points": 1.0, "max_points": 9.0, "error": None}
    (folder / "sample.json").write_text(json.dumps(report | {"items": {"sample-g1": graded}}))
    shutil.rmtree(ticket)
    done = state(shown, talk)
    assert "1 af 9 point" in done["text"]
    assert "ændret" not in done["text"]
    assert (done["busy"], done["button"]) == (False, "Aflevér igen")
    assert "Opgave 1" in done["feedback_html"]
    answers.save(place.folder, "sample", "da", "sample-g1", "c")
    assert "ændret" in state(shown, talk)["text"]


def test_a_failed_grading_says_why(shown: SubmitWidget, talk: Talk) -> None:
    talk(shown, {"type": "hand_in", "stamp": "press-1"})
    (ticket,) = tickets()
    folder = paths.feedback() / "anna"
    folder.mkdir(parents=True)
    status = {"ticket": ticket.name, "state": "failed", "error": {"da": "Filen er tom.", "en": "The file is empty."}}
    (folder / "sample.status.json").write_text(json.dumps(status))
    shutil.rmtree(ticket)
    failed = state(shown, talk)
    assert "Filen er tom." in failed["text"]
    assert (failed["busy"], failed["poll"]) == (False, False)
