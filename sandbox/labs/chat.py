"""The chat: a conversation with a chosen model, read by the guard first. The page keeps the conversation, not this.

A base model follows no instructions: it goes on with the learner's text. It does not know how anything looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import traitlets

from sandbox.client import Delta
from sandbox.labs.base import LabWidget, esm
from sandbox.labs.reading import read
from sandbox.labs.tasks import Task

MOST_TOKENS = 400
MOST_TOKENS_ON = 120


class ChatLab(LabWidget):
    """A chat with one of the service's models."""

    lab = "chat"
    _esm = traitlets.Unicode(esm("chat")).tag(sync=True)

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Let the guard read, then the model write. With `masked` the learner has seen the masks and agreed."""
        result, reading = read(str(content["text"]), self.language)
        if result.verdict == "block" or (result.verdict == "mask" and not content["masked"]):
            task.end("guard", **reading)
            return
        if result.findings:
            task.say("masked", **reading)
        self.tell(task, self._answer(content, result.masked))

    def _answer(self, content: Mapping[str, Any], text: str) -> Iterator[Delta]:
        model = content["model"]
        if content["kind"] == "base":
            return self.client.complete(text, model=model, max_tokens=MOST_TOKENS_ON)
        turns = [{"role": str(turn["role"]), "content": str(turn["text"])} for turn in content["turns"]]
        return self.client.chat([*turns, {"role": "user", "content": text}], model=model, max_tokens=MOST_TOKENS)
