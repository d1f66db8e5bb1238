"""Fabricate: a model goes on with a text about something that does not exist, and does so fluently.

It does not know how anything looks, nor what is true.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from sandbox.labs.base import LabWidget, esm
from sandbox.labs.tasks import Task

MOST_TOKENS, TEMPERATURE, TOP_P, SEED = 60, 0.7, 0.9, 1


class FabricateLab(LabWidget):
    """A continuation of a text, another one at each attempt, the same ones for every learner."""

    lab = "fabricate"
    _esm = traitlets.Unicode(esm("fabricate")).tag(sync=True)

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer with the text that the model writes on, up to the end of a paragraph."""
        text = self.guarded(task, str(content["text"]))
        if text is None:
            return
        settings = self.settings
        self.tell(
            task,
            self.client.complete(
                text,
                model=content["model"],
                max_tokens=settings.get("max_tokens", MOST_TOKENS),
                temperature=settings.get("temperature", TEMPERATURE),
                top_p=settings.get("top_p", TOP_P),
                top_k=0,
                seed=settings.get("seed", SEED) + int(content["attempt"]),
                stop=["\n\n"],
            ),
        )
