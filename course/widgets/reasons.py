"""Writes why an answer is right or wrong, as HTML: for practice at once, for graded items after grading.

A reason says whether it is about a right or a wrong choice by a sign and in words, never by colour alone.
It does not know how answers are scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from course.items import Item, Reason
from course.locale import translator
from course.widgets.markdown import inline_html, to_html

_PATHS = {
    "right": "M5 12.5l4.5 4.5L19 7.5",
    "wrong": "M6 6l12 12M18 6L6 18",
    "warning": "M12 4L2.5 20.5h19zM12 10v5M12 17.8v.2",
    "partly": "M5 12h14",
    "person": "M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-7 9c0-4 3-6 7-6s7 2 7 6",
}


def icon_html(name: str, classes: str = "") -> str:
    """Return a drawn sign; it is decoration, the words beside it say the same."""
    path = f'<path d="{_PATHS[name]}"/>'
    return f'<svg class="kx-icon {classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{path}</svg>'


def sign_html(name: str, text: str) -> str:
    """Return a sign (right, wrong, partly, person) with its words."""
    return f'<span class="kx-sign kx-sign-{name}">{icon_html(name)}{escape(text)}</span>'


def reasons_html(kind: str, reasons: Iterable[Reason], language: str) -> str:
    """Return reasons as a list, each with the words of the answer that it is about."""
    t = translator("course", "widgets", language)
    lines = []
    for reason in reasons:
        head = ""
        if reason.about is not None:
            verdict = t(f"reason.{kind}.{'right' if reason.right else 'wrong'}")
            head = (
                f'<p class="kx-reason-head">{sign_html("right" if reason.right else "wrong", verdict)} '
                f"<q>{inline_html(reason.about[language])}</q></p>"
            )
        lines.append(f"<li>{head}{to_html(reason.text[language])}</li>")
    return f'<ul class="kx-reasons">{"".join(lines)}</ul>' if lines else ""


def verdict_html(item: Item, value: object, language: str) -> str:
    """Return the feedback on a practice answer: the verdict, its reasons, and all explanations folded."""
    t = translator("course", "widgets", language)
    result = item.score(value)
    left_out = item.left_out(item.usable(value)) if result.answered and not result.right else 0
    key = "right" if result.right else "wrong"
    if left_out and all(reason.right for reason in result.reasons):
        key = "partly"
    parts = [f'<p class="kx-verdict-head">{sign_html(key, t(f"verdict.{key}"))}</p>']
    if left_out:
        words = t("verdict.left-out-one") if left_out == 1 else t("verdict.left-out", n=left_out)
        parts.append(f"<p>{escape(words)}</p>")
    parts.append(reasons_html(item.kind, result.reasons, language))
    everything = reasons_html(item.kind, item.explanations(), language)
    if everything:
        parts.append(f"<details><summary>{escape(t('verdict.all'))}</summary>{everything}</details>")
    return f'<div class="kx-verdict kx-verdict-{key}">{"".join(parts)}</div>'
