"""Free text: the learner writes, then checks the text against a rubric and a model answer; a person may read it.

What a learner says of the module (`use: feedback`) is a text too, without rubric and model answer.

No program gives points for free text: its share is 0 until a person has read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.fields import Fields, Text, unique
from course.items.base import Item, Reason, Score, UnusableAnswer

MAX_CHARACTERS = 20_000


@dataclass(frozen=True)
class Criterion:
    """One thing a good text does."""

    id: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class TextItem(Item):
    """An item whose answer is `{"text": str, "self": [criterion ids], "shown": bool}`."""

    kind = "text"

    rubric: tuple[Criterion, ...]
    model_answer: Text | None
    min_words: int

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> TextItem:
        if common["use"] == "feedback":
            return cls(**common, rubric=(), model_answer=None, min_words=0)
        rubric = []
        for child in fields.children("rubric"):
            rubric.append(Criterion(child.id(), child.text("text")))
            child.done()
        unique([criterion.id for criterion in rubric], fields.where, "the criterion")
        return cls(
            **common,
            rubric=tuple(rubric),
            model_answer=fields.text("model_answer"),
            min_words=fields.integer("min_words", 0),
        )

    def usable(self, value: object) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
            raise UnusableAnswer(f"{self.id}: {value!r} has no text.")
        text = value["text"][:MAX_CHARACTERS]
        ticked = value.get("self") if isinstance(value.get("self"), list) else []
        known = [c.id for c in self.rubric if c.id in (ticked or [])]
        return {"text": text, "self": known, "shown": bool(value.get("shown"))}

    def assess(self, value: dict[str, Any]) -> tuple[float, tuple[Reason, ...]]:
        return 0.0, ()

    def score(self, value: object | None) -> Score:
        """Return a score without points: whether something was written, and that a person reads it."""
        score = super().score(value)
        if not score.answered or not self.usable(value)["text"].strip():
            return replace(score, answered=False, right=None)
        return replace(score, right=None)

    def model_value(self) -> dict[str, Any]:
        text = self.model_answer["da"] if self.model_answer else self.stem["da"]
        return {"text": text, "self": [c.id for c in self.rubric], "shown": True}
