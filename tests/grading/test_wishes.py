"""What learners would have us do better reaches the authors, and not who wrote it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course.items import load_items
from grading.__main__ import main
from grading.wishes import wishes_in

KINDS = Path(__file__).parents[1] / "data" / "kinds" / "items.yaml"


def test_wishes_are_the_texts_of_feedback_items_alone() -> None:
    answers: list[dict[str, Any]] = [
        {"kinds-f1": {"text": " Flere billeder ", "self": []}, "kinds-p5": {"p": "a"}},
        {"kinds-f1": {"text": "   "}},
        {"kinds-f1": ["not a text"]},
        {"kinds-c1": {"purpose": "Kortere breve"}},
        {"kinds-f1": {"text": "Kortere stykker"}},
    ]
    assert sorted(wishes_in(load_items(KINDS), answers)) == ["Flere billeder", "Kortere stykker"]


def test_the_command_prints_them_by_module(room: Any, capsys: pytest.CaptureFixture[str]) -> None:
    room.hand_in("anna", room.model_answers)
    assert main(["watch", "--once"]) == 0
    capsys.readouterr()
    assert main(["wishes"]) == 0
    printed = capsys.readouterr().out
    assert printed == "sample: nobody has written anything yet.\n"
