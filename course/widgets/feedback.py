"""Writes the feedback on a hand-in as HTML: points, and for each item the own answer, right or wrong, and why.

It shows only what the grader's report holds, which never is a key. All texts are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from course.items import Reason
from course.locale import LANGUAGES, translator
from course.widgets.areas import tests_html
from course.widgets.kinds import words_html
from course.widgets.licence import licence_html
from course.widgets.markdown import to_html
from course.widgets.number import number_text
from course.widgets.reasons import reasons_html, sign_html


def points_text(points: Any, max_points: Any, language: str) -> str:
    """Return "7,5 af 10 point" in the page's language."""
    t = translator("course", "widgets", language)
    return t("report.points", n=_number(points, language), of=_number(max_points, language))


def feedback_html(
    report: Mapping[str, Any], items: Iterable[Mapping[str, Any]], labels: Mapping[str, str], language: str
) -> str:
    """Return the feedback in a grader's report on a module's items."""
    if not isinstance(report.get("items"), dict) or report.get("error"):
        return ""
    t = translator("course", "widgets", language)
    points = points_text(report.get("points"), report.get("max_points"), language)
    head = [
        f'<h4 class="kx-report-title">{escape(t("report.title"))}</h4>',
        f'<p class="kx-points"><strong>{escape(points)}</strong></p>',
        f'<p class="kx-when">{escape(t("report.when", when=_when(str(report.get("submitted")), language)))}</p>',
    ]
    if report.get("waiting_for_reader"):
        head.append(f"<p>{escape(t('report.reader'))}</p>")
    notes = [note.get(language) for note in report.get("notes") or [] if isinstance(note, dict)]
    head += [f"<p>{escape(str(note))}</p>" for note in notes if note]
    head += [licence_html(report.get("licence"), language, labels), tests_html(report.get("tests"), language)]
    entries = [
        _entry(item, report["items"][item["id"]], labels[item["id"]], language)
        for item in items
        if isinstance(report["items"].get(item["id"]), dict)
    ]
    return "".join([*head, *entries])


def changed_since(report: Mapping[str, Any], items: Iterable[Mapping[str, Any]], value: Any) -> int:
    """Return how many answers differ now from those in the report; `value` gives an item's answer by id."""
    graded = report.get("items")
    if not isinstance(graded, dict):
        return 0
    return sum(
        isinstance(graded.get(item["id"]), dict) and graded[item["id"]].get("value") != value(item["id"])
        for item in items
    )


def _entry(item: Mapping[str, Any], graded: Mapping[str, Any], label: str, language: str) -> str:
    """Return one item's feedback, folded when all is right."""
    t = translator("course", "widgets", language)
    outcome = _outcome(graded)
    sign = {"unanswered": "wrong", "read": "person"}.get(outcome, outcome)
    points = points_text(graded.get("points"), graded.get("max_points"), language)
    if outcome == "person":
        points = t("report.points-open", of=_number(graded.get("max_points"), language))
    head = (
        f'<summary><h5 class="kx-entry-title">{escape(label)} {sign_html(sign, t(f"report.{outcome}"))} '
        f'<span class="kx-tag">{escape(points)}</span></h5></summary>'
    )
    parts = [f'<div class="kx-entry-stem">{to_html(item["stem"][language])}</div>', _own(item, graded, language)]
    if comment := graded.get("comment"):
        parts.append(f'<p class="kx-comment"><strong>{escape(t("report.comment"))}</strong> {escape(str(comment))}</p>')
    go = escape(t("report.go", label=label))
    parts.append(f'<p class="kx-to-item"><a href="#item-{escape(item["id"])}">{go}</a></p>')
    unfolded = "" if outcome == "right" else " open"
    return f'<details class="kx-entry kx-entry-{sign}"{unfolded}>{head}{"".join(parts)}</details>'


def _own(item: Mapping[str, Any], graded: Mapping[str, Any], language: str) -> str:
    """Return the own answer and why it is right or wrong; reasons that name every part of it stand for it."""
    t = translator("course", "widgets", language)
    value, reasons = graded.get("value"), _reasons(graded)
    answer = words_html(item, value, language) if graded.get("answered") else ""
    chosen = value if isinstance(value, list) else [value]
    if answer and chosen == [reason.option for reason in reasons]:
        answer = ""
    elif not answer:
        return reasons_html(item["kind"], reasons, language)
    head = f'<p class="kx-own-head">{escape(t("report.own"))}</p>'
    return f'<div class="kx-own">{head}{answer}</div>{reasons_html(item["kind"], reasons, language)}'


def _outcome(graded: Mapping[str, Any]) -> str:
    """Return which outcome a graded item has: unanswered, person (to be read), read, right, partly or wrong."""
    if not graded.get("answered"):
        return "unanswered"
    if graded.get("right") is None:
        return "person" if graded.get("waiting_for_reader", True) else "read"
    if graded["right"]:
        return "right"
    return "partly" if graded.get("points") else "wrong"


def _reasons(graded: Mapping[str, Any]) -> list[Reason]:
    """Return the report's reasons; one without text in every language is left out."""
    made = []
    for reason in graded.get("reasons") or []:
        if isinstance(reason, dict) and _is_text(reason.get("text")):
            about = reason.get("about") if _is_text(reason.get("about")) else None
            made.append(Reason(reason.get("option"), bool(reason.get("right")), reason["text"], about))
    return made


def _is_text(text: object) -> bool:
    return isinstance(text, dict) and all(isinstance(text.get(language), str) for language in LANGUAGES)


def _number(value: Any, language: str) -> str:
    return number_text(value, language) if isinstance(value, int | float) else "–"


def _when(moment: str, language: str) -> str:
    """Return an ISO time as local date and time in the language's habit, or as it is."""
    try:
        local = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    return local.strftime(translator("course", "widgets", language)("report.time"))
