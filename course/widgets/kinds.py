"""Which widget shows which kind of item, and the questions that are asked of an answer of any kind.

It does not know files or pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from course.items import USES
from course.locale import translator
from course.widgets.base import ExerciseWidget
from course.widgets.canvas import CanvasWidget
from course.widgets.mark import MarkWidget
from course.widgets.markdown import split_question
from course.widgets.match import MatchWidget
from course.widgets.multiple import MultipleWidget
from course.widgets.number import NumberWidget
from course.widgets.ordering import OrderingWidget
from course.widgets.reliance import RelianceWidget
from course.widgets.single import SingleWidget
from course.widgets.test import KnowledgeTestWidget
from course.widgets.text import TextWidget

WIDGETS: dict[str, type[ExerciseWidget]] = {
    widget.kind: widget
    for widget in (
        SingleWidget,
        MultipleWidget,
        OrderingWidget,
        NumberWidget,
        MatchWidget,
        MarkWidget,
        TextWidget,
        RelianceWidget,
        CanvasWidget,
        KnowledgeTestWidget,
    )
}


def answered(item: Mapping[str, Any], value: object) -> bool:
    """Return whether a value counts as an answer to the item."""
    return WIDGETS[item["kind"]].answered(item, value)


def words_html(item: Mapping[str, Any], value: object, language: str) -> str:
    """Return a learner's answer in words, or an empty text for one that does not fit the item."""
    widget = WIDGETS[item["kind"]]
    return widget.words_html(item, value, language) if widget.fits(item, value) else ""


def question_text(item: Mapping[str, Any], language: str) -> str:
    """Return an item's question as plain text: the end of its stem."""
    context, question = split_question(item["stem"][language])
    return unescape(re.sub(r"<[^>]*>", "", question or context)).strip()


def labels(items: list[Mapping[str, Any]], language: str) -> dict[str, str]:
    """Return each item's heading by id: what is for different uses is numbered apart."""
    t = translator("course", "widgets", language)
    made: dict[str, str] = {}
    for use in USES:
        ids = [item["id"] for item in items if item["use"] == use]
        for number, item_id in enumerate(ids, start=1):
            made[item_id] = t(f"label.{use}", n=number) if len(ids) > 1 else t(f"label.{use}-only")
    return made
