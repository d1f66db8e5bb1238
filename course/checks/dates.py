"""Is every fact within the date by which it must be checked again? Past the date it fails; a month before it warns.

Facts and cases have the fields `as_of` and `recheck_by`; a guide says it in a sentence. It does not ask the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from course.checks.content import Content, guide_file
from course.checks.fault import Check, Fault

WARN = timedelta(days=30)
LAW = "rollout/"
"""Guides in this folder speak of law, so each of them must say when it is to be checked again."""
MONTHS = {
    "da": [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SENTENCES = {
    "da": re.compile(r"(?:kontrolleres|[Kk]ontrollér) igen senest (\d{1,2})\. (\w+) (\d{4})"),
    "en": re.compile(r"checked again by (\d{1,2}) (\w+) (\d{4})"),
}


def faults(content: Content) -> Iterator[Fault]:
    """Yield facts, cases and guides that are past their date, or soon will be."""
    for folder in content.folders:
        for name in ("facts", "cases"):
            for where, entry in folder.entries(name):
                yield from _entry(where, str(entry.get("as_of")), str(entry.get("recheck_by")), content.today)
    for guide in content.guides:
        for language, text in guide.texts.items():
            yield from _guide(guide_file(guide, language), guide.name.startswith(LAW), language, text, content.today)


def _entry(where: str, as_of: str, recheck_by: str, today: date) -> Iterator[Fault]:
    try:
        seen, due = date.fromisoformat(as_of), date.fromisoformat(recheck_by)
    except ValueError:
        yield Fault(where, f"as_of {as_of!r} and recheck_by {recheck_by!r} must be dates: 2027-05-22.")
        return
    if seen > today:
        yield Fault(where, f"as_of is {seen}, and today is {today}: nobody can have looked yet.")
    if due <= seen:
        yield Fault(where, f"recheck_by is {due}, not after as_of {seen}.")
    yield from _due(where, due, today)


def _guide(where: str, law: bool, language: str, text: str, today: date) -> Iterator[Fault]:
    found = list(_SENTENCES[language].finditer(text))
    if law and not found:
        yield Fault(where, "says nowhere by when it must be checked again; write it as the other roll-out guides do.")
    for match in found:
        day, month, year = match.groups()
        if month not in MONTHS[language]:
            yield Fault(where, f"{match[0]!r} names no month.")
        else:
            yield from _due(where, date(int(year), MONTHS[language].index(month) + 1, int(day)), today)


def _due(where: str, due: date, today: date) -> Iterator[Fault]:
    if today > due:
        yield Fault(where, f"had to be checked again by {due}; look at the source, mend it, and set new dates.")
    elif today >= due - WARN:
        yield Fault(where, f"must be checked again by {due}, in {(due - today).days} days.", warning=True)


CHECK = Check("dates", "Is every fact within the date by which it must be checked again?", faults)
