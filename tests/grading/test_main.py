"""The instructor's commands, as they are typed."""

from __future__ import annotations

from typing import Any

import pytest

from grading.__main__ import main


def test_hand_in_watch_and_autograde(room: Any, capsys: pytest.CaptureFixture[str]) -> None:
    room.hand_in("anna", room.model_answers)
    assert main(["watch", "--once"]) == 0
    assert "sample, anna: 6 of 9 points, a text waits to be read" in capsys.readouterr().out
    assert main(["autograde", "sample", "--force"]) == 0
    assert "sample: 1 graded, 1 with a text to read in formgrader." in capsys.readouterr().out
    log = (room.var / "logs" / "grader.log").read_text("utf-8")
    assert "anna" in log
    assert room.model_answers["sample-r1"]["text"] not in log


def test_a_fault_is_one_sentence(room: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["autograde", "ethics"]) == 2
    assert capsys.readouterr().err == "There is no released module 'ethics'; choose one of sample.\n"
