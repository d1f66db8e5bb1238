"""What a page tells the model service besides prompts: that it was opened, a rating, a copy, a report of a problem.

A report is read by the guard and shown as it would be stored before it is sent. It does not know how anything is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.client import ModelClient
from sandbox.events import IN_LESSON
from sandbox.labs.reading import read
from sandbox.labs.tasks import Task
from sandbox.reports import open_findings

COUNTED = ("rated_up", "rated_down", "copied")


class Teller:
    """One lab's way of telling; `lab` is its name, or that of all labs in lessons."""

    def __init__(self, lab: str, language: str, in_lesson: bool) -> None:
        self.lab = IN_LESSON if in_lesson else lab
        self.language = language
        self._opened = False

    def opened(self, client: ModelClient) -> None:
        """Count that somebody opened the lab, once."""
        if not self._opened:
            self._opened = True
            client.event("opened", self.lab, "", self.language)

    def work(self, client: ModelClient, task: Task, content: Mapping[str, Any]) -> None:
        """Answer what the script tells: an event, a report to read, or one to store; may raise ModelServiceError."""
        what, model = content.get("what"), str(content.get("model") or "")
        if what in COUNTED:
            client.event(what, self.lab, model, self.language)
            task.end("noted")
        elif what == "read":
            text = str(content["text"])
            _, reading = read(text, self.language)
            task.end("reading", **reading, clean=not open_findings(text))
        elif what == "report":
            text, kind = str(content["text"]), str(content["kind"])
            task.end("stored", **client.report(kind, self.lab, model, self.language, text))
