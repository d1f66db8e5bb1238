"""What the trick lab needs, read from `data/trick/*.yaml`: the toy assistant, its levels, ready-made tries, and risks.

The secret is made up. It does not know models or pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.fields import Fields, Text, load_yaml, unique

DATA = Path(__file__).parent / "data" / "trick"
PLACE = "{tekst}"


@dataclass(frozen=True)
class Level:
    """How the assistant is protected: words that stop a question, whether answers are searched, and hints in steps."""

    id: str
    title: Text
    about: Text
    blocked: dict[str, tuple[str, ...]]
    searches_answers: bool
    hints: tuple[Text, ...]

    def stopped_by(self, question: str, language: str) -> str | None:
        """Return the first blocked word in a question, also as a part of a longer word; None if there is none."""
        folded = question.casefold()
        return next((word for word in self.blocked[language] if word.casefold() in folded), None)


@dataclass(frozen=True)
class Try:
    """A ready-made try: what kind it is, what it says, and the risks in the list that it belongs to."""

    id: str
    title: Text
    text: Text
    risks: tuple[str, ...]


@dataclass(frozen=True)
class Risk:
    """A risk in OWASP's list: its number, its English name, and what it means here."""

    id: str
    name: str
    about: Text


@dataclass(frozen=True)
class Assistant:
    """The toy assistant: its secret in each language, and the text that frames a question, with PLACE in it."""

    secret: Text
    searched_for: Text
    frame: Text
    levels: tuple[Level, ...]

    def prompt(self, question: str, language: str) -> str:
        """Return what the model goes on with."""
        return self.frame[language].replace(PLACE, question.strip())

    def finds_secret(self, answer: str, language: str) -> bool:
        """Say whether the output filter stops an answer: it looks for the word as typed, capitals too."""
        return self.searched_for[language] in answer


@dataclass(frozen=True)
class TrickData:
    """All of it. `source` says which edition of the list the risks are from, and when that was looked up."""

    assistant: Assistant
    tries: tuple[Try, ...]
    risks: tuple[Risk, ...]
    source: Text
    address: str
    instead: tuple[Text, ...]


@dataclass(frozen=True)
class _File:
    name: str

    def fields(self) -> Fields:
        return Fields(load_yaml(DATA / self.name), self.name)


@lru_cache
def load_trick() -> TrickData:
    """Return the lab's data; raises ContentError that names file and field."""
    risks = _File("risks.yaml").fields()
    risks.schema(1)
    listed = tuple(_risk(child) for child in risks.children("risks"))
    source, address = risks.text("source"), risks.string("address")
    instead = tuple(child.text("text") for child in risks.children("instead"))
    risks.done()
    tries = _tries({risk.id for risk in listed})
    return TrickData(_assistant(), tries, listed, source, address, instead)


def _assistant() -> Assistant:
    fields = _File("assistant.yaml").fields()
    fields.schema(1)
    texts = fields.text("secret"), fields.text("searched_for"), fields.text("frame")
    for language, frame in texts[2].items():
        if frame.count(PLACE) != 1:
            raise fields.fail("frame", f"must have {PLACE} once in {language!r}.")
    levels = tuple(_level(child) for child in fields.children("levels"))
    unique([level.id for level in levels], fields.where, "level")
    fields.done()
    return Assistant(*texts, levels)


def _level(fields: Fields) -> Level:
    blocked = fields.any("blocked", {"da": [], "en": []})
    words = {language: tuple(str(word) for word in blocked[language]) for language in ("da", "en")}
    hints = tuple(child.text("text") for child in fields.children("hints"))
    level = Level(
        fields.id(), fields.text("title"), fields.text("about"), words, fields.boolean("searches_answers", False), hints
    )
    fields.done()
    return level


def _tries(known: set[str]) -> tuple[Try, ...]:
    fields = _File("tries.yaml").fields()
    fields.schema(1)
    tries = []
    for child in fields.children("tries"):
        risks = tuple(str(risk) for risk in child.sequence("risks"))
        if lost := set(risks) - known:
            raise child.fail("risks", f"names {sorted(lost)[0]!r}, which risks.yaml does not have.")
        tries.append(Try(child.id(), child.text("title"), child.text("text"), risks))
        child.done()
    fields.done()
    unique([one.id for one in tries], fields.where, "try")
    return tuple(tries)


def _risk(fields: Fields) -> Risk:
    risk = Risk(fields.string("id"), fields.string("name"), fields.text("about"))
    fields.done()
    return risk
