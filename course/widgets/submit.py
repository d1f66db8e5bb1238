"""The widget that hands in a module and shows how far the grading is, then the feedback.

It asks the files anew each time the browser asks, so a reloaded page goes on where it was. It does not know how
grading is done.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from typing import Any

import anywidget
import traitlets

from course import answers, outbox
from course.errors import CourseError
from course.locale import translator
from course.widgets import handin
from course.widgets.base import SHARED, Place, css, esm
from course.widgets.feedback import changed_since, feedback_html, points_text
from course.widgets.kinds import answered, labels, question_text

log = logging.getLogger(__name__)


class SubmitWidget(anywidget.AnyWidget):
    """Hands in the answers of one module; `items` are those of items.json, `asked` the ids of those due by now."""

    _esm = traitlets.Unicode(esm(*SHARED, "submit")).tag(sync=True)
    _css = traitlets.Unicode(css()).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self, items: list[Mapping[str, Any]], place: Place, asked: Collection[str] | None = None) -> None:
        self._place = place
        self._names = labels(items, place.language)
        self._items = [item for item in items if item["points"]]
        self._asked = [item for item in self._items if asked is None or item["id"] in asked]
        self._text = translator("course", "widgets", place.language)
        self._stamp: str | None = None
        super().__init__(labels=self._text.all())
        self.on_msg(self._receive)

    def _receive(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("type") == "hello":
            self.send(self.state())
        elif content.get("type") == "hand_in":
            self._hand_in(str(content.get("stamp")))

    def _hand_in(self, stamp: str) -> None:
        """Hand in once for a press of the button, however often the browser sends it."""
        trouble = ""
        if stamp != self._stamp:
            try:
                outbox.hand_in(self._place.module, self._place.folder, self._place.language)
                self._stamp = stamp
            except (CourseError, OSError) as fault:
                log.warning("%s was not handed in: %s", self._place.module, fault)
                trouble = self._text("submit.refused", detail=fault)
        state = self.state() | {"answers_hand_in": True}
        self.send(state | ({"text": trouble, "busy": False} if trouble else {}))

    def state(self) -> dict[str, Any]:
        """Return what the script shows: what is unanswered, how far the grading is, the feedback."""
        value = self._known().value
        missing = [item for item in self._asked if not answered(item, value(item["id"]))]
        seen = handin.look(self._place.learner, self._place.module)
        again = seen.phase != "none"
        return {
            "type": "submission",
            "phase": seen.phase,
            "busy": seen.busy and not seen.grader_away,
            "poll": seen.busy,
            "text": self._sentence(seen, changed_since(seen.report, self._items, value)),
            "button": self._text("submit.again" if again else "submit.button"),
            "missing": [{"id": item["id"], "label": self._named(item)} for item in missing],
            "missing_text": self._missing_text(len(missing)),
            "feedback_html": feedback_html(seen.report, self._items, self._names, self._place.language),
        }

    def _known(self) -> answers.Answers:
        try:
            return answers.read(self._place.folder, self._place.module)
        except (CourseError, OSError):
            return answers.Answers(self._place.module)

    def _named(self, item: Mapping[str, Any]) -> str:
        return f"{self._names[item['id']]}: {question_text(item, self._place.language)}"

    def _missing_text(self, count: int) -> str:
        if count == 0:
            return self._text("submit.complete")
        return self._text("submit.missing-one") if count == 1 else self._text("submit.missing", n=count)

    def _sentence(self, seen: handin.HandIn, changed: int) -> str:
        """Return how far the hand-in is, in words."""
        trouble = seen.trouble.get(self._place.language)
        if seen.phase == "none":
            return ""
        if seen.phase == "failed":
            return self._text("submit.failed", why=trouble or self._text("submit.failed-unknown"))
        if seen.busy and trouble:
            return str(trouble)
        if seen.busy:
            return self._text("submit.grader-away" if seen.grader_away else f"submit.{seen.phase}")
        points = points_text(seen.report.get("points"), seen.report.get("max_points"), self._place.language)
        done = self._text("submit.done", points=points)
        return f"{done} {self._text('submit.changed')}" if changed else done
