"""Reads `goals.yaml`: the municipality's goals, what AI assistants are to contribute to each, and how that is measured.

It does not compute a KPI, and does not know who shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from course.fields import Fields, Text, load_yaml, unique

FILE = Path(__file__).with_name("goals.yaml")
UNITS = ("percent", "number", "minutes", "days", "scale")
MAX_KPIS = 3


@dataclass(frozen=True)
class Kpi:
    """How an ambition is measured. `baseline` and `target` are in `unit`, None where unknown; `date` is an ISO date.

    `owner` is a role. `id` is what a series of measurements is kept under.
    """

    id: str
    name: Text
    owner: Text
    formula: Text
    denominator: Text
    unit: str
    baseline: float | None
    target: float | None
    date: str
    source: Text

    def missing(self) -> tuple[str, ...]:
        """Return the names of the fields that the municipality has not filled in yet."""
        return tuple(name for name in ("baseline", "target") if getattr(self, name) is None)


@dataclass(frozen=True)
class Ambition:
    """What AI assistants are to contribute to a goal."""

    id: str
    text: Text
    kpis: tuple[Kpi, ...]


@dataclass(frozen=True)
class Goal:
    """What the municipality wants."""

    id: str
    text: Text
    ambitions: tuple[Ambition, ...]


@dataclass(frozen=True)
class Goals:
    """The goals in their order; `decided` is the ISO date of the decision, None while they are examples."""

    decided: str | None
    goals: tuple[Goal, ...]

    def kpis(self) -> tuple[Kpi, ...]:
        """Return every KPI, in the file's order."""
        return tuple(kpi for goal in self.goals for ambition in goal.ambitions for kpi in ambition.kpis)


def load_goals(path: Path = FILE) -> Goals:
    """Return the goals in a file; raises ContentError that names the goal and the field."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    decided = _date(fields, "decided") if fields.any("decided") is not None else None
    goals = Goals(decided, tuple(_goal(child) for child in fields.children("goals")))
    fields.done()
    ambitions = [ambition.id for goal in goals.goals for ambition in goal.ambitions]
    for what, ids in (
        ("the goal", [goal.id for goal in goals.goals]),
        ("the ambition", ambitions),
        ("the KPI", [kpi.id for kpi in goals.kpis()]),
    ):
        unique(ids, fields.where, what)
    return goals


def _goal(fields: Fields) -> Goal:
    goal = Goal(fields.id(), fields.text("text"), tuple(_ambition(child) for child in fields.children("ambitions")))
    fields.done()
    return goal


def _ambition(fields: Fields) -> Ambition:
    kpis = tuple(_kpi(child) for child in fields.children("kpis"))
    ambition = Ambition(fields.id(), fields.text("text"), kpis)
    fields.done()
    if len(kpis) > MAX_KPIS:
        raise fields.fail("kpis", f"has {len(kpis)}; choose the {MAX_KPIS} that matter most.")
    return ambition


def _kpi(fields: Fields) -> Kpi:
    texts = {name: fields.text(name) for name in ("name", "owner", "formula", "denominator", "source")}
    kpi = Kpi(
        id=fields.id(),
        **texts,
        unit=fields.choice("unit", UNITS),
        baseline=_number(fields, "baseline"),
        target=_number(fields, "target"),
        date=_date(fields, "date"),
    )
    fields.done()
    return kpi


def _number(fields: Fields, field: str) -> float | None:
    """Return a number, or None where the author wrote null: unknown must be said, not left out."""
    return None if fields.any(field) is None else fields.number(field)


def _date(fields: Fields, field: str) -> str:
    value = fields.string(field)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise fields.fail(field, f"must be a date such as 2027-06-01, not {value!r}.") from None
