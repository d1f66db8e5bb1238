"""Marking words in a text."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import traitlets

from course.items.mark import plain_text, runs, words
from course.locale import LANGUAGES
from course.widgets.base import EXERCISE, ExerciseWidget, esm


class MarkWidget(ExerciseWidget):
    """Its answer is `{"language": "da", "words": [0, 4, 5]}`: the words marked, by number, in that language's text."""

    kind = "mark"
    _esm = traitlets.Unicode(esm(*EXERCISE, "marker", "mark")).tag(sync=True)

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        return {"text": plain_text(item["text"][language]), "language": language}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        if not isinstance(value, Mapping) or value.get("language") not in LANGUAGES:
            return False
        chosen, count = value.get("words"), len(words(plain_text(item["text"][value["language"]])))
        return isinstance(chosen, list) and all(type(word) is int and 0 <= word < count for word in chosen)

    @classmethod
    def answered(cls, item: Mapping[str, Any], value: object) -> bool:
        return cls.fits(item, value) and isinstance(value, Mapping) and bool(value["words"])

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        own = words(plain_text(item["text"][value["language"]]))
        return escape(" … ".join(" ".join(own[word] for word in sorted(run)) for run in runs(value["words"])))
