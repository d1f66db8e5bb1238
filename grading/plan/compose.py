"""Puts the plan together under its five headings: what is filled in, and what is missing.

It does not read files, and does not know HTML or DOCX.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from course.cards import long_date
from course.goals import Ambition, Goals, Kpi
from course.items.canvas import HEADINGS
from course.locale import Translator, translator
from course.widgets.number import number_text
from grading.plan.canvases import Gathered, Question
from grading.plan.document import Cell, Missing, Plan, Section, Table
from grading.plan.sandbox import Setup

GOALS_FILE = "course/goals.yaml"


@dataclass(frozen=True)
class Sources:
    """All that a plan is made of. `masked` is how many texts the guard covered something in."""

    gathered: Gathered
    goals: Goals
    setup: Setup
    masked: int


def compose(sources: Sources, language: str, today: date) -> Plan:
    """Return the plan in a language, as of a day."""
    t = translator("grading", "plan", language)
    notes = [
        t("note.made", date=long_date(today.isoformat(), language)),
        t("note.people", n=len(sources.gathered.contributions)),
    ]
    if sources.goals.decided is None:
        notes.append(t("note.examples", file=GOALS_FILE))
    if sources.masked:
        notes.append(t("note.masked", n=sources.masked))
    maker = _Maker(sources, language, t)
    return Plan(language, t("title"), tuple(notes), tuple(maker.section(heading) for heading in HEADINGS))


class _Maker:
    """Makes the sections in one language."""

    def __init__(self, sources: Sources, language: str, t: Translator) -> None:
        self._sources, self._language, self._t = sources, language, t
        self._number = partial(number_text, language=language)

    def section(self, heading: str) -> Section:
        asked = [question for question in self._sources.gathered.questions if question.field.plan == heading]
        answers = {question.key: self._answers(question) for question in asked}
        more, lacks = {
            "purpose": (self._goals, self._goals_missing),
            "experience": (self._cases, self._nothing),
            "sandbox": (self._setup, self._setup_missing),
            "quality": (self._kpis, self._kpis_missing),
            "education": (self._nothing, self._nothing),
        }[heading]
        filled = [self._table(question, answers[question.key]) for question in asked if answers[question.key]]
        empty = [self._missing(question) for question in asked if not answers[question.key]]
        if not asked:
            empty = [Missing(self._t("missing.unasked"), self._t("where.course"))]
        return Section(
            id=heading,
            title=self._t(f"heading.{heading}"),
            lead=self._t(f"lead.{heading}"),
            tables=(*more(), *filled),
            missing=(*empty, *lacks()),
            asked=len(asked),
            answered=len(filled),
        )

    def _nothing(self) -> Iterator[Any]:
        yield from ()

    # ------------------------------------------------ what people wrote

    def _answers(self, question: Question) -> list[tuple[int, Any]]:
        """Return who (a number from 1) answered what."""
        people = enumerate(self._sources.gathered.contributions, start=1)
        return [(number, person[question.key]) for number, person in people if question.key in person]

    def _table(self, question: Question, answers: list[tuple[int, Any]]) -> Table:
        t, field = self._t, question.field
        everyone = len(self._sources.gathered.contributions)
        note = t("answers.note", canvas=question.canvas[self._language], n=len(answers), all=everyone)
        title = _plain(field.label[self._language])
        parts = {part.id: _plain(part.text[self._language]) for part in field.parts}
        if field.input == "choice":
            chosen = [(words, [n for n, value in answers if value == name]) for name, words in parts.items()]
            rows = [
                _row(words, str(len(numbers)), ", ".join(map(str, numbers))) for words, numbers in chosen if numbers
            ]
            return Table(title, note, (t("column.answer"), t("column.count"), t("column.who")), tuple(rows), True)
        if field.input == "rows":
            rows = [_row(str(n), *row) for n, value in answers for row in value]
            return Table(title, note, (t("column.who"), *parts.values()), tuple(rows))
        rows = [_row(str(n), value) for n, value in answers]
        return Table(title, note, (t("column.who"), t("column.answer")), tuple(rows))

    def _missing(self, question: Question) -> Missing:
        where = self._t(
            "where.canvas",
            module=question.module[self._language],
            piece=question.piece[self._language],
            canvas=question.canvas[self._language],
        )
        return Missing(_plain(question.field.label[self._language]), where)

    # ------------------------------------------------ the municipality's goals

    def _goals(self) -> Iterator[Table]:
        t = self._t
        columns = (t("column.ambition"), t("column.kpis"))
        example = "" if self._sources.goals.decided else t("goals.example")
        for goal in self._sources.goals.goals:
            rows = [
                _row(ambition.text[self._language], "\n".join(kpi.name[self._language] for kpi in ambition.kpis))
                for ambition in goal.ambitions
            ]
            yield Table(goal.text[self._language], example, columns, tuple(rows))

    def _goals_missing(self) -> Iterator[Missing]:
        if self._sources.goals.decided is None:
            yield Missing(self._t("missing.decided"), self._t("where.decided", file=GOALS_FILE))

    def _kpis(self) -> Iterator[Table]:
        for goal in self._sources.goals.goals:
            for ambition in goal.ambitions:
                for kpi in ambition.kpis:
                    yield self._kpi(kpi, ambition)

    def _kpi(self, kpi: Kpi, ambition: Ambition) -> Table:
        t, language = self._t, self._language
        values = {
            "ambition": ambition.text[language],
            "owner": kpi.owner[language],
            "formula": kpi.formula[language],
            "denominator": kpi.denominator[language],
            "baseline": self._amount(kpi.baseline, kpi.unit),
            "target": self._amount(kpi.target, kpi.unit),
            "date": long_date(kpi.date, language),
            "source": kpi.source[language],
        }
        rows = tuple(_row(t(f"kpi.{name}"), value) for name, value in values.items())
        example = "" if self._sources.goals.decided else t("goals.example")
        return Table(kpi.name[language], example, (t("column.field"), t("column.content")), rows, True)

    def _amount(self, value: float | None, unit: str) -> str:
        return self._t("missing.word") if value is None else self._t(f"unit.{unit}", n=self._number(value))

    def _kpis_missing(self) -> Iterator[Missing]:
        for kpi in self._sources.goals.kpis():
            for name in kpi.missing():
                what = self._t("missing.kpi", field=self._t(f"kpi.{name}"), kpi=kpi.name[self._language])
                yield Missing(what, self._t("where.kpi", file=GOALS_FILE, kpi=kpi.id, field=name))

    # ------------------------------------------------ others' experience, and the sandbox

    def _cases(self) -> Iterator[Table]:
        t, language = self._t, self._language
        words = translator("course", "build", language)
        rows = tuple(
            (
                Cell(case.who[language]),
                Cell(case.what[language]),
                Cell(words(f"cases.outcome.{case.outcome}")),
                Cell(urlsplit(case.source).netloc.removeprefix("www."), case.source),
            )
            for case in self._sources.gathered.cases
        )
        if rows:
            columns = t("column.case"), t("column.done"), t("column.outcome"), t("column.source")
            yield Table(t("cases.title"), t("cases.note"), columns, rows, True)

    def _setup(self) -> Iterator[Table]:
        t, setup = self._t, self._sources.setup
        place = t("setup.remote") if setup.remote else t("setup.local")
        rows = [
            _row(t("setup.model"), setup.model),
            (Cell(t("setup.licence")), Cell(setup.licence, setup.licence_url)),
            _row(t("setup.place"), place),
        ]
        for action in ("block", "mask", "warn"):
            if kinds := [kind[self._language] for kind in setup.guard[action]]:
                rows.append(_row(t(f"setup.{action}"), ", ".join(kinds)))
        yield Table(t("setup.title"), t("setup.note"), (t("column.field"), t("column.content")), tuple(rows), True)

    def _setup_missing(self) -> Iterator[Missing]:
        if not self._sources.setup.accepted:
            yield Missing(self._t("missing.accepted", model=self._sources.setup.model), self._t("where.accepted"))


def _row(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)


def _plain(markdown: str) -> str:
    return markdown.replace("**", "").replace("`", "")
