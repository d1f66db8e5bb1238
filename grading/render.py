"""Turns an answer and its score into HTML for nbgrader's pages. Everything a learner wrote is escaped.

It does not know nbgrader, files or gradebooks.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from babel.numbers import format_decimal

from course.items import (
    Item,
    MultipleItem,
    NumberItem,
    OrderingItem,
    Reason,
    Score,
    SingleItem,
    TextItem,
    UnusableAnswer,
)
from course.items.base import Option
from course.locale import Translator, translator
from course.widgets.markdown import to_html


class Renderer:
    """Writes feedback in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.t: Translator = translator("grading", "feedback", language)

    def graded(self, item: Item, value: object, score: Score, problems: Iterable[str]) -> str:
        """Return the feedback on an item that a fixed rule scores: own answer, right or wrong, why."""
        state = verdict(score)
        parts = [
            to_html(item.stem[self.language]),
            f'<p class="kk-verdict kk-{state}"><strong>{self._text(f"item.{state}")}</strong></p>',
            *self._own_answer(item, value),
            *(f'<p class="kk-problem">{escape(text)}</p>' for text in problems),
        ]
        if reasons := [self._reason(item, reason) for reason in score.reasons]:
            parts.append(f"<h3>{self._text('item.why')}</h3><ul>{_list_items(reasons)}</ul>")
        return _section(f"kk-{state}", parts)

    def reflection(self, item: TextItem, value: object, problems: Iterable[str]) -> str:
        """Return a free text beside its rubric, for the person who reads it and for the learner."""
        answer = usable(item, value) or {"text": "", "self": [], "shown": False}
        written = escape(answer["text"].strip()).replace("\n", "<br>") or self._text("text.empty")
        rubric = [self._criterion(c.text[self.language], c.id in answer["self"]) for c in item.rubric]
        parts = [
            to_html(item.stem[self.language]),
            f"<h3>{self._text('item.your_answer')}</h3>",
            f'<blockquote class="kk-own-text">{written}</blockquote>',
            *(f'<p class="kk-problem">{escape(text)}</p>' for text in problems),
            f"<h3>{self._text('text.rubric')}</h3><ul>{_list_items(rubric)}</ul>",
        ]
        if answer["shown"]:
            parts.append(f"<p>{self._text('text.shown')}</p>")
        return _section("kk-reflection", parts)

    def problems(self, texts: Iterable[str]) -> str:
        """Return what is wrong with the answer file as a whole."""
        return _section("kk-problems", [f"<p>{escape(text)}</p>" for text in texts])

    def number(self, value: float) -> str:
        """Return a number as the language writes it: 1,5 or 1.5."""
        return str(format_decimal(value, locale=self.language))

    def _own_answer(self, item: Item, value: object) -> list[str]:
        shown = [to_html(text) for text in self._answer_texts(item, usable(item, value))]
        if not shown:
            return []
        tag = "ol" if isinstance(item, OrderingItem) else "ul"
        return [f"<h3>{self._text('item.your_answer')}</h3><{tag}>{_list_items(shown)}</{tag}>"]

    def _answer_texts(self, item: Item, value: Any) -> list[str]:
        if value is None:
            return []
        if isinstance(item, NumberItem):
            return [f"{self.number(value)} {item.unit[self.language]}"]
        if isinstance(item, SingleItem | MultipleItem | OrderingItem):
            return _option_texts(item.options, [value] if isinstance(value, str) else value, self.language)
        return []

    def _reason(self, item: Item, reason: Reason) -> str:
        why = to_html(reason.text[self.language])
        if reason.option is None or not isinstance(item, MultipleItem | OrderingItem):
            return why
        (option,) = _option_texts(item.options, [reason.option], self.language)
        verdict = self._text("item.right" if reason.right else "item.wrong")
        return f"{to_html(option)}<p><strong>{verdict}</strong></p>{why}"

    def _criterion(self, text: str, ticked: bool) -> str:
        return to_html(self.t("text.ticked", criterion=text) if ticked else text)

    def _text(self, key: str) -> str:
        return escape(self.t(key))


def verdict(score: Score) -> str:
    """Return one word for a score: right, partly, wrong or unanswered."""
    if not score.answered:
        return "unanswered"
    if score.right:
        return "right"
    return "partly" if score.points > 0 else "wrong"


def usable(item: Item, value: object) -> Any:
    """Return an answer's value in its right type, or None where there is none that can be used."""
    try:
        return None if value is None else item.usable(value)
    except UnusableAnswer:
        return None


def _option_texts(options: Iterable[Option], chosen: list[str], language: str) -> list[str]:
    texts = {option.id: option.text[language] for option in options}
    return [texts[option] for option in chosen]


def _list_items(parts: Iterable[str]) -> str:
    return "".join(f"<li>{part}</li>" for part in parts)


def _section(name: str, parts: Iterable[str]) -> str:
    return f'<section class="kk-feedback {name}">{"".join(parts)}</section>'
