"""Single choice as radio buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from course.widgets.base import EXERCISE, ExerciseWidget, esm, option_ids
from course.widgets.markdown import inline_html


class SingleWidget(ExerciseWidget):
    """Its answer is one option's id."""

    kind = "single"
    _esm = traitlets.Unicode(esm(*EXERCISE, "choices", "single")).tag(sync=True)

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        return isinstance(value, str) and value in option_ids(item)

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        return next(inline_html(option["text"][language]) for option in item["options"] if option["id"] == value)
