"""What comes out of a person's answers: usable texts of the plan's fields, without ids and unprintable characters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.items.canvas import CanvasItem
from course.module import load_module
from grading.plan.canvases import Gathered, filled_in, questions_of, rewritten, without


def canvas_of(module: Path) -> CanvasItem:
    item = load_module(module).items["sample-c1"]
    assert isinstance(item, CanvasItem)
    return item


def test_only_what_is_filled_in_and_belongs_to_the_plan_is_taken(module: Path, canvases: dict[str, Any]) -> None:
    canvas = canvas_of(module)
    taken = {name: filled_in([canvas], {"sample-c1": value}) for name, value in canvases.items()}
    assert set(taken["anna"]) == {("sample-c1", "purpose"), ("sample-c1", "place")}
    assert taken["bo.hansen"]["sample-c1", "errors"] == [["Forkert frist", "Teamleder"]]
    assert ("sample-c1", "purpose") not in taken["carla"]


def test_an_answer_of_a_wrong_shape_gives_nothing(module: Path) -> None:
    canvas = canvas_of(module)
    wrong: list[Any] = [None, 5, [], "text", {"purpose": 5, "place": "nowhere", "errors": [["one cell"]]}]
    for value in wrong:
        assert filled_in([canvas], {"sample-c1": value}) == {}


def test_questions_say_where_they_are_asked(module: Path) -> None:
    questions = questions_of(canvas_of(module), load_module(module))
    assert [question.field.id for question in questions] == ["purpose", "place", "errors", "training"]
    assert questions[0].canvas == {"da": "Lærred 1: arbejdet", "en": "Canvas 1: the work"}
    assert questions[0].piece["en"] == "Second part"


def test_ids_and_what_no_document_can_hold_are_taken_out() -> None:
    ids = ["anna", "bo.hansen"]
    assert without(ids, "Spørg Anna, bo.hansen og Annabella\x00\ud800!") == "Spørg [NAVN], [NAVN] og Annabella!"


def test_texts_are_changed_and_choices_are_not(module: Path, canvases: dict[str, Any]) -> None:
    canvas = canvas_of(module)
    person = filled_in([canvas], {"sample-c1": canvases["bo.hansen"]})
    questions = tuple(questions_of(canvas, load_module(module)))
    (changed,) = rewritten(Gathered(questions, (person,), ()), lambda texts: [t.upper() for t in texts]).contributions
    assert changed["sample-c1", "place"] == "anna"
    assert changed["sample-c1", "errors"] == [["FORKERT FRIST", "TEAMLEDER"]]
