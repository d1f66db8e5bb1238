"""The test: a kind introduction, then five questions a screen; it can be left and taken up again on any day.

Which form a learner gets is asked for when the test is begun, and stands in the answer from then on. It does not know
what is right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import traitlets

from course import answers
from course.errors import CourseError
from course.forms import pick
from course.locale import translator
from course.widgets.base import EXERCISE, ExerciseWidget, Place, esm, option_views
from course.widgets.markdown import split_question


class KnowledgeTestWidget(ExerciseWidget):
    """Its answer is `{"form": "a", "answers": {"ta-01": "b", ...}}` and grows question by question."""

    kind = "test"
    _esm = traitlets.Unicode(esm(*EXERCISE, "choices", "test")).tag(sync=True)

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        return {"of": max(map(len, item["forms"].values()))}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        questions = item["forms"].get(str(value.get("form")), ()) if isinstance(value, Mapping) else ()
        if not isinstance(value, Mapping) or not questions:
            return False
        options = {question["id"]: {option["id"] for option in question["options"]} for question in questions}
        given = value.get("answers")
        return isinstance(given, Mapping) and all(str(given[name]) in options.get(name, ()) for name in given)

    @classmethod
    def answered(cls, item: Mapping[str, Any], value: object) -> bool:
        if not isinstance(value, Mapping) or not cls.fits(item, value):
            return False
        return len(value["answers"]) == len(item["forms"][value["form"]])

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        count, of = len(value["answers"]), len(item["forms"][value["form"]])
        return f"<p>{translator('course', 'widgets', language)('test.count', n=count, of=of)}</p>"

    def _receive(self, widget: object, content: dict[str, Any], buffers: object) -> None:
        if content.get("type") == "begin":
            self._begin(content.get("form"))
        else:
            super()._receive(widget, content, buffers)

    def _begin(self, known: object) -> None:
        """Send the questions of the form that the learner has begun, else of the one that is his or hers to take."""
        item, place = self._source, self._place
        saved = saved_answer(item, place)
        form = str(known) if str(known) in item["forms"] else saved.get("form") or pick(*self._case())
        views = [_question_view(question, place.language) for question in item["forms"][form]]
        given = saved["answers"] if saved.get("form") == form else {}
        self.send({"type": "form", "form": form, "questions": views, "answers": given})

    def _case(self) -> tuple[str, str, set[str]]:
        return self._place.learner, self._source["when"], begun_elsewhere(self._place)


def saved_answer(item: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """Return the answer that is on the disk; an empty one where there is none that fits."""
    try:
        value = answers.read(place.folder, place.module).value(item["id"])
    except (CourseError, OSError):
        return {}
    return dict(value) if KnowledgeTestWidget.fits(item, value) else {}


def begun_elsewhere(place: Place) -> set[str]:
    """Return the forms that the learner has begun in the modules beside this one."""
    found = set()
    for file in place.folder.parent.glob(f"*/{answers.FILE_NAME}"):
        try:
            records = json.loads(file.read_bytes())["answers"].values() if file.parent != place.folder else ()
            values = [record["value"] for record in records]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        found |= {
            str(value["form"]) for value in values if isinstance(value, dict) and {"form", "answers"} <= set(value)
        }
    return found


def _question_view(question: Mapping[str, Any], language: str) -> dict[str, Any]:
    context, asked = split_question(question["stem"][language])
    return {
        "id": question["id"],
        "context_html": context,
        "question_html": asked or translator("course", "widgets", language)("question"),
        "options": option_views(question, language),
    }
