"""Ask ten: the same question asked again and again, each time with another seed.

It does not know how anything looks, nor which answer is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from sandbox.labs.base import LabWidget, Start, esm
from sandbox.labs.tasks import Task

COUNT, MOST_TOKENS, TOP_P, SEED = 10, 24, 0.95, 1
PLACE = "{question}"


class AskTenLab(LabWidget):
    """Many answers to one question. `texts["frame"]` is what the question stands in; it holds `{question}`."""

    lab = "ask_ten"
    _esm = traitlets.Unicode(esm("ask_ten")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        self._frame = start.texts.get("frame") or PLACE
        super().__init__(start)

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer with the list of answers so far, after each one."""
        question = self.guarded(task, str(content["question"]), field="question")
        opening = self.guarded(task, str(content["opening"]), field="opening") if question is not None else None
        if question is None or opening is None:
            return
        prompt = f"{self._frame.replace(PLACE, question.strip())} {opening}".rstrip()
        answers: list[str] = []
        for number in range(self.settings.get("count", COUNT)):
            answer = self._one(task, prompt, number, content)
            if answer is None:
                return
            answers.append(f"{opening} {answer}".strip() if opening and answer[:1].isalnum() else opening + answer)
            task.say("answers", answers=list(answers))
        task.end("answers", answers=answers)

    def _one(self, task: Task, prompt: str, number: int, content: Mapping[str, Any]) -> str | None:
        """Return one answer's first line; None when the task was stopped."""
        answer, finish = "", None
        deltas = self.client.complete(
            prompt,
            model=content["model"],
            temperature=float(content["temperature"]),
            max_tokens=self.settings.get("max_tokens", MOST_TOKENS),
            top_p=self.settings.get("top_p", TOP_P),
            top_k=0,
            seed=self.settings.get("seed", SEED) + number,
            stop=["\n"],
        )
        for delta in deltas:
            if task.stopped:
                return None
            answer, finish = answer + delta.text, delta.finish or finish
        return answer.strip() + (" …" if finish == "length" else "")
