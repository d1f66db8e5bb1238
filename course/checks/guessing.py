"""Can a key be guessed from form alone: from its length, its place, or its absolute words?

Each strategy of a guesser is tried on every single and multiple choice of the course; it must hit as chance does.
It does not read what the options say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from course.checks.chance import interval
from course.checks.content import Content
from course.checks.fault import Check, Fault
from course.locale import LANGUAGES

PLACES = 5
ABSOLUTE = {
    "da": re.compile(r"\b(?:altid|aldrig|alle|alt|ingen|intet|enhver|umulig\w*|fuldstændig\w*|helt sikkert)\b", re.I),
    "en": re.compile(r"\b(?:always|never|all|every|everything|none|nothing|no one|impossible|completely)\b", re.I),
}
ABOUT_THE_OTHERS = {
    "da": re.compile(
        r"\b(?:alle|ingen|begge) (?:af )?(?:de )?(?:ovenstående|ovennævnte|andre svar|svarene|svar\b)", re.I
    ),
    "en": re.compile(
        r"\b(?:all|none|both|neither|any) of the (?:above|other (?:answers|options)|answers|options)\b", re.I
    ),
}


@dataclass(frozen=True)
class Question:
    """A choice as a guesser sees it: the texts of its options in one language, and which of them are keys."""

    where: str
    options: tuple[str, ...]
    keys: frozenset[int]

    def chance(self, candidates: int) -> float:
        """Return the chance that all keys lie among so many of the options."""
        return comb(candidates, len(self.keys)) / comb(len(self.options), len(self.keys))


@dataclass(frozen=True)
class Row:
    """What a strategy gives: hits in so many tries, and the hits that chance gives at the least and at the most."""

    name: str
    language: str
    hits: int
    tries: int
    expected: float
    least: int
    most: int

    @property
    def by_chance(self) -> bool:
        """Whether the hits are what chance gives."""
        return self.least <= self.hits <= self.most


Guess = Callable[[Question, str], tuple[bool, float] | None]
"""A strategy: whether it hits a question and the chance of that, or None where it has nothing to say."""


def questions(content: Content, language: str, counted_only: bool = False) -> list[Question]:
    """Return the single and multiple choices of the modules and the forms; `counted_only` leaves practice out."""
    found = []
    for where, item in content.items():
        if item.get("kind") in ("single", "multiple") and not (counted_only and item.get("use") == "practice"):
            found.append(_question(where, item, language))
    return found


def _question(where: str, item: Mapping[str, Any], language: str) -> Question:
    options = item["options"]
    keys = item["key"] if isinstance(item["key"], list) else [item["key"]]
    marked = frozenset(place for place, option in enumerate(options) if option["id"] in keys)
    return Question(where, tuple(" ".join(option["text"][language].split()) for option in options), marked)


def _first(best: Callable[[Sequence[int]], int]) -> Guess:
    def guess(question: Question, language: str) -> tuple[bool, float] | None:
        lengths = [len(option) for option in question.options]
        return lengths.index(best(lengths)) in question.keys, len(question.keys) / len(lengths)

    return guess


def _place(place: int) -> Guess:
    def guess(question: Question, language: str) -> tuple[bool, float] | None:
        if place >= len(question.options):
            return None
        return place in question.keys, len(question.keys) / len(question.options)

    return guess


def _no_absolutes(question: Question, language: str) -> tuple[bool, float] | None:
    absolute = {place for place, option in enumerate(question.options) if ABSOLUTE[language].search(option)}
    if not absolute or len(absolute) > len(question.options) - len(question.keys):
        return None
    return not absolute & question.keys, question.chance(len(question.options) - len(absolute))


STRATEGIES: dict[str, Guess] = {
    "the longest option": _first(max),
    "the shortest option": _first(min),
    **{f"option number {place + 1}": _place(place) for place in range(PLACES)},
    "none with an absolute word": _no_absolutes,
}


def rows(content: Content, counted_only: bool = False) -> list[Row]:
    """Return what each strategy gives in each language."""
    found = []
    for language in LANGUAGES:
        asked = questions(content, language, counted_only)
        for name, guess in STRATEGIES.items():
            if name.startswith("option number") and language != LANGUAGES[0]:
                continue  # the options stand in the same order
            tries = [outcome for question in asked if (outcome := guess(question, language))]
            chances = [chance for _, chance in tries]
            hits = sum(hit for hit, _ in tries)
            found.append(Row(name, language, hits, len(tries), sum(chances), *interval(chances)))
    return found


def faults(content: Content) -> Iterator[Fault]:
    """Yield the strategies that beat chance, or are beaten by it, and options that speak of the other options."""
    for row in rows(content):
        if not row.by_chance:
            yield Fault(
                f"the course, {row.language}",
                f"choosing {row.name} is right in {row.hits} of {row.tries}; chance gives {row.least} to {row.most}.",
            )
    for language in LANGUAGES:
        for question in questions(content, language):
            for option in question.options:
                if ABOUT_THE_OTHERS[language].search(option):
                    yield Fault(question.where, f"the option {option!r} speaks of the other options.")


def report(content: Content) -> str:
    """Return a table of what each strategy gives."""
    lines = ["choosing … | language | all: hits, by chance | without practice: hits, by chance"]
    for row, counted in zip(rows(content), rows(content, counted_only=True), strict=True):
        lines.append(f"{row.name} | {row.language} | {_cell(row)} | {_cell(counted)}")
    return "\n".join(lines)


def _cell(row: Row) -> str:
    mark = "" if row.by_chance else " (!)"
    return f"{row.hits} of {row.tries}, {row.expected:.1f} ({row.least}–{row.most}){mark}"


CHECK = Check("guessing", "Can a key be guessed from form?", faults, report)
