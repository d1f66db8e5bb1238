"""Writes how a learner stands with the AI-kørekort, as HTML: what it says and does not say, or what is missing.

It reads the grader's report, and does not know the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from babel.dates import format_date

from course.locale import Translator, translator
from course.widgets.areas import module_link

REASONS = ("not-handed-in", "unanswered", "safety", "expired")


def licence_html(licence: object, language: str, labels: Mapping[str, str]) -> str:
    """Return what the last module's page says; `labels` are the headings of its own items, which get links."""
    if not isinstance(licence, Mapping):
        return ""
    t = translator("course", "widgets", language)
    if _valid(licence):
        says = "".join(f"<p>{escape(t(f'licence.{key}'))}</p>" for key in ("says", "says-not"))
        lead = escape(t("licence.met-lead", **_days(licence, t, language)))
        return _box("met", f"<h5>{escape(t('licence.met'))}</h5><p><strong>{lead}</strong></p>{says}")
    missing = [one for one in licence.get("missing") or [] if isinstance(one, Mapping)]
    lines = "".join(f"<li>{_missing(one, t, language, labels)}</li>" for one in missing)
    days = _days(licence, t, language)
    head = t("licence.ended", expires=days["expires"]) if days["expires"] else t("licence.not")
    return _box("not", f"<h5>{escape(head)}</h5><ul>{lines}</ul><p>{escape(t('licence.again'))}</p>")


def earned_html(licence: object, language: str) -> str:
    """Return what the home page says to a learner who has it; nothing to others."""
    if not isinstance(licence, Mapping) or not _valid(licence):
        return ""
    t = translator("course", "widgets", language)
    lead = escape(t("licence.home-lead", **_days(licence, t, language)))
    return _box("met", f"<h2>{escape(t('licence.home'))}</h2><p>{lead}</p>")


def _box(state: str, content: str) -> str:
    return f'<div class="kx-licence kx-licence-{state}">{content}</div>'


def _valid(licence: Mapping[str, Any]) -> bool:
    """Return whether it is earned and still valid today: the report may be years old."""
    expires = _day(licence.get("expires"))
    return licence.get("met") is True and expires is not None and date.today() < expires


def _missing(one: Mapping[str, Any], t: Translator, language: str, labels: Mapping[str, str]) -> str:
    reason = one.get("reason")
    link = module_link(str(one.get("module")), one.get("title"), language)
    words = escape(t(f"licence.{reason}")) if reason in REASONS else ""
    own = [name for name in one.get("items") or [] if name in labels]
    links = ", ".join(f'<a href="#item-{escape(name)}">{escape(labels[name])}</a>' for name in own)
    return f"{link} {words}{f' {links}' if links else ''}"


def _days(licence: Mapping[str, Any], t: Translator, language: str) -> dict[str, str]:
    """Return the days in the language's habit; an empty text for one that is not there."""
    days = {name: _day(licence.get(name)) for name in ("date", "expires")}
    return {name: format_date(day, t("licence.date"), language) if day else "" for name, day in days.items()}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
