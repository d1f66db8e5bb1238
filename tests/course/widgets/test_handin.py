"""Where a hand-in is, read from the files of outbox and grader as they come and go."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from course import answers, outbox, paths
from course.widgets.handin import look


@pytest.fixture(autouse=True)
def _learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("KOEREKORT_LEARNER", "anna")
    answers.save(tmp_path, "sample", "da", "sample-g1", "b")


def write(name: str, **data: Any) -> Path:
    file = paths.feedback() / "anna" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data))
    return file


def age(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def test_nothing_handed_in() -> None:
    assert look("anna", "sample").phase == "none"


def test_a_ticket_waits_is_graded_and_done(tmp_path: Path) -> None:
    ticket = outbox.hand_in("sample", tmp_path, "da")
    assert (look("anna", "sample").phase, look("anna", "sample").busy) == ("queued", True)
    assert look("bo", "sample").phase == "none"
    assert look("anna", "other").phase == "none"
    write("sample.status.json", ticket=ticket, state="grading")
    assert look("anna", "sample").phase == "grading"
    write("sample.json", ticket=ticket, module="sample", error=None, points=3)
    write("sample.status.json", ticket=ticket, state="done")
    shutil.rmtree(paths.outbox() / ticket)
    seen = look("anna", "sample")
    assert (seen.phase, seen.busy, seen.report["points"]) == ("done", False, 3)


def test_a_new_ticket_counts_over_the_old_feedback_which_stays(tmp_path: Path) -> None:
    old = outbox.hand_in("sample", tmp_path, "da")
    shutil.rmtree(paths.outbox() / old)
    write("sample.json", ticket=old, module="sample", error=None, points=3)
    write("sample.status.json", ticket=old, state="done")
    outbox.hand_in("sample", tmp_path, "da")
    seen = look("anna", "sample")
    assert (seen.phase, seen.report["points"]) == ("queued", 3)


def test_a_grader_that_is_away_is_noticed_and_its_return_too(tmp_path: Path) -> None:
    ticket = outbox.hand_in("sample", tmp_path, "da")
    assert not look("anna", "sample").grader_away
    age(paths.outbox() / ticket, 20)
    assert look("anna", "sample").grader_away
    status = write("sample.status.json", ticket=ticket, state="grading")
    assert not look("anna", "sample").grader_away
    for path in (status, paths.outbox() / ticket):
        age(path, 100)
    assert look("anna", "sample").grader_away


def test_trouble_is_handed_on(tmp_path: Path) -> None:
    ticket = outbox.hand_in("sample", tmp_path, "da")
    write("sample.status.json", ticket=ticket, state="failed", error={"da": "Nej", "en": "No"})
    assert (look("anna", "sample").phase, look("anna", "sample").trouble["da"]) == ("failed", "Nej")
    write("sample.json", ticket=ticket, module="sample", error={"da": "Fil", "en": "File"})
    assert (look("anna", "sample").phase, look("anna", "sample").trouble["da"]) == ("failed", "Fil")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"ticket": 5}'])
def test_files_that_cannot_be_read_are_as_if_they_were_not_there(tmp_path: Path, content: str) -> None:
    outbox.hand_in("sample", tmp_path, "da")
    for name in ("sample.json", "sample.status.json"):
        write(name).write_text(content)
    (paths.outbox() / "20990101T000000Z-x").mkdir()
    assert look("anna", "sample").phase == "queued"
