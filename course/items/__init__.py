"""Exercises as data: one file per kind, each saying what the kind is and how it is scored.

It does not know pages, notebooks or gradebooks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.fields import Fields, load_yaml, unique
from course.items.base import TEXT_CELL, USES, Item, Option, Reason, Score, UnusableAnswer
from course.items.multiple import MultipleItem
from course.items.number import NumberItem
from course.items.ordering import OrderingItem
from course.items.single import SingleItem
from course.items.text import Criterion, TextItem

__all__ = [
    "KINDS",
    "Criterion",
    "Item",
    "MultipleItem",
    "NumberItem",
    "Option",
    "OrderingItem",
    "Reason",
    "Score",
    "SingleItem",
    "TextItem",
    "UnusableAnswer",
    "load_items",
    "read_item",
    "score",
]

KINDS: dict[str, type[Item]] = {
    kind.kind: kind for kind in (SingleItem, MultipleItem, OrderingItem, NumberItem, TextItem)
}


def score(item: Item, answer: object | None) -> Score:
    """Return what an answer's value is worth. Pure: same item and answer, same score."""
    return item.score(answer)


def read_item(data: Any, where: str) -> Item:
    """Return the checked item in an author's mapping; raises ContentError that names the field."""
    fields = Fields(data, where)
    kind = KINDS[fields.choice("kind", KINDS)]
    common = {
        "id": fields.id(),
        "use": fields.choice("use", USES),
        "points": fields.integer("points", 0),
        "goal": fields.id("goal"),
        "scenario": fields.boolean("scenario", False),
        "confidence": fields.boolean("confidence", False),
        "stem": fields.text("stem"),
        "source": data,
    }
    item = kind.read(fields, common)
    fields.done()
    if item.id.endswith(TEXT_CELL):
        raise fields.fail("id", f"is {item.id!r}, but no id may end in {TEXT_CELL!r}.")
    if item.use == "practice" and item.points:
        raise fields.fail("points", f"is {item.points}, but practice gives no points: write 0.")
    if item.use != "practice" and not item.points:
        raise fields.fail("points", f"is 0, but a {item.use} item needs points.")
    if (item.use == "reflection") != (item.kind == "text"):
        raise fields.fail("use", "must be 'reflection' for kind 'text', and for no other kind.")
    return item


def load_items(path: Path) -> dict[str, Item]:
    """Return the items of an `items.yaml` by id, in the author's order; raises ContentError."""
    short = "/".join(path.parts[-2:])
    fields = Fields(load_yaml(path), short)
    fields.schema(1)
    fields.id("module")
    listed = [
        read_item(data, f"{short}, item {data.get('id', index + 1) if isinstance(data, dict) else index + 1!r}")
        for index, data in enumerate(fields.sequence("items"))
    ]
    fields.done()
    unique([item.id for item in listed], short, "the item")
    return {item.id: item for item in listed}
