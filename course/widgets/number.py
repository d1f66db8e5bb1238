"""A number in a text field, typed with the page's own decimal sign."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import traitlets

from course.widgets.base import EXERCISE, ExerciseWidget, esm


class NumberWidget(ExerciseWidget):
    """Its answer is a number."""

    kind = "number"
    _esm = traitlets.Unicode(esm(*EXERCISE, "number")).tag(sync=True)

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        return {"unit": item["unit"][language]}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        return escape(f"{number_text(value, language)} {item['unit'][language]}")


def number_text(value: float, language: str) -> str:
    """Return a number as the language writes it: 1.200,5 in Danish, 1,200.5 in English."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language == "da" else text
