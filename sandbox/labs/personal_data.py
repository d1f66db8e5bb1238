"""Find the personal data: the learner marks a text first, the guard second, and both are held against the key.

The texts are invented. What a learner marks is compared in memory and kept nowhere. It asks no model, and does not
know how anything looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import traitlets

from course.locale import translator
from course.widgets import base as course_widgets
from sandbox.guard import check
from sandbox.labs.base import LabWidget, Start, css, esm
from sandbox.labs.marked_texts import MarkedText, load_marked_texts
from sandbox.labs.marking import Row, compare, is_found, score
from sandbox.labs.tasks import Task

YOU, GUARD = "you", "guard"


class PersonalDataLab(LabWidget):
    """Texts to mark personal data in, the guard's marks in the same texts, and a key with reasons."""

    lab = "personal_data"
    _esm = traitlets.Unicode(course_widgets.esm("marker") + esm("personal_data")).tag(sync=True)
    _css = traitlets.Unicode(css("personal_data")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        self._texts = load_marked_texts(start.language)
        samples = [_sample(text) for text in self._texts.values()]
        super().__init__(replace(start, settings={**start.settings, "samples": samples}))

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer with the key, and what the learner and the guard found of it."""
        text = self._texts[str(content["text"])]
        findings = check(text.text).findings
        guard = frozenset(word for one in findings for word in text.touched(one.start, one.end))
        markers = {YOU: frozenset(int(word) for word in content["marked"]), GUARD: guard}
        rows = compare(text, markers)
        task.end(
            "compared",
            rows=[self._row(text, row) for row in rows],
            scores={name: asdict(score(rows, name)) for name in markers},
            overlooked=self._overlooked(rows),
        )

    def _hello(self, task: Task) -> None:
        """There is no model to wait for."""
        task.end("ready", models=[])

    def _row(self, text: MarkedText, row: Row) -> dict[str, Any]:
        return {
            "start": row.start,
            "end": row.end,
            "text": text.between(row.start, row.end).strip(".,:;()"),
            "data": row.is_data,
            "kind": self._kind(row.span.kind if row.span else "NONE"),
            "why": row.span.why if row.span else self._own("why.none"),
            **row.marks,
        }

    def _overlooked(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Which kinds the guard did not find, the most frequent first."""
        missed = [row.span.kind for row in rows if row.span and row.is_data and not is_found(row.marks[GUARD])]
        return [{"kind": self._kind(kind), "count": count} for kind, count in Counter(missed).most_common()]

    def _kind(self, kind: str) -> str:
        return self._own(f"kind.{kind}")

    def _own(self, key: str) -> str:
        return translator("sandbox", "labs/personal_data", self.language)(f"personal_data.{key}")


def _sample(text: MarkedText) -> dict[str, str]:
    """What a browser gets of a text before it has been marked: no key."""
    return {"id": text.id, "title": text.title, "level": text.level, "text": text.text}
