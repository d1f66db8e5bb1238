"""Tokens: how a model cuts texts, Danish and English side by side, and what it writes when asked to count letters.

It does not know how anything looks, nor what tokens cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from sandbox.labs.base import LabWidget, css, esm, own_texts
from sandbox.labs.tasks import Task

PLACE = "{word}"
WORD_SIDE = 2  # the place of the learner's word among the texts
COUNT_TOKENS = 8


class TokensLab(LabWidget):
    """The pieces of texts, as a model's own tokenizer makes them."""

    lab = "tokens"
    _esm = traitlets.Unicode(esm("letters", "tokens")).tag(sync=True)
    _css = traitlets.Unicode(css("tokens")).tag(sync=True)

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer with each text's tokens, number and text; or with `what` count, how many letters the model writes."""
        if content.get("what") == "count":
            self._count(task, content)
            return
        sides, masked = [], False
        for place, original in enumerate(content["texts"]):
            text = self.guarded(task, str(original), side=place)
            if text is None:
                return
            masked |= text != original
            tokens = self.client.tokenize(text, model=content["model"]) if text.strip() else []
            sides.append([{"id": token.id, "text": token.text} for token in tokens])
        task.end("tokens", sides=sides, masked=masked)

    def _count(self, task: Task, content: Mapping[str, Any]) -> None:
        """Let the model go on with examples that count letters; it always takes the likeliest token."""
        word = self.guarded(task, str(content["word"]), side=WORD_SIDE)
        if word is None:
            return
        prompt = own_texts(self.lab, self.language)["tokens.letters.frame"].replace(PLACE, word)
        deltas = self.client.complete(
            prompt, model=content["model"], temperature=0, max_tokens=COUNT_TOKENS, stop=["\n"]
        )
        task.end("count", word=word, text="".join(delta.text for delta in deltas).strip())
