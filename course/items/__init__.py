"""Exercises as data: one file per kind, each saying what the kind is and how it is scored.

It does not know pages, notebooks or gradebooks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.fields import Fields, load_yaml, unique
from course.items.base import TEXT_CELL, USES, Item, Option, Reason, Score, UnusableAnswer
from course.items.canvas import CanvasItem
from course.items.form import load_forms
from course.items.mark import MarkItem
from course.items.match import MatchItem
from course.items.multiple import MultipleItem
from course.items.number import NumberItem
from course.items.ordering import OrderingItem
from course.items.reliance import RelianceItem
from course.items.single import SingleItem
from course.items.test import KnowledgeTestItem
from course.items.text import Criterion, TextItem

__all__ = [
    "KINDS",
    "CanvasItem",
    "Criterion",
    "Item",
    "KnowledgeTestItem",
    "MarkItem",
    "MatchItem",
    "MultipleItem",
    "NumberItem",
    "Option",
    "OrderingItem",
    "Reason",
    "RelianceItem",
    "Score",
    "SingleItem",
    "TextItem",
    "USES",
    "UnusableAnswer",
    "load_items",
    "read_item",
    "score",
]

KINDS: dict[str, type[Item]] = {
    kind.kind: kind
    for kind in (
        SingleItem,
        MultipleItem,
        OrderingItem,
        NumberItem,
        MatchItem,
        MarkItem,
        TextItem,
        RelianceItem,
        CanvasItem,
        KnowledgeTestItem,
    )
}
USES_OF = {"text": ("reflection", "feedback"), "reliance": ("drill",), "canvas": ("canvas",), "test": ("test",)}
"""What kinds are for that no fixed rule gives points; every other kind is for practice or graded."""
WITH_POINTS = ("graded", "reflection")


def score(item: Item, answer: object | None) -> Score:
    """Return what an answer's value is worth. Pure: same item and answer, same score."""
    return item.score(answer)


def read_item(data: Any, where: str) -> Item:
    """Return the checked item in an author's mapping; raises ContentError that names the field."""
    fields = Fields(data, where)
    kind = KINDS[fields.choice("kind", KINDS)]
    use, allowed = fields.choice("use", USES), USES_OF.get(kind.kind, ("practice", "graded"))
    if use not in allowed:
        raise fields.fail("use", f"is {use!r}, but kind {kind.kind!r} is for {' or '.join(map(repr, allowed))}.")
    common = {
        "id": fields.id(),
        "use": use,
        "points": fields.integer("points", 0),
        "goal": fields.id("goal"),
        "scenario": fields.boolean("scenario", False),
        "confidence": fields.boolean("confidence", False),
        "must_pass": fields.boolean("must_pass", False),
        "stem": fields.text("stem"),
        "source": data,
    }
    item = kind.read(fields, common)
    fields.done()
    if item.id.endswith(TEXT_CELL):
        raise fields.fail("id", f"is {item.id!r}, but no id may end in {TEXT_CELL!r}.")
    _check_points(item, fields)
    return item


def _check_points(item: Item, fields: Fields) -> None:
    if item.points and item.use not in WITH_POINTS:
        raise fields.fail("points", f"is {item.points}, but {item.use} gives no points: write 0.")
    if not item.points and item.use in WITH_POINTS:
        raise fields.fail("points", f"is 0, but a {item.use} item needs points.")
    if item.must_pass and item.use != "graded":
        raise fields.fail("must_pass", f"is for graded items, and this one is {item.use!r}.")


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
    return {item.id: _complete(item, path.parent.parent / "forms") for item in listed}


def _complete(item: Item, forms: Path) -> Item:
    """Return an item with what it needs beside its own mapping: a test its forms."""
    return item.with_forms(load_forms(forms)) if isinstance(item, KnowledgeTestItem) else item
