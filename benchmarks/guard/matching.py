"""The rule of the measurement: when a finding is right, and what is counted. README.md says the same in prose.

It does not know the set, nor any guard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

from benchmarks.guard.guards import Found
from benchmarks.guard.marked import KINDS, Span, Text

SHARE = 0.5  # of an annotated span's characters that must be covered
LEAST_OF_FINDING = 0.25  # of a finding's characters that must be annotated: it may take a word such as "sagsnr." along
LOOSE = ("HEALTH", "INJECTION")  # where a fact or an instruction begins and ends is a matter of taste
LOOSE_LONGEST = 200  # characters: what is longer than this and than twice the span says "somewhere in here"
Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Judged:
    """One text: which spans were found (any kind: `hidden`) and missed, and which findings were wrong."""

    hit: tuple[Span, ...]
    missed: tuple[Span, ...]
    hidden: tuple[Span, ...]
    wrong: tuple[Found, ...]


@dataclass
class Tally:
    """Counts for one kind."""

    spans: int = 0
    hit: int = 0
    hidden: int = 0
    wrong: int = 0

    def add(self, other: Tally) -> None:
        """Add another's counts to these."""
        for name, count in asdict(other).items():
            setattr(self, name, getattr(self, name) + count)

    def as_dict(self) -> dict[str, Any]:
        """Return counts and shares; a share of nothing is None, intervals are Wilson's at 95 %."""
        found = self.hit + self.wrong
        recall, precision = _share(self.hit, self.spans), _share(self.hit, found)
        f1 = _share(2 * self.hit, self.spans + found)
        return {
            **asdict(self),
            "recall": recall,
            "recall_95": wilson(self.hit, self.spans),
            "precision": precision,
            "precision_95": wilson(self.hit, found),
            "f1": f1,
            "hidden_share": _share(self.hidden, self.spans),
        }


@dataclass
class Verdicts:
    """Texts with something to find and without, and on how many of them the guard said so."""

    with_data: int = 0
    with_data_seen: int = 0
    clean: int = 0
    clean_seen: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return counts and the share of texts with the right verdict."""
        right, texts = self.with_data_seen + self.clean_seen, self.with_data + self.clean
        return {**asdict(self), "accuracy": _share(right, texts), "accuracy_95": wilson(right, texts)}


@dataclass
class Score:
    """What the whole set says of one guard."""

    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    verdicts: Verdicts = field(default_factory=Verdicts)

    def add(self, text: Text, judged: Judged, findings: Sequence[Found]) -> None:
        """Count one text in."""
        for spans, name in ((judged.hit, "hit"), (judged.hidden, "hidden")):
            for span in spans:
                setattr(self.kinds[span.kind], name, getattr(self.kinds[span.kind], name) + 1)
        for span in (*judged.hit, *judged.missed):
            self.kinds[span.kind].spans += 1
        for finding in judged.wrong:
            self.kinds.setdefault(finding.kind, Tally()).wrong += 1
        if not text.spans:
            self.verdicts.clean += 1
            self.verdicts.clean_seen += not findings
        elif not all(span.maybe for span in text.spans):
            self.verdicts.with_data += 1
            self.verdicts.with_data_seen += bool(findings)

    def total(self) -> Tally:
        """Return the counts of all kinds together."""
        total = Tally()
        for tally in self.kinds.values():
            total.add(tally)
        return total


def judge(spans: Sequence[Span], findings: Sequence[Found]) -> Judged:
    """Return what a guard found, missed and got wrong in one text."""
    hit, missed, hidden, served = [], [], [], set[Found]()
    for span in spans:
        same = [finding for finding in findings if finding.kind == span.kind and _overlap(span, finding)]
        right = _serving(span, same, [other for other in spans if other.kind == span.kind])
        if span.maybe:
            served.update(same)
        elif right:
            hit.append(span)
            served.update(right)
        else:
            missed.append(span)
        if not span.maybe and (right or _covered(span, findings) >= SHARE):
            hidden.append(span)
    wrong = tuple(finding for finding in dict.fromkeys(findings) if finding not in served)
    return Judged(tuple(hit), tuple(missed), tuple(hidden), wrong)


def _serving(span: Span, same: list[Found], alike: list[Span]) -> list[Found]:
    """Return the findings of a span's kind that find it, all the pieces of it; none when it is not found."""
    if span.kind in LOOSE:
        longest = max(LOOSE_LONGEST, 2 * (span.end - span.start))
        return [finding for finding in same if finding.end - finding.start <= longest]
    pieces = [finding for finding in same if _covered(finding, alike) >= LEAST_OF_FINDING]
    return pieces if _covered(span, pieces) >= SHARE else []


def _overlap(one: Span | Found, other: Span | Found) -> bool:
    return one.start < other.end and other.start < one.end


def _covered(one: Span | Found, by: Iterable[Span | Found]) -> float:
    """Return which share of one's characters lies in the others."""
    places = {place for other in by for place in range(max(one.start, other.start), min(one.end, other.end))}
    return len(places) / (one.end - one.start) if one.end > one.start else 0.0


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Return Wilson's 95 % interval of a share, or None for a share of nothing."""
    if not whole:
        return None
    share, spread = part / whole, Z**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return max(0.0, middle - half), min(1.0, middle + half)
