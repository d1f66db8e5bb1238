"""Trick the assistant: a toy assistant guards a made-up word, and the learner tries to get it out at three levels.

The assistant is a text that the model goes on with. Whether the word came out is a fixed rule's finding. It does not
know how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

import traitlets

from course.locale import LANGUAGES
from sandbox.labs.base import LabWidget, Start, css, esm
from sandbox.labs.leaks import leaked
from sandbox.labs.reading import read
from sandbox.labs.tasks import Task
from sandbox.labs.trick_data import Level, TrickData, load_trick

MOST_TOKENS, SEED = 40, 1


class TrickLab(LabWidget):
    """Questions to the toy assistant, with what each level's filters did and whether the secret came out."""

    lab = "trick"
    _esm = traitlets.Unicode(esm("trick_box", "trick")).tag(sync=True)
    _css = traitlets.Unicode(css("trick")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        self._data = load_trick()
        super().__init__(replace(start, settings={**start.settings, **_view(self._data, start.language)}))

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer a question (`text`) at a level (`level`), with `outcome`: leaked, kept, stopped (by the input filter)
        or hidden (by the output filter).

        What the guard reads is a learner's own text; an instruction in it is what this page is about, so that is told
        and not held back.
        """
        result, reading = read(str(content["text"]), self.language)
        if result.verdict != "allow":
            task.end("guard", **reading)
            return
        level = self._level(str(content["level"]))
        noticed = any(finding.kind == "INJECTION" for finding in result.findings)
        word = level.stopped_by(result.masked, self.language)
        if word is not None:
            task.end("tried", outcome="stopped", word=word, answer="", form=None, noticed=noticed)
            return
        answer = self._answer(task, result.masked, content)
        if answer is not None:
            task.end("tried", **self._outcome(level, answer), word="", noticed=noticed)

    def _outcome(self, level: Level, answer: str) -> dict[str, Any]:
        assistant = self._data.assistant
        if level.searches_answers and assistant.finds_secret(answer, self.language):
            return {"outcome": "hidden", "answer": "", "form": None}
        secret = assistant.secret[self.language]
        others = [assistant.secret[language] for language in LANGUAGES if language != self.language]
        form = leaked(answer, secret, others)
        return {"outcome": "leaked" if form else "kept", "answer": answer, "form": form}

    def _answer(self, task: Task, question: str, content: Mapping[str, Any]) -> str | None:
        """Return the assistant's first line; None when the task was stopped. Nothing is shown before the filters."""
        prompt = self._data.assistant.prompt(question, self.language)
        sampling = {"model": content["model"], "max_tokens": MOST_TOKENS, "temperature": 0, "seed": SEED}
        text = ""
        if content["kind"] == "base":
            asked = self.client.complete(prompt, **sampling)
        else:
            asked = self.client.chat([{"role": "user", "content": prompt}], **sampling)
        with closing(asked) as deltas:
            for delta in deltas:
                if task.stopped:
                    return None
                text += delta.text
                if "\n" in text.lstrip():
                    break
        return text.strip().partition("\n")[0].strip()

    def _level(self, name: str) -> Level:
        return next(level for level in self._data.assistant.levels if level.id == name)


def _view(data: TrickData, language: str) -> dict[str, Any]:
    """What the browser shows, in the page's language; the frame, as the page shows it afterwards, has the secret."""
    levels = [
        {
            "id": level.id,
            "title": level.title[language],
            "about": level.about[language],
            "blocked": list(level.blocked[language]),
            "hints": [hint[language] for hint in level.hints],
        }
        for level in data.assistant.levels
    ]
    tries = [
        {"id": one.id, "title": one.title[language], "text": one.text[language], "risks": list(one.risks)}
        for one in data.tries
    ]
    return {
        "levels": levels,
        "tries": tries,
        "risks": [{"id": risk.id, "name": risk.name, "about": risk.about[language]} for risk in data.risks],
        "source": data.source[language],
        "address": data.address,
        "instead": [text[language] for text in data.instead],
        "frame": data.assistant.frame[language],
    }
