"""Reliance: answer, say how sure, see an AI's advice, right or wrong by design, and answer again.

It shows a learner whether advice is taken when it is right and left when it is wrong. It gives no points. Which cases
have wrong advice for whom is decided in `course.counterbalance`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.fields import Fields, Text
from course.items.base import Item, Option, Reason, UnusableAnswer, read_options

ADVICE = ("right", "wrong")


@dataclass(frozen=True)
class Advice:
    """What the AI says, and the option that it speaks for."""

    option: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class RelianceItem(Item):
    """An item whose answer is `{"first": "a", "confidence": 0.75, "advice": "wrong", "final": "c"}`.

    It grows step by step; without `final` the case is not done.
    """

    kind = "reliance"

    options: tuple[Option, ...]
    key: str
    advice: Mapping[str, Advice]
    why: Text

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> RelianceItem:
        options = read_options(fields)
        ids = [option.id for option in options]
        key = fields.choice("key", ids)
        given = Fields(fields.any("advice"), f"{fields.where}, advice")
        advice = {name: _read_advice(given, name, ids) for name in ADVICE}
        given.done()
        if advice["right"].option != key or advice["wrong"].option == key:
            raise fields.fail("advice", f"must speak for the key {key!r} where it is right, and only there.")
        return cls(**common, options=options, key=key, advice=advice, why=fields.text("why"))

    def usable(self, value: object) -> dict[str, Any]:
        known = {option.id for option in self.options}
        if not isinstance(value, Mapping) or value.get("first") not in known:
            raise UnusableAnswer(f"{self.id}: {value!r} has no first answer.")
        final, advice = value.get("final"), value.get("advice")
        if not (final is None or final in known) or advice not in (None, *ADVICE):
            raise UnusableAnswer(f"{self.id}: {value!r} has a final answer or advice that is not there.")
        return {"first": value["first"], "confidence": value.get("confidence"), "advice": advice, "final": final}

    def assess(self, value: dict[str, Any]) -> tuple[float, tuple[Reason, ...]]:
        right = value["final"] == self.key
        return float(right), (Reason(None, right, self.why),) if value["final"] else ()

    def model_value(self) -> dict[str, Any]:
        return {"first": self.key, "confidence": 0.75, "advice": "right", "final": self.key}


def _read_advice(fields: Fields, name: str, options: list[str]) -> Advice:
    child = Fields(fields.any(name), f"{fields.where}, {name}")
    advice = Advice(child.choice("option", options), child.text("text"))
    child.done()
    return advice
