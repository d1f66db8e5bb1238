"""Means with 95 % intervals, and the difference between two means, by Student's t (Welch's for two groups).

It does not know what is measured.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

Z = statistics.NormalDist().inv_cdf(0.975)
LEAST = 4


@dataclass(frozen=True)
class Interval:
    """A mean, and the ends of its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Whether no difference at all is within the interval."""
        return self.low <= 0 <= self.high


def mean(values: Sequence[float]) -> Interval | None:
    """Return the mean of at least four values with its interval; None when there are fewer."""
    if len(values) < LEAST:
        return None
    reach = t_quantile(len(values) - 1) * math.sqrt(statistics.variance(values) / len(values))
    return _around(statistics.fmean(values), reach)


def difference(one: Sequence[float], other: Sequence[float]) -> Interval | None:
    """Return the mean of `one` less that of `other` with Welch's interval; None when either has too few values."""
    if len(one) < LEAST or len(other) < LEAST:
        return None
    parts = [statistics.variance(values) / len(values) for values in (one, other)]
    between = statistics.fmean(one) - statistics.fmean(other)
    if not sum(parts):
        return _around(between, 0.0)
    below = sum(part**2 / (len(values) - 1) for part, values in zip(parts, (one, other), strict=True))
    return _around(between, t_quantile(sum(parts) ** 2 / below) * math.sqrt(sum(parts)))


def t_quantile(freedom: float) -> float:
    """Return Student's t at 97.5 % (Abramowitz and Stegun 26.7.5); within 0.02 from 3 degrees of freedom on."""
    terms = (
        Z,
        (Z**3 + Z) / 4,
        (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
        (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
        (79 * Z**9 + 776 * Z**7 + 1482 * Z**5 - 1920 * Z**3 - 945 * Z) / 92160,
    )
    return sum(term / freedom**power for power, term in enumerate(terms))


def _around(middle: float, reach: float) -> Interval:
    return Interval(middle, middle - reach, middle + reach)
