"""Compares marks in a text with the author's key, by the same rule for the learner and for the guard.

It does not know who marked, nor how anything is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from course.items.mark import runs
from sandbox.labs.marked_texts import NOTHING, MarkedText, Span

SLIP = 2
"""So many words too many, right beside a mark that is right, are no fault: "CPR" in front of the number."""


@dataclass(frozen=True)
class Row:
    """A stretch of words (`end` not included), and how much of it each marker took: all, most (half), part or none.

    `span` is the author's mark; None where only a marker saw anything.
    """

    start: int
    end: int
    span: Span | None
    marks: Mapping[str, str]

    @property
    def is_data(self) -> bool:
        """Whether it is personal data by the key."""
        return self.span is not None and self.span.kind != NOTHING


@dataclass(frozen=True)
class Score:
    """How many of the key's marks were found and missed, and how many stretches were marked that are none."""

    found: int
    missed: int
    extra: int


def compare(text: MarkedText, markers: Mapping[str, Collection[int]]) -> list[Row]:
    """Return the key's marks, and what was marked beside them, in the order of the text; `markers`: words by name."""
    keyed = {word for span in text.spans for word in range(span.start, span.end)}
    loose = {word for words in markers.values() for word in set(words) - _slips(words, text.spans)} - keyed
    places: list[tuple[int, int, Span | None]] = [(span.start, span.end, span) for span in text.spans]
    places += [(min(run), max(run) + 1, None) for run in runs(loose)]
    return [
        Row(start, end, span, {name: _amount(words, start, end) for name, words in markers.items()})
        for start, end, span in sorted(places, key=lambda place: place[0])
    ]


def is_found(amount: str) -> bool:
    """Return whether so much of a mark counts as found: at least half of its words."""
    return amount in ("all", "most")


def score(rows: Sequence[Row], marker: str) -> Score:
    """Return one marker's score."""
    found = sum(row.is_data and is_found(row.marks[marker]) for row in rows)
    extra = sum(not row.is_data and row.marks[marker] != "none" for row in rows)
    return Score(found, sum(row.is_data for row in rows) - found, extra)


def _amount(words: Collection[int], start: int, end: int) -> str:
    count = sum(word in words for word in range(start, end))
    if count in (0, end - start):
        return "all" if count else "none"
    return "most" if 2 * count >= end - start else "part"


def _slips(words: Collection[int], spans: Sequence[Span]) -> set[int]:
    """Return the few words too many beside marks that are right."""
    keyed = {word for span in spans for word in range(span.start, span.end)}
    right = {word for span in spans if span.kind != NOTHING for word in range(span.start, span.end)} & set(words)
    slips: set[int] = set()
    for run in runs(set(words) - keyed):
        if len(run) <= SLIP and (min(run) - 1 in right or max(run) + 1 in right):
            slips |= run
    return slips
