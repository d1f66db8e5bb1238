"""Free text with a model answer and a rubric that are shown when enough is written."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import traitlets

from course.items.text import MAX_CHARACTERS
from course.locale import translator
from course.widgets.base import EXERCISE, ExerciseWidget, esm
from course.widgets.markdown import inline_html, to_html


class TextWidget(ExerciseWidget):
    """Its answer is `{"text": str, "self": [criterion ids], "shown": bool}`."""

    kind = "text"
    free_text = True
    _esm = traitlets.Unicode(esm(*EXERCISE, "text")).tag(sync=True)

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        rubric = [{"id": line["id"], "html": inline_html(line["text"][language])} for line in item.get("rubric", [])]
        model = to_html(item["model_answer"][language]) if "model_answer" in item else ""
        return {"min_words": item.get("min_words", 0), "model_html": model, "rubric": rubric}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
            return False
        ticked = value.get("self", [])
        known = {line["id"] for line in item.get("rubric", [])}
        all_known = isinstance(ticked, list) and all(isinstance(line, str) and line in known for line in ticked)
        return len(value["text"]) <= MAX_CHARACTERS and all_known and isinstance(value.get("shown", False), bool)

    @classmethod
    def answered(cls, item: Mapping[str, Any], value: object) -> bool:
        return cls.fits(item, value) and isinstance(value, Mapping) and bool(value["text"].strip())

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        t = translator("course", "widgets", language)
        written = f'<p class="kx-own-text">{escape(value["text"])}</p>'
        if not value.get("shown"):
            return written
        counts = t("text.self", n=len(value.get("self", [])), of=len(item["rubric"]))
        return f"{written}<p>{escape(counts)}</p>"
