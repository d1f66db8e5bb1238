"""Grading all submissions of a module in one process."""

from __future__ import annotations

from typing import Any

import pytest

from course.errors import SettingError
from grading.autograde import autograde, known_modules
from grading.course_dir import CourseDir


def test_points_of_a_person_reach_the_learners_page(room: Any) -> None:
    ticket = room.hand_in("anna", room.model_answers)
    room.hand_in("bo", {})
    room.grader.take_all()
    room.give_points("anna", "sample-r1", 2.5, "Fint")
    report = autograde(room.course, room.module)
    assert (report.graded, report.waiting, report.failed) == (2, (), {})
    feedback = room.feedback("anna")
    assert (feedback["points"], feedback["waiting_for_reader"], feedback["ticket"]) == (8.5, False, ticket)
    assert feedback["items"]["sample-r1"]["comment"] == "Fint"
    assert str(report) == "sample: 2 graded, 0 with a text to read in formgrader."


def test_one_that_fails_is_named_and_the_others_go_on(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for learner in ("anna", "bo"):
        room.hand_in(learner, room.model_answers)
    room.grader.take_all()
    feedback = CourseDir.feedback

    def fails_for_anna(self: CourseDir, module: str, learner: str) -> None:
        if learner == "anna":
            raise OSError(28, "No space left on device")
        feedback(self, module, learner)

    monkeypatch.setattr(CourseDir, "feedback", fails_for_anna)
    report = autograde(room.course, room.module, force=True)
    assert (report.graded, report.waiting) == (1, ("bo",))
    assert "No space left" in str(report)


def test_a_module_that_is_not_there(room: Any) -> None:
    assert known_modules(room.course, None) == ["sample"]
    with pytest.raises(SettingError, match="'ethics'.*sample"):
        known_modules(room.course, "ethics")
