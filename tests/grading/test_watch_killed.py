"""The grader killed anywhere and started again: nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from grading import tickets
from grading.course_dir import CourseDir
from grading.watch import Grader

ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """Stands for SIGKILL at one place: nothing of ours catches it."""


STEPS = (
    "grading.tickets.stage",
    "grading.course_dir.CourseDir.submit",
    "nbgrader.exchange.default.submit.ExchangeSubmit.set_perms",
    "grading.course_dir.CourseDir.collect",
    "grading.exchange._take_answers",
    "grading.course_dir.CourseDir.autograde",
    "nbgrader.preprocessors.SaveAutoGrades.preprocess",
    "grading.reading.flag",
    "grading.course_dir.CourseDir.feedback",
    "grading.reading.ShowFeedback.preprocess",
    "grading.watch.write_feedback",
    "grading.feedback.make_feedback",
    "grading.tickets.remove",
    "grading.tickets._discard",
)


def test_killed_anywhere_and_started_again_nothing_is_lost_or_doubled(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_arguments: object, **_options: object) -> None:
        raise Killed

    for number, step in enumerate(STEPS, start=1):
        values, points = (room.model_answers, 6.0) if number % 2 else ({"sample-g1": "b"}, 1.0)
        last = room.hand_in("anna", values)
        with monkeypatch.context() as patch:
            patch.setattr(step, kill)
            with pytest.raises(Killed):
                room.grader.take_all()
        again = Grader(CourseDir())
        tickets.sweep()
        assert again.take_all() == 0, step
        assert room.waiting() == [], step
        assert len(room.inbound()) == number, step
        assert (room.feedback("anna")["points"], room.feedback("anna")["ticket"]) == (points, last), step
        assert room.status("anna")["state"] == "done", step


def run_watch(room: Any, *options: str) -> subprocess.Popen[str]:
    """Start the real process."""
    environment = os.environ | {"KOEREKORT_VAR": str(room.var)}
    command = [sys.executable, "-m", "grading.watch", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=-1, stderr=-1)


def wait_for(what: Any, seconds: float = 60.0) -> None:
    """Wait until `what()` is true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.mark.slow
def test_the_process_itself(room: Any) -> None:
    """Killed while it grades; started again it finishes; a second one is refused; SIGTERM stops it at once."""
    room.hand_in("anna", room.model_answers)
    first = run_watch(room)
    assert first.stdout is not None
    assert "ready" in first.stdout.readline()
    status = room.var / "feedback" / "anna" / "sample.status.json"
    wait_for(status.exists)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    second = run_watch(room)
    wait_for(lambda: room.status("anna")["state"] == "done")
    assert room.feedback("anna")["points"] == 6.0
    assert room.waiting() == []
    third = run_watch(room, "--once")
    assert third.wait() == 2
    assert third.stderr is not None
    assert "running already" in third.stderr.read()
    started = time.monotonic()
    room.hand_in("bo", room.model_answers)
    wait_for(lambda: (room.var / "feedback" / "bo" / "sample.json").exists())
    assert time.monotonic() - started < 10
    second.send_signal(signal.SIGTERM)
    out, err = second.communicate(timeout=10)
    assert second.returncode == 0
    assert "sample, bo: 6 of 9 points, a text waits to be read" in out
    assert err == ""
    assert len(room.inbound()) == 2
