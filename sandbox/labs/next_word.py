"""The next word: what a model holds likeliest after a text. The sliders and the die are the page's.

It does not know how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from sandbox.labs.base import LabWidget, esm
from sandbox.labs.tasks import Task

CANDIDATES = 50
THROWS = 8


class NextWordLab(LabWidget):
    """The likeliest next pieces of a text, with their log probabilities."""

    lab = "next_word"
    _esm = traitlets.Unicode(esm("distribution", "next_word")).tag(sync=True)

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer `next` with the candidates, and `rest` with a piece that is not among them."""
        text = self.guarded(task, str(content["text"]))
        if text is None:
            return
        if content["what"] == "rest":
            task.end("rest", text=self._other(text, content))
            return
        found = self.client.next_tokens(text, CANDIDATES, model=content["model"])
        candidates = [{"text": one.token, "logprob": one.logprob} for one in found]
        task.end("next", candidates=candidates, masked=text != content["text"])

    def _other(self, text: str, content: Mapping[str, Any]) -> str:
        """Throw until the model gives a piece that the page does not show; the last throw counts anyway."""
        piece, temperature = "", max(1.0, float(content["temperature"]))
        for _ in range(THROWS):
            deltas = self.client.complete(
                text, model=content["model"], max_tokens=1, temperature=temperature, top_k=0, top_p=1.0
            )
            piece = "".join(delta.text for delta in deltas)
            if piece not in content["known"]:
                break
        return piece
