"""A prompt of one's own on ten hidden cases: how many it gets right, and what kinds of misses there were.

The model is the one that the task was measured on, at temperature 0. The hidden cases, and what the model wrote about
them, never reach the browser. A result is feedback: it is kept nowhere, and gives no points. It does not know how
anything looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import traitlets

from course.locale import LANGUAGES
from sandbox.labs.base import LabWidget, Start, css, esm
from sandbox.labs.prompt_answers import SAMPLING, first_line
from sandbox.labs.prompt_cases_data import HiddenCases, load_hidden_cases
from sandbox.labs.prompt_rules import Mark, score
from sandbox.labs.prompt_tasks import PLACES, Case
from sandbox.labs.tasks import Task


class PromptCasesLab(LabWidget):
    """One task (`settings["task"]`); the page begins with `texts["prompt"]`, or with the task's poor prompt."""

    lab = "prompt_cases"
    _esm = traitlets.Unicode(esm("prompt_attempts", "prompt_cases")).tag(sync=True)
    _css = traitlets.Unicode(css("prompt_lab", "prompt_cases")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        self._hidden = load_hidden_cases(str(start.settings.get("task")))
        view = _view(self._hidden, start.language)
        first = {"prompt": start.texts.get("prompt") or self._hidden.written("poor", start.language)}
        super().__init__(replace(start, texts={**start.texts, **first}, settings={**start.settings, **view}))

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Try `content["prompt"]` on the open cases (`what` is "open"), or count it on the hidden ones ("hidden")."""
        text = self.guarded(task, str(content["prompt"]))
        if text is None:
            return
        if content["what"] == "open":
            self._try_open(task, text)
        else:
            self._count_hidden(task, text)

    def _try_open(self, task: Task, text: str) -> None:
        answers: list[dict[str, Any]] = []
        for case in self._hidden.open:
            found = self._one(task, text, case)
            if found is None:
                return
            answers.append({"text": found[0], "right": found[1].right, "why": found[1].why})
            task.say("open", answers=list(answers))
        task.end("open", answers=answers)

    def _count_hidden(self, task: Task, text: str) -> None:
        """Say after each case how many are done and how many of them right; at the end also the misses by kind."""
        whys: Counter[str] = Counter()
        right = 0
        for done, case in enumerate(self._hidden.cases):
            task.say("count", done=done, right=right)
            found = self._one(task, text, case)
            if found is None:
                return
            right += found[1].right
            whys.update([] if found[1].right else [found[1].why])
        misses = [{"why": why, "times": times} for why, times in whys.most_common()]
        task.end("count", done=len(self._hidden.cases), right=right, misses=misses)

    def _one(self, task: Task, text: str, case: Case) -> tuple[str, Mark] | None:
        """Return an answer and its mark; None when the task was stopped."""
        prompt = self._hidden.task.composed(text, [], case, self.language)
        answer = first_line(task, self.client.complete(prompt, model=self._hidden.model, **SAMPLING))
        return None if answer is None else (answer, score(self._hidden.task.rule, case, answer, self.language))


def _view(hidden: HiddenCases, language: str) -> dict[str, Any]:
    """What the browser shows of a task, in the page's language: nothing of the hidden cases but their number."""
    return {
        "about": hidden.task.about[language],
        "rule": hidden.task.rule.words[language],
        "kind": hidden.task.rule.kind,
        "model": hidden.model,
        "count": len(hidden.cases),
        "place": PLACES["case"][LANGUAGES.index(language)],
        "open": [{"text": case.text[language], "answer": case.answer[language]} for case in hidden.open],
        "examples": hidden.examples(language),
        "hints": [hint[language] for hint in hidden.hints],
    }
