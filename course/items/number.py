"""Number: the answer is a number within a tolerance of the key. Typical mistakes get their own reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.fields import Fields, Text
from course.items.base import Item, Reason, UnusableAnswer

LIMIT = 1e15
"""Numbers beyond this are no answers; it also keeps out infinity, NaN and whole numbers too long for a float."""


@dataclass(frozen=True)
class Target:
    """A number, how far from it still counts, and (for typical mistakes) why it is wrong."""

    value: float
    tolerance: float
    why: Text

    def covers(self, number: float) -> bool:
        """Return whether `number` lies within the tolerance."""
        return abs(number - self.value) <= self.tolerance + 1e-9


@dataclass(frozen=True, kw_only=True)
class NumberItem(Item):
    """An item whose answer is a number; `unit` stands after the field."""

    kind = "number"

    unit: Text
    target: Target
    near: tuple[Target, ...]
    why_wrong: Text

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> NumberItem:
        key = Fields(fields.any("key"), f"{fields.where}, key")
        target = Target(key.number("value"), _tolerance(key), fields.text("why"))
        key.done()
        near = []
        for child in fields.children("near", []):
            near.append(Target(child.number("value"), _tolerance(child), child.text("why")))
            child.done()
            if target.covers(near[-1].value):
                raise child.fail("value", f"is {near[-1].value}, which the key covers.")
        return cls(
            **common,
            unit=fields.text("unit"),
            target=target,
            near=tuple(near),
            why_wrong=fields.text("why_wrong"),
        )

    def usable(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LIMIT:
            raise UnusableAnswer(f"{self.id}: {value!r} is not a number.")
        return float(value)

    def assess(self, value: float) -> tuple[float, tuple[Reason, ...]]:
        if self.target.covers(value):
            return 1.0, (Reason(None, True, self.target.why),)
        mistake = next((near.why for near in self.near if near.covers(value)), self.why_wrong)
        return 0.0, (Reason(None, False, mistake),)

    def model_value(self) -> float:
        return self.target.value


def _tolerance(fields: Fields) -> float:
    tolerance = fields.number("tolerance", 0)
    if tolerance < 0:
        raise fields.fail("tolerance", f"must be at least 0, not {tolerance!r}.")
    return tolerance
