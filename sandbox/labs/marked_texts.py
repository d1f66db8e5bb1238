"""Reads the texts of "Find the personal data": words, and what an author marked in them, with a reason for each mark.

A mark is written as in an item of the kind `mark`; an id may stand at several places. It does not know who else marks
anything, nor how a text is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.fields import Fields, load_yaml, unique
from course.items.mark import SPAN, WORD, plain_text

FOLDER = Path(__file__).parent / "data" / "personal_data"
LEVELS = ("easy", "medium", "hard")
NOTHING = "NONE"
KINDS = ("NAME", "CPR", "PHONE", "EMAIL", "ADDRESS", "CASE", "BANK", "PLATE", "HEALTH", "INDIRECT", NOTHING)


@dataclass(frozen=True)
class Span:
    """An author's mark: the words by number from `start` to `end` (not included), a kind of KINDS, and why."""

    start: int
    end: int
    kind: str
    why: str


@dataclass(frozen=True)
class MarkedText:
    """A text to find personal data in; `words` are the characters from and to (not included) of each word."""

    id: str
    title: str
    level: str
    text: str
    words: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]

    def touched(self, start: int, end: int) -> range:
        """Return which words lie, in part at least, between two characters."""
        return _touched(self.words, start, end)

    def between(self, start: int, end: int) -> str:
        """Return the text from one word to another (not included)."""
        return self.text[self.words[start][0] : self.words[end - 1][1]]


@lru_cache
def load_marked_texts(language: str, folder: Path = FOLDER) -> dict[str, MarkedText]:
    """Return the texts in a language by id, in the author's order; raises ContentError that names file and field."""
    path = folder / f"texts.{language}.yaml"
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    texts = [_text(child) for child in fields.children("texts")]
    fields.done()
    unique([text.id for text in texts], path.name, "text")
    return {text.id: text for text in texts}


def _text(fields: Fields) -> MarkedText:
    text_id, title, level = fields.id(), fields.string("title"), fields.choice("level", LEVELS)
    raw = fields.string("text").strip()
    marks = fields.any("marks")
    known = Fields(marks, f"{fields.where}, marks")
    reasons = {str(name): _mark(Fields(known.any(name), f"{known.where} {name!r}")) for name in marks}
    fields.done()
    used = {match[2] for match in SPAN.finditer(raw)}
    if unknown := sorted(used - set(reasons)):
        raise fields.fail("text", f"marks {unknown[0]!r}, which `marks` does not explain.")
    if idle := sorted(set(reasons) - used):
        raise fields.fail("marks", f"explains {idle[0]!r}, which the text does not mark as [words]{{{idle[0]}}}.")
    plain = plain_text(raw)
    words = tuple(match.span() for match in WORD.finditer(plain))
    return MarkedText(text_id, title, level, plain, words, _spans(raw, words, reasons))


def _spans(raw: str, words: tuple[tuple[int, int], ...], reasons: dict[str, tuple[str, str]]) -> tuple[Span, ...]:
    spans, length, place = [], 0, 0
    for match in SPAN.finditer(raw):
        length += match.start() - place
        touched = _touched(words, length, length + len(match[1]))
        spans.append(Span(touched.start, touched.stop, *reasons[match[2]]))
        length, place = length + len(match[1]), match.end()
    return tuple(spans)


def _touched(words: tuple[tuple[int, int], ...], start: int, end: int) -> range:
    places = [place for place, (first, last) in enumerate(words) if first < end and start < last]
    return range(places[0], places[-1] + 1) if places else range(0)


def _mark(fields: Fields) -> tuple[str, str]:
    found = fields.choice("kind", KINDS), fields.string("why")
    fields.done()
    return found
