"""Who has the AI-kørekort: the rule in the syllabus, asked of the hand-ins and the gradebook after each grading.

Once earned it is kept until it expires; the day stands in the gradebook itself, so a backup holds both together.
Reading of free text never delays it. It does not know pages, nor how a certificate looks.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nbgrader.api import MissingEntry
from sqlalchemy import Column, MetaData, String, Table, delete, insert, select

from course.syllabus import LicenceRule, Syllabus, Track
from course.widgets.kinds import answered
from grading.course_dir import CourseDir

LICENCES = Table(
    "koerekort_licence",
    MetaData(),
    Column("learner", String(64), primary_key=True),
    Column("earned", String(10), nullable=False),
)
REASONS = ("not-handed-in", "unanswered", "safety", "expired")


@dataclass(frozen=True)
class Missing:
    """What is still missing in a module, and which items it concerns."""

    module: str
    reason: str
    items: tuple[str, ...] = ()


def shown_in(syllabus: Syllabus) -> str:
    """Return the module whose report says how it stands: the last of the rule's track."""
    track = syllabus.track(syllabus.licence.track) if syllabus.licence else None
    return list(track.pieces)[-1] if track and track.pieces else ""


def licence_of(course: CourseDir, learner: str, syllabus: Syllabus, today: date) -> dict[str, Any] | None:
    """Return how a learner stands: met, what is missing, and the days (ISO) it was earned and expires.

    None where no rule can be met yet: there is none, or none of the items that must be right has been released.
    """
    rule = syllabus.licence
    track = syllabus.track(rule.track) if rule else None
    if rule is None or track is None or (rule.must_pass and not _has_must_pass(course, track)):
        return None
    earned = _earned(course, learner)
    if earned is None or today >= expires_on(earned, rule):
        missing = list(_missing(course, learner, track, rule, earned))
        if missing:
            return _as_report(course, missing, earned, rule)
        earned = max(_handed_in(course, learner, module) or today for module in track.pieces)
        _keep(course, learner, earned)
    return _as_report(course, [], earned, rule)


def _missing(
    course: CourseDir, learner: str, track: Track, rule: LicenceRule, earned: date | None
) -> Iterator[Missing]:
    """Yield what a learner has still to do; an old licence is renewed by handing in its module again."""
    for module, pieces in track.pieces.items():
        handed_in = _handed_in(course, learner, module)
        items = {item["id"]: item for item in _graded_items(course, module, pieces)}
        if handed_in is None:
            yield Missing(module, "not-handed-in")
            continue
        values = course.answers(module, learner, items).values
        empty = tuple(name for name, item in items.items() if not answered(item, values.get(name)))
        if empty:
            yield Missing(module, "unanswered", empty)
        must = [name for name, item in items.items() if rule.must_pass and item.get("must_pass") and name not in empty]
        if wrong := tuple(name for name in must if name not in _all_right(course, learner, module)):
            yield Missing(module, "safety", wrong)
        if earned and must and handed_in < expires_on(earned, rule):
            yield Missing(module, "expired")


def _graded_items(course: CourseDir, module: str, pieces: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """Return the graded items in some pieces of a module, as learners have them."""
    copy = course.learner_copy(module)
    inside = {name for piece in copy.get("pieces", []) if piece["id"] in pieces for name in piece["items"]}
    return [item for item in copy.get("items", []) if item["id"] in inside and item["use"] == "graded"]


def _has_must_pass(course: CourseDir, track: Track) -> bool:
    return any(
        item.get("must_pass")
        for module, pieces in track.pieces.items()
        for item in _graded_items(course, module, pieces)
    )


def _handed_in(course: CourseDir, learner: str, module: str) -> date | None:
    """Return the day of the newest graded hand-in."""
    time = course.submission_time(module, learner)
    return datetime.fromisoformat(time).astimezone().date() if time else None


def _all_right(course: CourseDir, learner: str, module: str) -> set[str]:
    """Return the ids of the items that have all their points in the gradebook."""
    with course.gradebook() as gradebook:
        try:
            grades = gradebook.find_submission_notebook(module, module, learner).grades
        except MissingEntry:
            return set()
        return {grade.name for grade in grades if grade.score is not None and grade.score >= grade.max_score}


def _earned(course: CourseDir, learner: str) -> date | None:
    with course.gradebook() as gradebook:
        LICENCES.create(gradebook.engine, checkfirst=True)
        found = gradebook.db.execute(select(LICENCES.c.earned).where(LICENCES.c.learner == learner)).scalar()
        return date.fromisoformat(found) if found else None


def _keep(course: CourseDir, learner: str, earned: date) -> None:
    with course.gradebook() as gradebook:
        gradebook.db.execute(delete(LICENCES).where(LICENCES.c.learner == learner))
        gradebook.db.execute(insert(LICENCES).values(learner=learner, earned=earned.isoformat()))
        gradebook.db.commit()


def expires_on(earned: date, rule: LicenceRule) -> date:
    """Return the day from which it is no longer valid: so many months later, or the month's last day."""
    years, month = divmod(earned.month - 1 + rule.months, 12)
    year = earned.year + years
    return date(year, month + 1, min(earned.day, monthrange(year, month + 1)[1]))


def _as_report(course: CourseDir, missing: list[Missing], earned: date | None, rule: LicenceRule) -> dict[str, Any]:
    return {
        "met": not missing,
        "missing": [
            {
                "module": one.module,
                "reason": one.reason,
                "items": list(one.items),
                "title": course.learner_copy(one.module).get("title"),
            }
            for one in missing
        ],
        "date": earned.isoformat() if earned else None,
        "expires": expires_on(earned, rule).isoformat() if earned else None,
    }
