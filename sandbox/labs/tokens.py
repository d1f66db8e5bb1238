"""Tokens: how a model cuts a text, in Danish and in English side by side.

It does not know how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from sandbox.labs.base import LabWidget, esm
from sandbox.labs.tasks import Task


class TokensLab(LabWidget):
    """The pieces of two texts, as a model's own tokenizer makes them."""

    lab = "tokens"
    _esm = traitlets.Unicode(esm("tokens")).tag(sync=True)

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer with each text's tokens: number and text."""
        sides, masked = [], False
        for place, original in enumerate(content["texts"]):
            text = self.guarded(task, str(original), side=place)
            if text is None:
                return
            masked |= text != original
            tokens = self.client.tokenize(text, model=content["model"]) if text.strip() else []
            sides.append([{"id": token.id, "text": token.text} for token in tokens])
        task.end("tokens", sides=sides, masked=masked)
