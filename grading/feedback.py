"""The feedback that a learner's page reads: points from the gradebook, reasons from the answers, never a key.

Writes `var/feedback/<learner>/<module>.json` and `<module>.status.json`, each at once.
It does not know how grading is done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Grade

from course import paths
from course.fields import Text
from course.items import Item, score
from course.locale import LANGUAGES, translator
from course.syllabus import load_syllabus
from grading.areas import tests_of
from grading.course_dir import CourseDir
from grading.keys import load_keys
from grading.licence import licence_of, shown_in
from grading.submission import Submission

SCHEMA = 1


def write_feedback(course: CourseDir, module: str, learner: str, ticket: str | None = None) -> dict[str, Any]:
    """Write what a learner's page shows and return it; without `ticket` the one that was answered last stays."""
    file = paths.feedback() / learner / f"{module}.json"
    feedback = make_feedback(course, module, learner, _last_ticket(file) if ticket is None else ticket)
    write_json(file, feedback)
    _refresh(course, module, learner)
    return feedback


def _refresh(course: CourseDir, module: str, learner: str) -> None:
    """Write anew what the report of another module says of the course as a whole, which this grading may change."""
    last = shown_in(load_syllabus())
    file = paths.feedback() / learner / f"{last}.json"
    if last in ("", module) or not file.is_file():
        return
    try:
        report = dict(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return
    items = load_keys(course.modules, last)
    write_json(file, report | of_the_course(course, last, learner, items, course.answers(last, learner, items)))


def of_the_course(
    course: CourseDir, module: str, learner: str, items: Mapping[str, Item], submission: Submission
) -> dict[str, Any]:
    """Return what a report says beyond its own points: the areas of a test, and how the AI-kørekort stands."""
    syllabus = load_syllabus()
    found: dict[str, Any] = {"tests": tests_of(course, learner, items, submission)}
    if module == shown_in(syllabus):
        found["licence"] = licence_of(course, learner, syllabus, date.today())
    return found


def make_feedback(course: CourseDir, module: str, learner: str, ticket: str) -> dict[str, Any]:
    """Return the feedback on the submission that the gradebook holds."""
    items = load_keys(course.modules, module)
    submission = course.answers(module, learner, items)
    with course.gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook(module, module, learner)
        comments = {comment.name: comment.comment for comment in notebook.comments}
        entries = {
            grade.name: _entry(items[grade.name], grade, submission, comments.get(grade.name))
            for grade in notebook.grades
            if grade.name in items
        }
        points, max_points, waiting = notebook.score, notebook.max_score, notebook.needs_manual_grade
    return {
        "schema": SCHEMA,
        "ticket": ticket,
        "module": module,
        "learner": learner,
        "submitted": course.submission_time(module, learner),
        "graded": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "points": points,
        "max_points": max_points,
        "waiting_for_reader": bool(waiting),
        "items": {item: entries[item] for item in items if item in entries},
        "notes": [problem.text for problem in submission.problems if problem.item is None and not problem.whole_file],
        "error": next((problem.text for problem in submission.problems if problem.whole_file), None),
        **of_the_course(course, module, learner, items, submission),
    }


def write_status(learner: str, module: str, ticket: str, state: str, error: Text | None = None) -> None:
    """Tell a learner's page how far a ticket is: queued, grading, done or failed (with a sentence)."""
    status = {"ticket": ticket, "state": state, "error": error}
    write_json(paths.feedback() / learner / f"{module}.status.json", status)


def sentence(key: str, **values: object) -> Text:
    """Return a text of the catalogue in every language."""
    return {language: translator("grading", "feedback", language)(key, **values) for language in LANGUAGES}


def write_json(file: Path, data: Mapping[str, Any]) -> None:
    """Write a file at once: a reader sees the old one or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as handle:
        json.dump(data, handle, ensure_ascii=False, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(file)


def _entry(item: Item, grade: Grade, submission: Submission, comment: str | None) -> dict[str, Any]:
    value = submission.values.get(item.id)
    result = score(item, value)
    reasons = [{"option": r.option, "right": r.right, "text": r.text, "about": r.about} for r in result.reasons]
    own = [problem.text for problem in submission.problems if problem.item == item.id]
    return {
        "points": grade.score,
        "max_points": grade.max_score,
        "answered": result.answered,
        "right": result.right,
        "value": value,
        "reasons": reasons + [{"option": None, "right": False, "text": text} for text in own],
        "comment": comment,
        "waiting_for_reader": bool(grade.needs_manual_grade),
    }


def _last_ticket(file: Path) -> str:
    try:
        return str(json.loads(file.read_text("utf-8"))["ticket"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
