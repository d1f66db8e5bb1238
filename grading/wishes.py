"""What learners would have us do better: the voluntary answers at the end of each module, for those who write it.

No name and no time goes along, and the order says nothing of whose a text is. It gives no points and changes nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any

from course.items import Item
from grading.course_dir import CourseDir
from grading.keys import load_keys


def wishes(course: CourseDir, module: str) -> list[str]:
    """Return what learners wrote that a module should do better, in random order."""
    items = load_keys(course.modules, module)
    answers = (course.answers(module, learner, items).values for learner in course.submitted(module))
    return wishes_in(items, answers)


def wishes_in(items: Mapping[str, Item], answers: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the texts of feedback items in learners' answers (values by item id), in random order."""
    asked = [item_id for item_id, item in items.items() if item.use == "feedback"]
    values = [values[item_id] for values in answers for item_id in asked if item_id in values]
    texts = [str(value.get("text", "")).strip() for value in values if isinstance(value, Mapping)]
    found = [text for text in texts if text]
    random.shuffle(found)
    return found
