"""What a model is asked about passages, and what can be checked by rule in its answer.

The rule compares numbers and words. It does not know whether an answer is right, nor how a model is reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.documents.guides import Passage, sentences
from sandbox.documents.search import Found
from sandbox.documents.words import Cutter

IN_PROMPT = 1
"""So many passages go to the model: one, so that a small model answers within seconds and has little to mix up."""
SAMPLING: dict[str, Any] = {"temperature": 0, "max_tokens": 60, "seed": 1, "stop": ["\n"]}
"""How a model is asked: its likeliest answer, one line."""
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
REFERENCE = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Check:
    """What a rule sees in an answer: its numbers that no source has, and the source's sentence most like it."""

    numbers: tuple[str, ...]
    strange: tuple[str, ...]
    place: int
    sentence: str


def sources(found: Sequence[Found], frame: str) -> str:
    """Return the passages that go to the model, each in `frame` with its {number} and {text}."""
    kept = enumerate(found[:IN_PROMPT], 1)
    return "\n".join(frame.replace("{number}", str(number)).replace("{text}", one.passage.text) for number, one in kept)


def check(answer: str, passages: Sequence[Passage], cutter: Cutter) -> Check:
    """Compare an answer with the passages it was made from; `place` is a passage's position, from 0."""
    bare = REFERENCE.sub("", answer)
    numbers = tuple(dict.fromkeys(NUMBER.findall(bare)))
    known = {number for passage in passages for number in NUMBER.findall(passage.text)}
    place, sentence = nearest(bare, passages, cutter)
    return Check(numbers, tuple(number for number in numbers if number not in known), place, sentence)


def nearest(text: str, passages: Sequence[Passage], cutter: Cutter) -> tuple[int, str]:
    """Return the sentence that shares most terms with a text, and its passage's position; else the first."""
    wanted = set(cutter.terms(text))
    every = [(place, sentence) for place, passage in enumerate(passages) for sentence in sentences(passage.text)]
    return max(every, key=lambda pair: len(wanted & set(cutter.terms(pair[1]))))
