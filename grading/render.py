"""Turns an answer and its score into HTML for nbgrader's pages. Everything a learner wrote is escaped.

It does not know nbgrader, files or gradebooks.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from course.items import Item, Reason, Score, SingleItem, TextItem, UnusableAnswer
from course.locale import Translator, translator
from course.widgets.kinds import words_html
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

    def _own_answer(self, item: Item, value: object) -> list[str]:
        answer = words_html(item.source, value, self.language) if usable(item, value) is not None else ""
        return [f"<h3>{self._text('item.your_answer')}</h3>{answer}"] if answer else []

    def _reason(self, item: Item, reason: Reason) -> str:
        why = to_html(reason.text[self.language])
        if reason.about is None or isinstance(item, SingleItem):
            return why
        verdict = self._text("item.right" if reason.right else "item.wrong")
        return f"{to_html(reason.about[self.language])}<p><strong>{verdict}</strong></p>{why}"

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


def _list_items(parts: Iterable[str]) -> str:
    return "".join(f"<li>{part}</li>" for part in parts)


def _section(name: str, parts: Iterable[str]) -> str:
    return f'<section class="kk-feedback {name}">{"".join(parts)}</section>'
