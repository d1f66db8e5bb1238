"""What the guard finds, and how overlapping findings become one.

It does not know how anything is recognised, nor what the policy does about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Finding:
    """A place in a text that looks like personal data. It holds no part of the text.

    `start` and `end` count characters, end not included; `score` is 0 to 1; `why` is a key of the catalogue `guard`.
    """

    kind: str
    start: int
    end: int
    score: float
    why: str

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON has it."""
        return asdict(self)


def resolve(findings: Iterable[Finding], rank: Callable[[Finding], int]) -> list[Finding]:
    """Return findings that do not overlap, in the order of the text.

    Where some overlap, the one with the highest `rank`, then score, then length stays, and stretches over all of
    them: a mask must not leave half of the other one readable.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda found: (found.start, found.end)):
        if kept and finding.start < kept[-1].end:
            kept[-1] = _merge(kept[-1], finding, rank)
        else:
            kept.append(finding)
    return kept


def _merge(one: Finding, other: Finding, rank: Callable[[Finding], int]) -> Finding:
    winner = max(one, other, key=lambda found: (rank(found), found.score, found.end - found.start))
    return replace(winner, start=min(one.start, other.start), end=max(one.end, other.end))
