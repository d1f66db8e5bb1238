"""Matching: each premise gets the option that belongs to it. The share is that of premises with the right option.

There may be more options than premises, and an option may belong to several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.fields import Fields, Text, unique
from course.items.base import Item, Option, Reason, UnusableAnswer


@dataclass(frozen=True)
class Match:
    """What a premise can be given; the explanation stands with the premise."""

    id: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class MatchItem(Item):
    """An item whose answer is a mapping from premise ids to option ids; a premise may be left out."""

    kind = "match"

    premises: tuple[Option, ...]
    options: tuple[Match, ...]
    key: Mapping[str, str]

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> MatchItem:
        premises = tuple(Option.read(child) for child in fields.children("premises"))
        options = tuple(_read_match(child) for child in fields.children("options"))
        if len(premises) < 2 or len(options) < 2:
            raise fields.fail("premises", "and options must each hold at least 2.")
        unique([premise.id for premise in premises], fields.where, "the premise")
        unique([option.id for option in options], fields.where, "the option")
        child = Fields(fields.any("key"), f"{fields.where}, key")
        key = {premise.id: child.choice(premise.id, [option.id for option in options]) for premise in premises}
        child.done()
        return cls(**common, premises=premises, options=options, key=key)

    def usable(self, value: object) -> dict[str, str]:
        options = {option.id for option in self.options}
        if not isinstance(value, Mapping) or not value:
            raise UnusableAnswer(f"{self.id}: {value!r} matches nothing.")
        for premise, option in value.items():
            if premise not in self.key or not isinstance(option, str) or option not in options:
                raise UnusableAnswer(f"{self.id}: {premise!r} with {option!r} is no match here.")
        return dict(value)

    def assess(self, value: dict[str, str]) -> tuple[float, tuple[Reason, ...]]:
        right = {premise for premise, option in value.items() if self.key[premise] == option}
        reasons = tuple(premise.reason(premise.id in right) for premise in self.premises if premise.id in value)
        return len(right) / len(self.premises), reasons

    def explanations(self) -> tuple[Reason, ...]:
        return tuple(premise.reason(True) for premise in self.premises)

    def left_out(self, value: dict[str, str]) -> int:
        return len(self.premises) - len(value)

    def model_value(self) -> dict[str, str]:
        return dict(self.key)


def _read_match(fields: Fields) -> Match:
    match = Match(fields.id(), fields.text("text"))
    fields.done()
    return match
