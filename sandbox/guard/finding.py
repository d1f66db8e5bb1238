"""What the guard finds, and how overlapping findings become one.

It does not know how anything is recognised, nor what the policy does about it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

LEAST_LEFT = 12  # characters


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
    them: a mask must not leave half of the other one readable. A sentence that is only warned about (rank 0) hides
    nothing, so it gives way instead: what lies inside it stays, and what is left of it is shown around that.
    """
    ordered = sorted(findings, key=lambda found: (found.start, found.end))
    acted = _merged([finding for finding in ordered if rank(finding)], rank)
    warned = _merged([finding for finding in ordered if not rank(finding)], rank)
    pieces = [piece for finding in warned for piece in _around(finding, acted)]
    return sorted([*acted, *pieces], key=lambda found: found.start)


def _merged(ordered: list[Finding], rank: Callable[[Finding], int]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in ordered:
        if kept and finding.start < kept[-1].end:
            kept[-1] = _merge(kept[-1], finding, rank)
        else:
            kept.append(finding)
    return kept


def _around(finding: Finding, others: list[Finding]) -> list[Finding]:
    """Return what is left of a finding beside others; a scrap of it says nothing and is dropped."""
    first = max(0, bisect_right(others, finding.start, key=lambda other: other.start) - 1)
    pieces, start = [], finding.start
    for other in others[first:]:
        if other.start >= finding.end:
            break
        pieces.append(replace(finding, start=start, end=max(start, min(other.start, finding.end))))
        start = max(start, other.end)
    pieces.append(replace(finding, start=start, end=max(start, finding.end)))
    return [piece for piece in pieces if piece == finding or piece.end - piece.start >= LEAST_LEFT]


def _merge(one: Finding, other: Finding, rank: Callable[[Finding], int]) -> Finding:
    winner = max(one, other, key=lambda found: (rank(found), found.score, found.end - found.start))
    return replace(winner, start=min(one.start, other.start), end=max(one.end, other.end))
