"""The prompt lab: two prompts against the same small cases, each answer scored by the task's fixed rule.

Temperature 0 and a fixed seed: the same prompts give the same answers. Votes stay in the browser. It does not know how
anything looks.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import traitlets

from course.locale import LANGUAGES
from sandbox.answer import Delta
from sandbox.labs.base import LabWidget, Start, css, esm
from sandbox.labs.prompt_answers import SAMPLING, first_line
from sandbox.labs.prompt_rules import score
from sandbox.labs.prompt_tasks import PLACES, SIDES, Case, PromptTask, load_prompt_tasks
from sandbox.labs.tasks import Task


class PromptLab(LabWidget):
    """Answers to each case from prompt A and prompt B, in turn, with a mark each."""

    lab = "prompt_lab"
    _esm = traitlets.Unicode(esm("prompt_vote", "prompt_table", "prompt_lab")).tag(sync=True)
    _css = traitlets.Unicode(css("prompt_lab")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        self._tasks = load_prompt_tasks()
        views = [_view(task, start.language) for task in self._tasks.values()]
        places = {name: by_language[LANGUAGES.index(start.language)] for name, by_language in PLACES.items()}
        super().__init__(replace(start, settings={**start.settings, "tasks": views, "places": places}))

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer with the answers so far after each one, and with what is being written meanwhile.

        `content`: `cases` (a task's id), `prompts` (`text` and `examples`, for A and B), `count`, `model`, `kind`.
        """
        chosen = self._tasks[str(content["cases"])]
        prompts = self._guarded_prompts(task, content["prompts"])
        if prompts is None:
            return
        answers: list[dict[str, Any]] = []
        for number, case in enumerate(chosen.cases[: int(content["count"])]):
            for side, (text, examples) in zip(SIDES, prompts, strict=True):
                task.say("answers", answers=list(answers), now={"case": number, "side": side})
                prompt = chosen.composed(text, examples, case, self.language)
                answer = first_line(task, self._answer(prompt, content))
                if answer is None:
                    return
                answers.append({"case": number, "side": side, "text": answer, **self._mark(chosen, case, answer)})
        task.end("answers", answers=answers)

    def _guarded_prompts(self, task: Task, prompts: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[int]]] | None:
        """Each prompt as the model may read it, with its examples; None when the guard holds one back."""
        safe = []
        for side, prompt in zip(SIDES, prompts, strict=True):
            text = self.guarded(task, str(prompt["text"]), field=side)
            if text is None:
                return None
            safe.append((text, [int(number) for number in prompt["examples"]]))
        return safe

    def _answer(self, prompt: str, content: Mapping[str, Any]) -> Generator[Delta, None, None]:
        if content["kind"] == "base":
            return self.client.complete(prompt, model=content["model"], **SAMPLING)
        return self.client.chat([{"role": "user", "content": prompt.strip()}], model=content["model"], **SAMPLING)

    def _mark(self, chosen: PromptTask, case: Case, answer: str) -> dict[str, Any]:
        if chosen.rule.kind == "vote":
            return {}
        mark = score(chosen.rule, case, answer, self.language)
        return {"right": mark.right, "why": mark.why}


def _view(task: PromptTask, language: str) -> dict[str, Any]:
    """What the browser shows of a task, in the page's language."""
    return {
        "id": task.id,
        "title": task.title[language],
        "about": task.about[language],
        "rule": task.rule.words[language],
        "voted": task.rule.kind == "vote",
        "prompts": [
            {"text": task.prompts[side].text[language], "examples": task.prompts[side].examples} for side in SIDES
        ],
        "examples": [{"text": one.text[language], "answer": one.answer[language]} for one in task.examples],
        "cases": [{"text": one.text[language], "answer": one.answer.get(language, "")} for one in task.cases],
    }
