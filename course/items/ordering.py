"""Ordering: options are put in the right order. The share counts pairs of options that stand right.

Of all pairs of options, the share that stand in the right order, stretched so that chance (half the pairs) earns 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from course.fields import Fields
from course.items.base import Item, Option, Reason, UnusableAnswer, read_key_list, read_options


@dataclass(frozen=True, kw_only=True)
class OrderingItem(Item):
    """An item whose answer is a list of every option's id, in order."""

    kind = "ordering"

    options: tuple[Option, ...]
    key: tuple[str, ...]

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> OrderingItem:
        options = read_options(fields)
        key = read_key_list(fields, options)
        if len(key) != len(options):
            raise fields.fail("key", f"must name all {len(options)} options, not {len(key)}.")
        if list(key) == [option.id for option in options]:
            raise fields.fail("options", "stand in the key's order; show them in another.")
        return cls(**common, options=options, key=key)

    def usable(self, value: object) -> list[str]:
        known = sorted(self.key)
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value) or sorted(value) != known:
            raise UnusableAnswer(f"{self.id}: {value!r} is not an order of all options.")
        return list(value)

    def assess(self, value: list[str]) -> tuple[float, tuple[Reason, ...]]:
        pairs = list(combinations(self.key, 2))
        kept = sum(value.index(first) < value.index(second) for first, second in pairs)
        share = max(0.0, 2 * kept / len(pairs) - 1)
        options = {option.id: option for option in self.options}
        reasons = tuple(
            options[placed].reason(placed == expected) for placed, expected in zip(value, self.key, strict=True)
        )
        return share, reasons if share == 1.0 else tuple(r for r in reasons if not r.right)

    def explanations(self) -> tuple[Reason, ...]:
        options = {option.id: option for option in self.options}
        return tuple(options[option_id].reason(True) for option_id in self.key)

    def model_value(self) -> list[str]:
        return list(self.key)
