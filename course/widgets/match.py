"""Matching with one list of options for each premise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from course.widgets.base import EXERCISE, ExerciseWidget, esm, option_ids, option_views
from course.widgets.markdown import inline_html


class MatchWidget(ExerciseWidget):
    """Its answer is a mapping from premise ids to option ids."""

    kind = "match"
    _esm = traitlets.Unicode(esm(*EXERCISE, "match")).tag(sync=True)

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        premises = [{"id": one["id"], "html": inline_html(one["text"][language])} for one in item["premises"]]
        return {"premises": premises, "options": option_views(item, language)}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        premises, options = {premise["id"] for premise in item["premises"]}, option_ids(item)
        if not isinstance(value, Mapping) or not value:
            return False
        return all(one in premises and isinstance(other, str) and other in options for one, other in value.items())

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        options = {option["id"]: inline_html(option["text"][language]) for option in item["options"]}
        matched = [
            f"<li>{inline_html(premise['text'][language])} → {options[value[premise['id']]]}</li>"
            for premise in item["premises"]
            if premise["id"] in value
        ]
        return f"<ul>{''.join(matched)}</ul>"
