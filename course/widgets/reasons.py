"""Writes why an answer is right or wrong, as HTML: for practice at once, for graded items after grading.

A reason says whether it is about a right or a wrong choice by a sign and in words, never by colour alone.
It does not know how answers are scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from course.items import Reason, Score
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


def reasons_html(item: Mapping[str, Any], reasons: Iterable[Reason], language: str) -> str:
    """Return reasons as a list, each with the option that it is about."""
    t = translator("course", "widgets", language)
    texts = {option["id"]: option["text"][language] for option in item.get("options", [])}
    lines = []
    for reason in reasons:
        head = ""
        if reason.option in texts:
            verdict = t(f"reason.{item['kind']}.{'right' if reason.right else 'wrong'}")
            head = (
                f'<p class="kx-reason-head">{sign_html("right" if reason.right else "wrong", verdict)} '
                f"<q>{inline_html(texts[str(reason.option)])}</q></p>"
            )
        lines.append(f"<li>{head}{to_html(reason.text[language])}</li>")
    return f'<ul class="kx-reasons">{"".join(lines)}</ul>' if lines else ""


def verdict_html(item: Mapping[str, Any], result: Score, value: object, language: str) -> str:
    """Return the feedback on a practice answer: the verdict, its reasons, and all explanations folded."""
    t = translator("course", "widgets", language)
    left_out = _left_out(item, value) if result.answered and not result.right else 0
    key = "right" if result.right else "wrong"
    all_chosen_right = left_out and all(reason.right for reason in result.reasons)
    if all_chosen_right:
        key = "partly"
    parts = [f'<p class="kx-verdict-head">{sign_html(key, t(f"verdict.{key}"))}</p>']
    if left_out:
        words = t("verdict.left-out-one") if left_out == 1 else t("verdict.left-out", n=left_out)
        parts.append(f"<p>{escape(words)}</p>")
    parts.append(reasons_html(item, result.reasons, language))
    everything = reasons_html(item, _all_reasons(item), language)
    if everything:
        parts.append(f"<details><summary>{escape(t('verdict.all'))}</summary>{everything}</details>")
    return f'<div class="kx-verdict kx-verdict-{key}">{"".join(parts)}</div>'


def _left_out(item: Mapping[str, Any], value: object) -> int:
    """Return how many keys of a multiple-choice practice item were not ticked."""
    if item["kind"] != "multiple" or not isinstance(value, list):
        return 0
    return len(set(item["key"]) - {chosen for chosen in value if isinstance(chosen, str)})


def _all_reasons(item: Mapping[str, Any]) -> list[Reason]:
    """Return the explanation of every option of a practice item; an ordering's in the right order."""
    options = {option["id"]: option for option in item.get("options", [])}
    if item["kind"] == "ordering":
        return [Reason(option_id, True, options[option_id]["why"]) for option_id in item["key"]]
    keys = [item["key"]] if item["kind"] == "single" else item.get("key", [])
    return [Reason(option_id, option_id in keys, option["why"]) for option_id, option in options.items()]
