"""Single choice: one option is the key, the others are distractors. All points or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.fields import Fields
from course.items.base import Item, Option, Reason, UnusableAnswer, read_options


@dataclass(frozen=True, kw_only=True)
class SingleItem(Item):
    """An item whose answer is one option's id."""

    kind = "single"

    options: tuple[Option, ...]
    key: str

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> SingleItem:
        options = read_options(fields)
        key = fields.choice("key", [option.id for option in options])
        return cls(**common, options=options, key=key)

    def usable(self, value: object) -> str:
        if not isinstance(value, str) or value not in {option.id for option in self.options}:
            raise UnusableAnswer(f"{self.id}: {value!r} is not an option.")
        return value

    def assess(self, value: str) -> tuple[float, tuple[Reason, ...]]:
        return float(value == self.key), tuple(r for r in self.explanations() if r.option == value)

    def explanations(self) -> tuple[Reason, ...]:
        return tuple(option.reason(option.id == self.key) for option in self.options)

    def model_value(self) -> str:
        return self.key
