"""Do the intervals agree with the tables, and cover what they should?"""

from __future__ import annotations

import random

import pytest

from sandbox.labs.interval import difference, mean, t_quantile


@pytest.mark.parametrize(("freedom", "table"), [(3, 3.182), (5, 2.571), (11, 2.201), (22, 2.074), (1000, 1.962)])
def test_t_agrees_with_the_table(freedom: int, table: float) -> None:
    assert t_quantile(freedom) == pytest.approx(table, abs=0.01)


def test_a_mean_and_its_interval() -> None:
    found = mean([1.0, 2.0, 3.0, 4.0])
    assert found is not None
    assert found.mean == 2.5
    assert found.high == pytest.approx(2.5 + 3.182 * (5 / 3 / 4) ** 0.5, abs=0.01)
    assert found.low + found.high == pytest.approx(5)


def test_few_values_have_no_interval_and_equal_ones_a_narrow_one() -> None:
    assert mean([1.0, 2.0]) is None
    assert difference([1.0] * 5, [2.0]) is None
    same = difference([1.0] * 5, [3.0] * 5)
    assert same is not None
    assert (same.mean, same.low, same.high, same.holds_zero) == (-2, -2, -2, False)


def test_the_interval_of_a_difference_holds_the_truth_as_often_as_it_says() -> None:
    chance = random.Random(1)
    found = [
        difference([chance.gauss(1, 1) for _ in range(12)], [chance.gauss(0, 2) for _ in range(12)])
        for _ in range(2000)
    ]
    share = sum(one is not None and one.low <= 1 <= one.high for one in found) / len(found)
    assert 0.935 < share < 0.965
