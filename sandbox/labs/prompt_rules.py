"""Scores an answer in the prompt lab by the task's fixed rule: a label, a date, or nothing from outside the source.

Pure functions of texts. It knows no model, and no page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.labs.prompt_tasks import Case, Rule

NUMBERS = re.compile(r"\d+")
RIGHT, OTHER, SEVERAL, NONE, OUTSIDE, SILENT = "right", "other", "several", "none", "outside", "silent"
WHYS = (RIGHT, OTHER, SEVERAL, NONE, OUTSIDE, SILENT)


@dataclass(frozen=True)
class Mark:
    """Whether an answer is right, and why (one of WHYS)."""

    right: bool
    why: str


def score(rule: Rule, case: Case, answer: str, language: str) -> Mark:
    """Return the mark of an answer by the task's rule; a task that is voted on has none and raises ValueError."""
    if rule.kind == "label":
        why = _label([label[language] for label in rule.labels], case.answer[language], answer)
    elif rule.kind == "date":
        why = _exact(case.answer[language], answer)
    elif rule.kind == "source":
        why = _source(rule.missing[language], case, answer, language)
    else:
        raise ValueError(f"A task with the rule {rule.kind!r} is voted on, not scored.")
    return Mark(why == RIGHT, why)


def _label(labels: list[str], expected: str, answer: str) -> str:
    """The right label as a word of its own, and none of the others."""
    named = {label for label in labels if _has(label, answer)}
    if not named:
        return NONE
    if named == {expected}:
        return RIGHT
    return SEVERAL if expected in named else OTHER


def _exact(expected: str, answer: str) -> str:
    """The date, and no number that is not part of it."""
    if not _has(expected, answer):
        return OTHER if NUMBERS.search(answer) else NONE
    return OUTSIDE if _numbers(answer) != _numbers(expected) else RIGHT


def _source(missing: str, case: Case, answer: str, language: str) -> str:
    """The words from the text and no number from outside it; or, where it has no answer, a sentence that says so."""
    says_missing = re.search(missing, answer, re.IGNORECASE) is not None
    if case.missing:
        return RIGHT if says_missing else SILENT
    if says_missing or not _has(case.answer[language], answer):
        return OTHER
    return RIGHT if _numbers(answer) <= _numbers(case.text[language]) else OUTSIDE


def _has(words: str, answer: str) -> bool:
    """Whether the words stand in the answer as whole words, whatever the capitals; "1. marts" also as "1 marts"."""
    pattern = r"\.?\s+".join(re.escape(word.rstrip(".")) for word in words.split())
    return re.search(rf"(?<!\w){pattern}(?!\w)", answer, re.IGNORECASE) is not None


def _numbers(text: str) -> set[str]:
    return set(NUMBERS.findall(text))
