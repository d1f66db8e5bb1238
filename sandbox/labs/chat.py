"""The chat: a conversation with a chosen model, read by the guard first. The page keeps the conversation, not this.

A base model follows no instructions: it goes on with the learner's text. It does not know how anything looks.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import traitlets

from sandbox.answer import Delta
from sandbox.labs.base import TELL_SECONDS, LabWidget, css, esm
from sandbox.labs.reading import read
from sandbox.labs.tasks import Task
from sandbox.labs.words import Words

MOST_TOKENS = 400
MOST_TOKENS_ON = 120
OTHERS = 3
ALTERNATIVES = 6
WORDS_SECONDS = 0.5  # how often the words so far are told; what is stopped has its words up to then


class ChatLab(LabWidget):
    """A chat with one of the service's models."""

    lab = "chat"
    _esm = traitlets.Unicode(esm("copying", "sureness", "others", "chat")).tag(sync=True)
    _css = traitlets.Unicode(css("chat")).tag(sync=True)

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Let the guard read, then the model write: an answer, or with `what` others three more to the same text.

        With `masked` the learner has seen the masks and agreed.
        """
        safe: dict[str, str] = {}
        for field in ("system", "text"):
            result, reading = read(str(content[field]), self.language)
            if result.verdict == "block" or (result.verdict == "mask" and not content["masked"]):
                task.end("guard", field=field, **reading)
                return
            if result.findings:
                task.say("masked", **reading)
            safe[field] = result.masked
        if content["what"] == "others":
            self._others(task, content, safe)
        else:
            self._one(task, content, safe)

    def _one(self, task: Task, content: Mapping[str, Any], safe: Mapping[str, str]) -> None:
        """Tell the answer as it grows, and its words with their likelihoods if the script asked for them."""
        words, told, told_words, reason = Words(), 0.0, time.monotonic(), "stop"
        logprobs = bool(content["logprobs"])
        for delta in self._answer(content, safe, logprobs=logprobs):
            if task.stopped:
                return
            words.add(delta)
            reason = delta.finish or reason
            if time.monotonic() - told >= TELL_SECONDS:
                told = time.monotonic()
                more = {"words": words.views()} if logprobs and told - told_words >= WORDS_SECONDS else {}
                told_words = told if more else told_words
                task.say("text", text=words.text, **more)
        task.end("text", text=words.text, reason=reason, words=words.views() if logprobs else None)

    def _others(self, task: Task, content: Mapping[str, Any], safe: Mapping[str, str]) -> None:
        """Tell three answers while they grow side by side, each with a seed of its own."""
        answers = [{"text": "", "reason": ""} for _ in range(OTHERS)]
        seed = secrets.randbelow(2**31)

        def write(number: int) -> None:
            for delta in self._answer(content, safe, seed=seed + number):
                if task.stopped:
                    return
                answers[number]["text"] += delta.text
                if delta.finish or time.monotonic() - told[0] >= TELL_SECONDS:
                    told[0] = time.monotonic()
                    answers[number]["reason"] = delta.finish or ""
                    task.say("others", answers=[dict(answer) for answer in answers])

        told = [0.0]
        with ThreadPoolExecutor(OTHERS) as pool:
            list(pool.map(write, range(OTHERS)))
        task.end("others", answers=answers)

    def _answer(
        self, content: Mapping[str, Any], safe: Mapping[str, str], seed: int | None = None, logprobs: bool = False
    ) -> Iterator[Delta]:
        model, text, system = content["model"], safe["text"], safe["system"]
        if content["kind"] == "base":
            prompt = f"{system}\n\n{text}" if system else text
            number = ALTERNATIVES if logprobs else None
            return self.client.complete(prompt, model=model, max_tokens=MOST_TOKENS_ON, seed=seed, logprobs=number)
        turns = [{"role": str(turn["role"]), "content": str(turn["text"])} for turn in content["turns"]]
        first = [{"role": "system", "content": system}] if system else []
        messages = [*first, *turns, {"role": "user", "content": text}]
        more: dict[str, Any] = {"logprobs": True, "top_logprobs": ALTERNATIVES} if logprobs else {}
        return self.client.chat(messages, model=model, max_tokens=MOST_TOKENS, seed=seed, **more)
