"""A canvas: fields that the learner fills in about own work. It is saved, printed, and joins the municipality's plan.

It gives no points and is neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.fields import Fields, Text, unique
from course.items.base import Item, Reason, Score, UnusableAnswer

INPUTS = ("line", "text", "choice", "rows")
HEADINGS = ("purpose", "experience", "sandbox", "quality", "education")
"""The headings of the municipality's plan."""
MAX_CHARACTERS = 4_000
MAX_ROWS = 12


@dataclass(frozen=True)
class Labelled:
    """An option of a choice, or a column of rows."""

    id: str
    text: Text


@dataclass(frozen=True)
class CanvasField:
    """One field. `parts` are a choice's options, or the columns of rows; `plan` is the plan's heading it goes under."""

    id: str
    label: Text
    hint: Text | None
    input: str
    parts: tuple[Labelled, ...]
    plan: str | None

    def usable(self, value: object) -> Any:
        """Return a value in its right type, cut to a size that can be printed; None where it has another type."""
        if self.input == "choice":
            return value if value in {part.id for part in self.parts} else None
        if self.input == "rows":
            return self._rows(value)
        return value[:MAX_CHARACTERS] if isinstance(value, str) else None

    def _rows(self, value: object) -> list[list[str]] | None:
        if not isinstance(value, list):
            return None
        rows = [row for row in value[:MAX_ROWS] if isinstance(row, list) and len(row) == len(self.parts)]
        return [[cell[:MAX_CHARACTERS] if isinstance(cell, str) else "" for cell in row] for row in rows]


@dataclass(frozen=True, kw_only=True)
class CanvasItem(Item):
    """An item whose answer is a mapping from field ids to a text, an option's id, or a list of rows of texts."""

    kind = "canvas"

    fields: tuple[CanvasField, ...]

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> CanvasItem:
        found = tuple(_read_field(child) for child in fields.children("fields"))
        unique([field.id for field in found], fields.where, "the field")
        return cls(**common, fields=found)

    def usable(self, value: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise UnusableAnswer(f"{self.id}: {value!r} is not a filled-in canvas.")
        filled = {field.id: field.usable(value.get(field.id)) for field in self.fields}
        return {name: content for name, content in filled.items() if content}

    def assess(self, value: dict[str, Any]) -> tuple[float, tuple[Reason, ...]]:
        return 0.0, ()

    def score(self, value: object | None) -> Score:
        """Return a score that says only whether something is filled in."""
        score = super().score(value)
        return replace(score, right=None, answered=score.answered and bool(self.usable(value)))

    def model_value(self) -> dict[str, Any]:
        return {self.fields[0].id: _example(self.fields[0])}


def _example(field: CanvasField) -> Any:
    if field.input == "choice":
        return field.parts[0].id
    return [[part.text["da"] for part in field.parts]] if field.input == "rows" else field.label["da"]


def _read_field(fields: Fields) -> CanvasField:
    kind = fields.choice("input", INPUTS)
    source = {"choice": "options", "rows": "columns"}.get(kind)
    parts = tuple(_read_labelled(child) for child in fields.children(source)) if source else ()
    plan = fields.choice("plan", HEADINGS) if fields.has("plan") else None
    hint = fields.text("hint") if fields.has("hint") else None
    field = CanvasField(fields.id(), fields.text("label"), hint, kind, parts, plan)
    fields.done()
    return field


def _read_labelled(fields: Fields) -> Labelled:
    name = "text" if fields.has("text") else "label"
    labelled = Labelled(fields.id(), fields.text(name))
    fields.done()
    return labelled
