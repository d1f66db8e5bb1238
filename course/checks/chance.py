"""How many hits chance alone gives when each try has its own probability (the Poisson binomial distribution).

It does not know what a hit is.
"""

from __future__ import annotations

from collections.abc import Sequence

LEVEL = 0.99


def distribution(chances: Sequence[float]) -> list[float]:
    """Return the probability of 0, 1, 2, ... hits in independent tries with these probabilities."""
    found = [1.0]
    for chance in chances:
        found = [
            (found[hits] if hits < len(found) else 0.0) * (1 - chance) + (found[hits - 1] * chance if hits else 0.0)
            for hits in range(len(found) + 1)
        ]
    return found


def interval(chances: Sequence[float], level: float = LEVEL) -> tuple[int, int]:
    """Return the least and the most hits that chance gives, leaving out at most (1 - level) / 2 at either end."""
    spread = distribution(chances)
    return _quantile(spread, (1 - level) / 2), len(chances) - _quantile(spread[::-1], (1 - level) / 2)


def _quantile(spread: Sequence[float], tail: float) -> int:
    below = 0.0
    for hits, chance in enumerate(spread):
        below += chance
        if below > tail:
            return hits
    return len(spread) - 1
