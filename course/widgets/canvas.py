"""A canvas of fields that the learner fills in about own work."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import traitlets

from course.items.canvas import MAX_CHARACTERS, MAX_ROWS
from course.widgets.base import EXERCISE, ExerciseWidget, esm
from course.widgets.markdown import inline_html

PARTS = {"choice": "options", "rows": "columns"}


class CanvasWidget(ExerciseWidget):
    """Its answer is a mapping from field ids to a text, an option's id, or rows of texts."""

    kind = "canvas"
    free_text = True
    _esm = traitlets.Unicode(esm(*EXERCISE, "canvas")).tag(sync=True)

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        fields = [_field_view(field, language) for field in item["fields"]]
        return {"fields": fields, "max_characters": MAX_CHARACTERS, "max_rows": MAX_ROWS}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        fields = {field["id"]: field for field in item["fields"]}
        if not isinstance(value, Mapping) or not value:
            return False
        return all(name in fields and _fits(fields[name], content) for name, content in value.items())

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        filled = [field for field in item["fields"] if value.get(field["id"])]
        lines = [
            f"<dt>{inline_html(field['label'][language])}</dt><dd>{_words(field, value[field['id']], language)}</dd>"
            for field in filled
        ]
        return f"<dl>{''.join(lines)}</dl>"


def _parts(field: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(field.get(PARTS.get(field["input"], ""), []))


def _part_html(part: Mapping[str, Any], language: str) -> str:
    return inline_html((part.get("text") or part["label"])[language])


def _field_view(field: Mapping[str, Any], language: str) -> dict[str, Any]:
    parts = [{"id": part["id"], "html": _part_html(part, language)} for part in _parts(field)]
    hint = inline_html(field["hint"][language]) if "hint" in field else ""
    label = inline_html(field["label"][language])
    return {"id": field["id"], "input": field["input"], "label_html": label, "hint_html": hint, "parts": parts}


def _fits(field: Mapping[str, Any], content: object) -> bool:
    parts = _parts(field)
    if field["input"] == "choice":
        return content in {part["id"] for part in parts}
    if field["input"] == "rows":
        rows = content if isinstance(content, list) and len(content) <= MAX_ROWS else [None]
        return all(isinstance(row, list) and len(row) == len(parts) and all(map(_is_text, row)) for row in rows)
    return _is_text(content)


def _is_text(content: object) -> bool:
    return isinstance(content, str) and len(content) <= MAX_CHARACTERS


def _words(field: Mapping[str, Any], content: Any, language: str) -> str:
    if field["input"] == "choice":
        return next(_part_html(part, language) for part in _parts(field) if part["id"] == content)
    if field["input"] == "rows":
        return "".join(f"<p>{escape(' · '.join(row))}</p>" for row in content if any(row))
    return f'<p class="kx-own-text">{escape(content)}</p>'
