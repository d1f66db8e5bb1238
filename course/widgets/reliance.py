"""A case of the reliance drill: answer, how sure, what the AI says, and the answer again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from course.counterbalance import advice
from course.items.reliance import ADVICE
from course.locale import translator
from course.widgets.base import EXERCISE, ExerciseWidget, Place, esm, option_ids
from course.widgets.markdown import inline_html, to_html


class RelianceWidget(ExerciseWidget):
    """Its answer is `{"first", "confidence", "advice", "final"}` and grows step by step."""

    kind = "reliance"
    _esm = traitlets.Unicode(esm(*EXERCISE, "reliance")).tag(sync=True)

    def __init__(self, item: Mapping[str, Any], place: Place, label: str) -> None:
        super().__init__(item, place, label)
        given = advice(place.learner, item["id"])
        text = item["advice"][given]["text"][place.language]
        self.item = {**self.item, "advice": given, "advice_html": to_html(text), "advice_text": text}

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        return {**super().view(item, language), "key": item["key"], "why_html": to_html(item["why"][language])}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        if not isinstance(value, Mapping):
            return False
        options = option_ids(item)
        final, sure, given = value.get("final"), value.get("confidence"), value.get("advice")
        known = value.get("first") in options and (final is None or final in options)
        return known and (sure is None or isinstance(sure, int | float)) and given in (None, *ADVICE)

    @classmethod
    def answered(cls, item: Mapping[str, Any], value: object) -> bool:
        return cls.fits(item, value) and isinstance(value, Mapping) and value.get("final") is not None

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        t = translator("course", "widgets", language)
        texts = {option["id"]: inline_html(option["text"][language]) for option in item["options"]}
        steps = [(name, value.get(name)) for name in ("first", "final")]
        return "".join(f"<p>{t(f'reliance.{name}')} {texts[chosen]}</p>" for name, chosen in steps if chosen in texts)
