"""Ordering with buttons that move an option up or down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from course.widgets.base import EXERCISE, ExerciseWidget, esm, option_ids
from course.widgets.markdown import inline_html


class OrderingWidget(ExerciseWidget):
    """Its answer is every option's id, in order."""

    kind = "ordering"
    _esm = traitlets.Unicode(esm(*EXERCISE, "ordering")).tag(sync=True)

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            return False
        return sorted(value) == sorted(option_ids(item))

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        texts = {option["id"]: inline_html(option["text"][language]) for option in item["options"]}
        return f"<ol>{''.join(f'<li>{texts[option_id]}</li>' for option_id in value)}</ol>"
