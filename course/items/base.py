"""What every kind of item has: identity, stem, points; and what a score is.

It does not know the kinds, files, or who asks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from course.fields import Fields, Text, unique

USES = ("practice", "graded", "reflection")
TEXT_CELL = "-text"
"""Ends the gradebook id of the cell in which a reflection's text is shown; so no item's id may end with it."""
SECRET_FIELDS = frozenset({"key", "near", "why", "why_wrong"})

UNUSABLE: Text = {
    "da": "Svaret kunne ikke læses, så det tæller som ubesvaret. Svar igen, og aflevér på ny.",
    "en": "The answer could not be read, so it counts as unanswered. Answer again and hand in once more.",
}


class UnusableAnswer(ValueError):
    """An answer's value has a type or content that its item cannot have; the message says which."""


@dataclass(frozen=True)
class Reason:
    """Why a part of an answer is right or wrong; `option` is the option it is about, if any."""

    option: str | None
    right: bool
    text: Text


@dataclass(frozen=True)
class Score:
    """What an answer is worth. `right` is None where a person reads it. Holds no key of its item."""

    item_id: str
    points: float
    max_points: float
    answered: bool
    right: bool | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Option:
    """One thing to choose or place, and why it is right or wrong."""

    id: str
    text: Text
    why: Text

    @classmethod
    def read(cls, fields: Fields) -> Option:
        """Return the option in an author's mapping."""
        option = cls(fields.id(), fields.text("text"), fields.text("why"))
        fields.done()
        return option


@dataclass(frozen=True, kw_only=True)
class Item(ABC):
    """One exercise. `source` is the author's mapping, from which the learner's copy is made."""

    kind: ClassVar[str]

    id: str
    use: str
    points: int
    goal: str
    scenario: bool
    confidence: bool
    stem: Text
    source: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    @abstractmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> Item:
        """Return the item in an author's mapping, whose common fields are read already."""

    @abstractmethod
    def usable(self, value: object) -> Any:
        """Return a learner's value in its right type; raises UnusableAnswer."""

    @abstractmethod
    def assess(self, value: Any) -> tuple[float, tuple[Reason, ...]]:
        """Return the share of the points (0–1) that a usable value earns, and the reasons."""

    @abstractmethod
    def model_value(self) -> Any:
        """Return a value that earns all points."""

    def score(self, value: object | None) -> Score:
        """Return what an answer's value is worth; None is an item left unanswered."""
        if value is None:
            return Score(self.id, 0.0, self.points, answered=False, right=False)
        try:
            share, reasons = self.assess(self.usable(value))
        except UnusableAnswer:
            unusable = (Reason(None, False, UNUSABLE),)
            return Score(self.id, 0.0, self.points, answered=False, right=False, reasons=unusable)
        points = round(share * self.points, 2)
        return Score(self.id, points, self.points, answered=True, right=share == 1.0, reasons=reasons)

    def learner_copy(self) -> dict[str, Any]:
        """Return the item as a learner may have it: a graded one without key and reasons."""
        copy = dict(self.source)
        if self.use != "graded":
            return copy
        if "options" in copy:
            copy["options"] = [{k: v for k, v in o.items() if k not in SECRET_FIELDS} for o in copy["options"]]
        return {k: v for k, v in copy.items() if k not in SECRET_FIELDS}


def read_options(fields: Fields) -> tuple[Option, ...]:
    """Return the options of an item: at least two, each id its own."""
    options = tuple(Option.read(child) for child in fields.children("options"))
    if len(options) < 2:
        raise fields.fail("options", f"must hold at least 2 options, not {len(options)}.")
    unique([option.id for option in options], fields.where, "the option")
    return options


def read_key_list(fields: Fields, options: tuple[Option, ...]) -> tuple[str, ...]:
    """Return a key that is a list of option ids, none of them twice."""
    key = fields.sequence("key")
    known = {option.id for option in options}
    for value in key:
        if value not in known:
            raise fields.fail("key", f"names {value!r}, which is no option here.")
    if len(set(key)) != len(key):
        raise fields.fail("key", "names an option twice.")
    return tuple(key)
