"""Multiple choice as check boxes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from course.widgets.base import EXERCISE, ExerciseWidget, esm, option_ids
from course.widgets.markdown import inline_html


class MultipleWidget(ExerciseWidget):
    """Its answer is a list of options' ids."""

    kind = "multiple"
    _esm = traitlets.Unicode(esm(*EXERCISE, "choices", "multiple")).tag(sync=True)

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        known = option_ids(item)
        return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v in known for v in value)

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        ticked = [inline_html(option["text"][language]) for option in item["options"] if option["id"] in value]
        return f"<ul>{''.join(f'<li>{text}</li>' for text in ticked)}</ul>"
