"""The five headings: each thing under its own, and what is missing said with where it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from course.goals import load_goals
from course.items.canvas import HEADINGS, CanvasItem
from course.module import load_module
from grading.plan.canvases import Gathered, questions_of
from grading.plan.compose import Sources, compose
from grading.plan.document import Section
from grading.plan.sandbox import Setup, setup

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def here() -> Setup:
    return setup()


@pytest.fixture
def sources(module: Path, here: Setup) -> Sources:
    read = load_module(module)
    canvas = read.items["sample-c1"]
    assert isinstance(canvas, CanvasItem)
    people = ({("sample-c1", "purpose"): "Tid"}, {("sample-c1", "place"): "eu"}, {("sample-c1", "place"): "eu"})
    return Sources(Gathered(tuple(questions_of(canvas, read)), people, read.cases), load_goals(), here, 0)


def sections(sources: Sources, language: str = "da") -> dict[str, Section]:
    return {section.id: section for section in compose(sources, language, TODAY).sections}


def test_there_are_five_headings_in_their_order(sources: Sources) -> None:
    assert tuple(sections(sources)) == HEADINGS


def test_contributions_stand_side_by_side(sources: Sources) -> None:
    found = sections(sources)
    purpose = found["purpose"].tables[-1]
    assert [[cell.text for cell in row] for row in purpose.rows] == [["1", "Tid"]]
    assert "Udfyldt i 1 af 3 bidrag" in purpose.note
    place = found["sandbox"].tables[-1]
    assert [[cell.text for cell in row] for row in place.rows] == [["EU-sky", "2", "2, 3"]]


def test_what_is_missing_says_where_it_is_asked(sources: Sources) -> None:
    missing = sections(sources, "en")["education"].missing
    assert [(it.what, it.where) for it in missing] == [
        ("Training", "Asked in the module “Sample module”, part “Second part”, Canvas 1: the work")
    ]


def test_goals_that_nobody_decided_are_examples_and_lack_numbers(sources: Sources) -> None:
    found = sections(sources)
    goals = sources.goals
    assert goals.decided is None
    assert {table.title for table in found["purpose"].tables} >= {goal.text["da"] for goal in goals.goals}
    assert [it.what for it in found["purpose"].missing] == ["Kommunens egne mål i stedet for eksemplerne"]
    lacking = sum(len(kpi.missing()) for kpi in goals.kpis())
    assert len(found["quality"].missing) == lacking + 1  # and the canvas's field that nobody filled in
    decided = sections(replace(sources, goals=replace(goals, decided="2026-12-01")))
    assert decided["purpose"].missing == ()
    assert not any("Eksempel" in table.note for table in decided["purpose"].tables)


def test_cases_and_the_sandboxs_settings_are_shown(sources: Sources) -> None:
    found = sections(sources)
    (case,) = found["experience"].tables[0].rows
    assert [cell.text for cell in case] == ["Havnekøbing Kommune", "En assistent til breve.", "Stoppet", "example.org"]
    assert case[-1].href == "https://www.example.org/harbour"
    settings = {row[0].text: row[1].text for row in found["sandbox"].tables[0].rows}
    assert settings["Model"] == sources.setup.model
    assert "et CPR-nummer" in settings["Vagten standser teksten"]


def test_a_heading_that_nothing_asks_for_says_so(sources: Sources) -> None:
    none = replace(sources, gathered=Gathered((), (), ()))
    for section in sections(none).values():
        assert (section.asked, section.answered) == (0, 0)
        assert section.missing[0].what == "Ingen spørgsmål under denne overskrift"
