"""Hidden cases for a prompt of one's own, read from `data/prompt_cases/<task>.yaml`; the task is the prompt lab's.

It does not know models, pages, or how a rule scores an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.errors import ContentError
from course.fields import Fields, Text, load_yaml
from course.locale import LANGUAGES
from sandbox.labs.prompt_tasks import PLACES, Case, Prompt, PromptTask, load_prompt_tasks, read_case, read_prompt

DATA = Path(__file__).parent / "data" / "prompt_cases"
TASKS = ("deadline", "route")
STEPS = ("poor", "better", "good")
COUNT = 10
OPEN = 3


@dataclass(frozen=True)
class HiddenCases:
    """A task with the cases nobody sees, the model they are counted on, its measured prompts by step, and hints."""

    task: PromptTask
    model: str
    prompts: Mapping[str, Prompt]
    hints: tuple[Text, ...]
    cases: tuple[Case, ...]

    @property
    def open(self) -> tuple[Case, ...]:
        """The cases that are shown with their answers."""
        return self.task.cases[:OPEN]

    def examples(self, language: str) -> str:
        """Return the examples that the good prompt has, as they stand in it."""
        return self.task.composed(PLACES["examples"][0], range(self.prompts["good"].examples), _nothing(), language)

    def written(self, step: str, language: str) -> str:
        """Return a measured prompt as a learner would write it: its examples in it, and the case's place left."""
        prompt, place = self.prompts[step], PLACES["case"][LANGUAGES.index(language)]
        return self.task.composed(prompt.text[language], range(prompt.examples), Case({language: place}, {}), language)


@lru_cache
def load_hidden_cases(name: str, folder: Path = DATA) -> HiddenCases:
    """Return a task's hidden cases; raises ContentError that names file and field."""
    if name not in TASKS:
        raise ContentError(f"prompt_cases has no task {name!r}; there are {', '.join(TASKS)}.")
    return _hidden(Fields(load_yaml(folder / f"{name}.yaml"), f"{name}.yaml"), name)


def _hidden(fields: Fields, name: str) -> HiddenCases:
    fields.schema(1)
    if fields.id("task") != name:
        raise fields.fail("task", f"must be {name!r}, as the file is called.")
    task, model = load_prompt_tasks()[name], fields.string("model")
    steps = Fields(fields.any("prompts"), f"{fields.where}, prompts")
    prompts = {step: read_prompt(Fields(steps.any(step), f"{steps.where}, {step}")) for step in STEPS}
    steps.done()
    hints = []
    for child in fields.children("hints"):
        hints.append(child.text("text"))
        child.done()
    cases = tuple(read_case(child, True) for child in fields.children("cases"))
    fields.done()
    _check(fields, task, hints, cases)
    return HiddenCases(task, model, prompts, tuple(hints), cases)


def _check(fields: Fields, task: PromptTask, hints: list[Text], cases: tuple[Case, ...]) -> None:
    """Raise ContentError where cases are too few, known from elsewhere, or without an answer the rule could take."""
    if len(hints) != len(STEPS):
        raise fields.fail("hints", f"must be {len(STEPS)}, not {len(hints)}.")
    if len(cases) != COUNT:
        raise fields.fail("cases", f"must be {COUNT}, not {len(cases)}.")
    for language in LANGUAGES:
        texts = [case.text[language] for case in cases]
        known = {case.text[language] for case in (*task.cases, *task.examples)}
        if double := [text for text in texts if text in known or texts.count(text) > 1]:
            raise fields.fail("cases", f"is not hidden, or stands twice: {double[0]!r}.")
        labels = {label[language] for label in task.rule.labels}
        for case in cases:
            answer = case.answer[language]
            if answer not in labels if labels else answer not in case.text[language]:
                raise fields.fail("cases", f"has an answer that is not possible: {answer!r}.")


def _nothing() -> Case:
    return Case(dict.fromkeys(LANGUAGES, ""), {})
