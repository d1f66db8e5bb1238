"""What every kind of item has: identity, stem, points; and what a score is.

It does not know the kinds, files, or who asks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from course.fields import Fields, Text, unique
from course.locale import LANGUAGES, translator

USES = ("practice", "graded", "reflection", "feedback", "drill", "canvas", "test")
"""What an item is for. Graded ones and reflections have points; `feedback` is what a learner says of the module."""
TEXT_CELL = "-text"
"""Ends the gradebook id of the cell in which a reflection's text is shown; so no item's id may end with it."""
SECRET_FIELDS = frozenset({"key", "near", "why", "why_wrong"})


class UnusableAnswer(ValueError):
    """An answer's value has a type or content that its item cannot have; the message says which."""


@dataclass(frozen=True)
class Reason:
    """Why a part of an answer is right or wrong; `option` is the part's id, if it has one, `about` its words."""

    option: str | None
    right: bool
    text: Text
    about: Text | None = None


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

    def reason(self, right: bool) -> Reason:
        """Return the explanation of this option as a reason."""
        return Reason(self.id, right, self.why, self.text)


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
    must_pass: bool
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

    def explanations(self) -> tuple[Reason, ...]:
        """Return why each part is right or wrong, in the right order: all there is to say after practice."""
        return ()

    def left_out(self, value: Any) -> int:
        """Return how many right parts a usable value lacks, for kinds that can be half right in that way."""
        return 0

    def score(self, value: object | None) -> Score:
        """Return what an answer's value is worth; None is an item left unanswered."""
        if value is None:
            return Score(self.id, 0.0, self.points, answered=False, right=False)
        try:
            share, reasons = self.assess(self.usable(value))
        except UnusableAnswer:
            unusable = (Reason(None, False, sentence("unusable")),)
            return Score(self.id, 0.0, self.points, answered=False, right=False, reasons=unusable)
        points = round(share * self.points, 2)
        return Score(self.id, points, self.points, answered=True, right=share == 1.0, reasons=reasons)

    def learner_copy(self) -> dict[str, Any]:
        """Return the item as a learner may have it: a graded one without key and reasons."""
        return dict(self.source) if self.use != "graded" else without_secrets(self.source)


def without_secrets(source: Mapping[str, Any]) -> dict[str, Any]:
    """Return an author's mapping without keys and explanations, also within its lists of parts."""
    return {name: _open_part(value) for name, value in source.items() if name not in SECRET_FIELDS}


def _open_part(value: Any) -> Any:
    if isinstance(value, list):
        return [without_secrets(part) if isinstance(part, Mapping) else part for part in value]
    return value


def sentence(key: str, **values: object) -> Text:
    """Return a text of the catalogue `items` in every language."""
    return {language: translator("course", "items", language)(key, **values) for language in LANGUAGES}


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
