"""Multiple choice: some options are keys. Partial credit that does not reward "tick all".

The share is (keys ticked / keys) − (distractors ticked / distractors), never below 0,
so ticking everything earns nothing, as ticking nothing does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.fields import Fields
from course.items.base import Item, Option, Reason, UnusableAnswer, read_key_list, read_options


@dataclass(frozen=True, kw_only=True)
class MultipleItem(Item):
    """An item whose answer is a list of option ids."""

    kind = "multiple"

    options: tuple[Option, ...]
    key: tuple[str, ...]

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> MultipleItem:
        options = read_options(fields)
        key = read_key_list(fields, options)
        if not 1 <= len(key) < len(options):
            raise fields.fail("key", "must name at least one option and leave at least one distractor.")
        return cls(**common, options=options, key=key)

    def usable(self, value: object) -> list[str]:
        known = {option.id for option in self.options}
        if not isinstance(value, list) or not all(isinstance(v, str) and v in known for v in value):
            raise UnusableAnswer(f"{self.id}: {value!r} is not a list of options.")
        return list(dict.fromkeys(value))

    def assess(self, value: list[str]) -> tuple[float, tuple[Reason, ...]]:
        hits = sum(v in self.key for v in value)
        false_alarms = len(value) - hits
        share = hits / len(self.key) - false_alarms / (len(self.options) - len(self.key))
        return max(0.0, share), tuple(reason for reason in self.explanations() if reason.option in value)

    def explanations(self) -> tuple[Reason, ...]:
        return tuple(option.reason(option.id in self.key) for option in self.options)

    def left_out(self, value: list[str]) -> int:
        return len(set(self.key).difference(value))

    def model_value(self) -> list[str]:
        return list(self.key)
