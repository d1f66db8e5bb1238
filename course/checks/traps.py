"""Is anything said that older sources get wrong? The traps stand in traps.yaml, each with the right fact.

Sentences are compared one by one; wrong answers and wrong advice are left out, for there a mistake may stand.
It finds the wordings it was given and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.checks.content import Content
from course.checks.fault import Check, Fault
from course.checks.texts import passages
from course.fields import Fields, Text, load_yaml
from course.locale import LANGUAGES

FILE = Path(__file__).with_name("traps.yaml")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ§„“\"])|\n\s*\n")


@dataclass(frozen=True)
class Trap:
    """A thing that older sources get wrong. `examples` say it wrongly; what matches `unless` does not count."""

    id: str
    why: str
    right: Text
    examples: Text
    wrong: dict[str, re.Pattern[str]]
    unless: dict[str, re.Pattern[str]]

    def caught(self, sentence: str, language: str) -> bool:
        """Return whether a sentence falls into the trap."""
        if not self.wrong[language].search(sentence):
            return False
        return not (language in self.unless and self.unless[language].search(sentence))


@lru_cache(maxsize=1)
def load_traps(path: Path = FILE) -> tuple[Trap, ...]:
    """Return the traps; raises ContentError."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    traps = tuple(_read(child) for child in fields.children("traps"))
    fields.done()
    return traps


def _read(fields: Fields) -> Trap:
    unless = _patterns(fields.text("unless")) if fields.has("unless") else {}
    wrong, right, examples = fields.text("wrong"), fields.text("right"), fields.text("examples")
    trap = Trap(fields.id(), fields.string("why"), right, examples, _patterns(wrong), unless)
    fields.done()
    return trap


def _patterns(text: Text) -> dict[str, re.Pattern[str]]:
    """Return patterns as written: over several lines, white space as it is read in a text."""
    return {
        language: re.compile(" ".join(text[language].split()).replace(" | ", "|"), re.IGNORECASE)
        for language in LANGUAGES
    }


def faults(content: Content) -> Iterator[Fault]:
    """Yield the sentences that say what older sources get wrong."""
    for passage in passages(content):
        if passage.wrong:
            continue
        for sentence in _SENTENCE_END.split(passage.text):
            flat = " ".join(sentence.split())
            for trap in load_traps():
                if trap.caught(flat, passage.language):
                    yield Fault(passage.where, f"{flat[:90]!r} falls into {trap.id!r}. {trap.right['en']}")


CHECK = Check("traps", "Is anything said that older sources get wrong?", faults)
