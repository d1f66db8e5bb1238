"""What a report holds of a test: for each area (module) how many were right. Never a question, never a key.

It gives no points. It does not know how areas are put into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.items import Item, KnowledgeTestItem
from grading.course_dir import CourseDir
from grading.keys import load_keys
from grading.submission import Submission

Areas = dict[str, dict[str, Any]]


def tests_of(
    course: CourseDir, learner: str, items: Mapping[str, Item], submission: Submission
) -> dict[str, dict[str, Any]]:
    """Return for each answered test of a module its areas, and those of the test before the course."""
    found = {}
    for item in items.values():
        if isinstance(item, KnowledgeTestItem) and (areas := areas_of(course, item, submission)):
            before = {} if item.when == "before" else _before(course, learner)
            found[item.id] = {"when": item.when, "areas": areas, "before": before}
    return found


def areas_of(course: CourseDir, item: KnowledgeTestItem, submission: Submission) -> Areas:
    """Return the areas of one test by module id: right, answered, of, and the module's title where it is known."""
    return {
        area: {
            "right": tally.right,
            "answered": tally.answered,
            "of": tally.of,
            "title": course.learner_copy(area).get("title"),
        }
        for area, tally in item.areas(submission.values.get(item.id)).items()
    }


def _before(course: CourseDir, learner: str) -> Areas:
    """Return the areas of the learner's test before the course; nothing where it was not handed in."""
    for module in course.released():
        if any(item.get("when") == "before" for item in course.learner_copy(module).get("items", [])):
            items = load_keys(course.modules, module)
            submission = course.answers(module, learner, items)
            for item in items.values():
                if isinstance(item, KnowledgeTestItem) and item.when == "before":
                    return areas_of(course, item, submission)
    return {}
