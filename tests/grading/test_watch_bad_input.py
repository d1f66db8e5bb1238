"""Hand-ins with anything in them: each gets a sentence, nothing is executed, and the others go on."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from grading.course_dir import CourseDir


def bad_json(room: Any, file: Path) -> None:
    file.write_text('{"schema": 1,')


def wrong_schema(room: Any, file: Path) -> None:
    file.write_text(room.answer_file(room.model_answers, schema=7))


def wrong_module(room: Any, file: Path) -> None:
    file.write_text(room.answer_file(room.model_answers, module="ethics"))


def huge(room: Any, file: Path) -> None:
    with file.open("ab") as handle:
        handle.truncate(5_000_000)


def link(room: Any, file: Path) -> None:
    other = room.var / "theirs.json"
    other.write_text(room.answer_file(room.model_answers))
    file.unlink()
    file.symlink_to(other)


def folder(room: Any, file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "answers.json").write_text(room.answer_file(room.model_answers))


def missing(room: Any, file: Path) -> None:
    file.unlink()


def test_a_file_that_cannot_be_used_gives_no_points_and_a_sentence_and_the_others_go_on(room: Any) -> None:
    spoils = (bad_json, wrong_schema, wrong_module, huge, link, folder, missing)
    for spoil in spoils:
        name = spoil.__name__.replace("_", "-")
        spoil(room, room.ticket(room.hand_in(name, room.model_answers)) / "answers.json")
    room.hand_in("zoe", room.model_answers)
    assert room.grader.take_all() == 0
    for spoil in spoils:
        report = room.feedback(spoil.__name__.replace("_", "-"))
        assert (report["points"], report["max_points"], report["waiting_for_reader"]) == (0.0, 9.0, False)
        assert "answers.json" in report["error"]["da"]
        assert "answers.json" in report["error"]["en"]
        assert {entry["points"] for entry in report["items"].values()} == {0.0}
    assert room.feedback("zoe")["points"] == 6.0


def test_a_record_of_the_wrong_shape_costs_its_item_only(room: Any) -> None:
    ticket = room.ticket(room.hand_in("bo", room.model_answers))
    data = json.loads((ticket / "answers.json").read_text())
    data["answers"]["sample-g1"] = "b"
    (ticket / "answers.json").write_text(json.dumps(data))
    room.grader.take_all()
    report = room.feedback("bo")
    assert (report["points"], report["error"]) == (5.0, None)
    assert "sample-g1" in report["items"]["sample-g1"]["reasons"][0]["text"]["da"]


def test_a_notebook_that_was_edited_emptied_or_broken_is_graded_by_its_answers_and_runs_nothing(room: Any) -> None:
    marker = room.var / "marker"
    marker.write_text("still here")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        code = f"import os, socket\nos.remove({str(marker)!r})\nsocket.create_connection({listening.getsockname()!r})"
        spoil_notebooks(room, code)
        assert room.grader.take_all() == 0
        with pytest.raises(TimeoutError):
            listening.accept()
    assert marker.read_text() == "still here"
    for learner in ("evil", "deleted", "doubled", "broken", "none"):
        assert room.feedback(learner)["points"] == 6.0
        assert room.feedback(learner)["max_points"] == 9.0
        graded = room.var / "nbgrader" / "autograded" / learner / "sample" / "sample.ipynb"
        assert "socket" not in graded.read_text()


def spoil_notebooks(room: Any, code: str) -> None:
    """Hand in full marks five times, with five bad notebooks."""

    def notebook(learner: str) -> Path:
        return Path(room.ticket(room.hand_in(learner, room.model_answers)) / "sample.ipynb")

    def change(file: Path, how: Any) -> None:
        data = json.loads(file.read_text())
        data["cells"] = how(data["cells"])
        file.write_text(json.dumps(data))

    def evil(cells: list[Any]) -> list[Any]:
        for cell in cells:
            cell["source"] = code
            cell.get("metadata", {}).get("nbgrader", {}).update(points=1000, locked=False)
        return cells

    change(notebook("evil"), evil)
    change(notebook("deleted"), lambda cells: [])
    change(notebook("doubled"), lambda cells: cells + [{**cell, "id": f"x{i}"} for i, cell in enumerate(cells)])
    notebook("broken").write_text("{ not JSON")
    notebook("none").unlink()
    inbound_copy = room.var / "exchange" / "koerekort" / "inbound"
    assert inbound_copy.is_dir()


def test_what_the_learner_sent_stays_untouched_in_the_exchange(room: Any) -> None:
    notebook = room.ticket(room.hand_in("anna", room.model_answers)) / "sample.ipynb"
    notebook.write_text("mine")
    room.grader.take_all()
    (name,) = room.inbound()
    kept = room.var / "exchange" / "koerekort" / "inbound" / name / "sample.ipynb"
    assert kept.read_text() == "mine"


def test_tickets_that_cannot_be_used_are_put_aside_and_the_others_go_on(room: Any) -> None:
    def request(which: str, **change: Any) -> None:
        file = room.ticket(which) / "request.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | change))

    escape = room.hand_in("anna", room.model_answers)
    request(escape, learner="../../anna")
    foreign = room.hand_in("bo", room.model_answers)
    request(foreign, module="ethics")
    renamed = room.hand_in("carl", room.model_answers)
    request(renamed, ticket="another")
    cut = room.hand_in("dan", room.model_answers)
    (room.ticket(cut) / "request.json").write_text("{")
    (room.var / "outbox" / "stray-file").write_text("")
    (room.var / "outbox" / ".20261122-unfinished").mkdir()
    good = room.hand_in("eva", room.model_answers)
    assert room.grader.take_all() == 0
    assert room.waiting() == [".20261122-unfinished", "refused"]
    kept = {path.name for path in (room.var / "outbox" / "refused").iterdir()}
    assert kept == {escape, foreign, renamed, cut, "stray-file"}
    status = json.loads((room.var / "feedback" / "bo" / "ethics.status.json").read_text())
    assert status["state"] == "failed"
    assert "ethics" in status["error"]["da"]
    assert room.status("carl")["state"] == "failed"
    assert sorted(p.name for p in (room.var / "feedback").iterdir()) == ["bo", "carl", "eva"]
    assert room.status("eva") == {"ticket": good, "state": "done", "error": None}
    assert len(room.inbound()) == 1


def test_the_graders_own_trouble_keeps_the_ticket_and_lets_nobody_overtake(
    room: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = room.hand_in("anna", {})
    second = room.hand_in("anna", room.model_answers)
    room.hand_in("bo", room.model_answers)
    autograde = CourseDir.autograde

    def fails_for_anna(self: CourseDir, module: str, learner: str, force: bool = True) -> None:
        if learner == "anna":
            raise OSError(28, "No space left on device")
        autograde(self, module, learner, force)

    monkeypatch.setattr(CourseDir, "autograde", fails_for_anna)
    assert room.grader.take_all() == 2
    assert room.waiting() == [first, second]
    assert room.feedback("bo")["points"] == 6.0
    assert room.status("anna")["state"] == "queued"
    assert "prøver igen" in room.status("anna")["error"]["da"]
    assert "No space left" in capsys.readouterr().out
    monkeypatch.setattr(CourseDir, "autograde", autograde)
    assert room.grader.take_all() == 2, "not before its time"
    room.grader.retries[first].at = 0.0
    assert room.grader.take_all() == 0
    assert room.feedback("anna")["points"] == 6.0
    assert len(room.inbound()) == 3
