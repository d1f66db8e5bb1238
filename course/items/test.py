"""A test: one form of twenty questions before the course, the other after it, a third one later.

It gives no points and no mark, and nobody can fail it: what is told of it is the areas (`KnowledgeTestItem.areas`).
It does not know who gets which form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from course.fields import Fields
from course.items.base import Item, Reason, Score, UnusableAnswer
from course.items.form import Form, Tally

WHEN = {"before": ("a", "b"), "after": ("a", "b"), "later": ("c",)}
"""The forms that are used at each time; the third is in no learner's copy until it is used."""


@dataclass(frozen=True, kw_only=True)
class KnowledgeTestItem(Item):
    """An item whose answer is `{"form": "a", "answers": {"ta-01": "b", ...}}`; `forms` are those it may use.

    `forms` is filled by `load_items`, which knows the folder that they are in.
    """

    kind = "test"

    when: str
    forms: Mapping[str, Form] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> KnowledgeTestItem:
        return cls(**common, when=fields.choice("when", WHEN))

    def with_forms(self, forms: Mapping[str, Form]) -> KnowledgeTestItem:
        """Return the item with those of the forms that it uses."""
        return replace(self, forms={form: forms[form] for form in WHEN[self.when]})

    def usable(self, value: object) -> dict[str, Any]:
        form = self.forms.get(str(value.get("form"))) if isinstance(value, Mapping) else None
        answers = value.get("answers") if isinstance(value, Mapping) else None
        if form is None or not isinstance(answers, Mapping) or not form.fits(answers):
            raise UnusableAnswer(f"{self.id}: {value!r:.80} is no answer to a form of this test.")
        return {"form": form.id, "answers": dict(answers)}

    def assess(self, value: dict[str, Any]) -> tuple[float, tuple[Reason, ...]]:
        return 0.0, ()

    def score(self, value: object | None) -> Score:
        """Return a score that says only whether something is answered."""
        score = super().score(value)
        return replace(score, right=None, answered=score.answered and bool(self.usable(value)["answers"]))

    def areas(self, value: object | None) -> dict[str, Tally]:
        """Return how a learner did by area (module id); nothing for an answer that cannot be used or is empty."""
        if not self.score(value).answered:
            return {}
        given = self.usable(value)
        return self.forms[given["form"]].areas(given["answers"])

    def model_value(self) -> dict[str, Any]:
        form = next(iter(self.forms.values()))
        return {"form": form.id, "answers": {question.item.id: question.item.key for question in form.questions}}

    def learner_copy(self) -> dict[str, Any]:
        """Return the item with its forms' questions, without keys and reasons."""
        return {**self.source, "forms": {form.id: form.learner_copy() for form in self.forms.values()}}
