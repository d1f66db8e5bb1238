"""The next word: what a model holds likeliest after a text, and a learner's guess before it is shown.

The sliders, the die and the score are the page's: it does not know how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from sandbox.labs.base import LabWidget, Start, css, esm
from sandbox.labs.guessing import first_word, load_series, reveal
from sandbox.labs.tasks import Task

CANDIDATES = 50
THROWS = 8


class NextWordLab(LabWidget):
    """The likeliest next pieces of a text, with their log probabilities."""

    lab = "next_word"
    _esm = traitlets.Unicode(esm("distribution", "guessing", "next_word")).tag(sync=True)
    _css = traitlets.Unicode(css("next_word")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        if "title" not in start.texts:  # a page of its own, not a demo in a lesson
            self.config = {**self.config, "series": load_series(start.language)}

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer `next` with the candidates, `rest` with a piece that is not among them, `guess` with how it went."""
        if content["what"] == "guess":
            self._guess(task, content)
            return
        text = self.guarded(task, str(content["text"]))
        if text is None:
            return
        if content["what"] == "rest":
            task.end("rest", text=self._other(text, content))
            return
        found = self.client.next_tokens(text, CANDIDATES, model=content["model"])
        candidates = [{"text": one.token, "logprob": one.logprob} for one in found]
        task.end("next", candidates=candidates, masked=text != content["text"])

    def _guess(self, task: Task, content: Mapping[str, Any]) -> None:
        """Tell how likely the model's first choice, the person's word and the guess are; the guess may be empty."""
        given = load_series(self.language)[int(content["number"])]
        guess = self.guarded(task, str(content["guess"]))
        if guess is None:
            return
        words = [given["word"], *filter(None, [first_word(guess)])]
        first, person, *mine = reveal(self.client, given["text"], words, content["model"])
        task.end("guess", first=first, person=person, mine=mine[0] if mine else None)

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
