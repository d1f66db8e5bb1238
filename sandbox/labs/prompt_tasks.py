"""The prompt lab's tasks, read from `data/prompt_lab/<task>.yaml`: small cases, examples, two prompts, and a rule.

It does not know models, pages, or how a rule scores an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.fields import Fields, Text, load_yaml

DATA = Path(__file__).parent / "data" / "prompt_lab"
TASKS = ("deadline", "route", "source", "four", "subject")
RULES = ("date", "label", "source", "vote")
SIDES = ("a", "b")
EXAMPLES = 4
# what stands for the case and for the examples in a prompt, in the order of LANGUAGES; either works on either page
PLACES = {"case": ("{sag}", "{case}"), "examples": ("{eksempler}", "{examples}")}
ANSWER_PLACES = ("{svar}", "{answer}")


@dataclass(frozen=True)
class Case:
    """A small case and its right answer ("" where the learner votes); `missing`: the source does not have it."""

    text: Text
    answer: Text
    missing: bool = False


@dataclass(frozen=True)
class Rule:
    """How answers are scored: the kind, in words, the labels to choose among, and how "it does not say" may read."""

    kind: str
    words: Text
    labels: tuple[Text, ...]
    missing: Text


@dataclass(frozen=True)
class Prompt:
    """A prompt to begin with, and how many of the examples it uses."""

    text: Text
    examples: int


@dataclass(frozen=True)
class PromptTask:
    """One task: its cases, the examples that can be shown to the model, and the prompts to begin with, by side."""

    id: str
    title: Text
    about: Text
    rule: Rule
    shape: Text
    prompts: Mapping[str, Prompt]
    examples: tuple[Case, ...]
    cases: tuple[Case, ...]

    def composed(self, text: str, chosen: Sequence[int], case: Case, language: str) -> str:
        """Return what the model reads: the prompt with the chosen examples and the case in their places.

        Examples go in front where the prompt has no place for them; with none chosen their place is closed.
        """
        shown = "\n\n".join(self._shown(self.examples[number], language) for number in chosen)
        for place in PLACES["examples"]:
            if not shown:
                text = re.sub(re.escape(place) + r"\n*", "", text)
            elif place in text:
                text, shown = text.replace(place, shown, 1), ""
        text = f"{shown}\n\n{text}" if shown else text
        for place in PLACES["case"]:
            text = text.replace(place, case.text[language])
        return text.rstrip(" ")

    def _shown(self, example: Case, language: str) -> str:
        text = self.shape[language]
        for place in PLACES["case"]:
            text = text.replace(place, example.text[language])
        for place in ANSWER_PLACES:
            text = text.replace(place, example.answer[language])
        return text


@lru_cache
def load_prompt_tasks(folder: Path = DATA) -> dict[str, PromptTask]:
    """Return the tasks by id, in the page's order; raises ContentError that names file and field."""
    return {name: _task(Fields(load_yaml(folder / f"{name}.yaml"), f"{name}.yaml"), name) for name in TASKS}


def _task(fields: Fields, name: str) -> PromptTask:
    fields.schema(1)
    if fields.id() != name:
        raise fields.fail("id", f"must be {name!r}, as the file is called.")
    rule = _rule(Fields(fields.any("rule"), f"{fields.where}, rule"))
    prompts = Fields(fields.any("prompts"), f"{fields.where}, prompts")
    by_side = {side: read_prompt(Fields(prompts.any(side), f"{prompts.where}, {side}")) for side in SIDES}
    prompts.done()
    examples = tuple(read_case(child, True) for child in fields.children("examples"))
    if len(examples) != EXAMPLES:
        raise fields.fail("examples", f"must be {EXAMPLES}, not {len(examples)}.")
    cases = tuple(read_case(child, rule.kind != "vote") for child in fields.children("cases"))
    texts = fields.text("title"), fields.text("about")
    task = PromptTask(name, *texts, rule, fields.text("shape"), by_side, examples, cases)
    fields.done()
    return task


def _rule(fields: Fields) -> Rule:
    kind, words = fields.choice("kind", RULES), fields.text("words")
    labels: tuple[Text, ...] = ()
    missing: Text = {}
    if kind == "label":
        named = Fields(fields.any("labels"), f"{fields.where}, labels")
        labels = tuple(named.text(str(name)) for name in fields.any("labels"))
    if kind == "source":
        missing = fields.text("missing")
    fields.done()
    return Rule(kind, words, labels, missing)


def read_prompt(fields: Fields) -> Prompt:
    """Return the prompt in an author's mapping; it must have a place for the case in every language."""
    raw = fields.any("text")  # as it is: a prompt's last line break is part of it
    fields.text("text")
    prompt = Prompt(dict(raw), fields.integer("examples"))
    for language, text in prompt.text.items():
        if not any(place in text for place in PLACES["case"]):
            raise fields.fail("text", f"has no place for the case in {language!r}.")
    if prompt.examples > EXAMPLES:
        raise fields.fail("examples", f"is {prompt.examples}; there are {EXAMPLES}.")
    fields.done()
    return prompt


def read_case(fields: Fields, answered: bool) -> Case:
    """Return the case in an author's mapping; `answered`: with its right answer."""
    text = fields.text("case")
    answer = fields.text("answer") if answered else {}
    case = Case(text, answer, fields.boolean("missing", False))
    fields.done()
    return case
