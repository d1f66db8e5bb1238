"""Are minutes estimated by the rule, and wrong ones told of?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import planted
import pytest

from course.checks import minutes


def text(words: int) -> dict[str, str]:
    return {"da": "ord " * words, "en": "word"}


def test_words_at_a_hundred_and_eighty_a_minute(tmp_path: Path) -> None:
    [piece] = minutes.estimates(planted.module(tmp_path, "ord " * 359))
    assert piece.minutes == pytest.approx(2.0)  # the heading is the last word


def test_of_the_explanations_the_mean_of_one_counts() -> None:
    item = planted.single(["to ord", "to ord"], 0)
    item["options"][0]["why"], item["options"][1]["why"] = text(10), text(20)
    assert minutes.item_words(item) == 3 + 2 + 2 + 15


def test_of_a_case_of_the_drill_one_advice_and_the_last_word_count() -> None:
    item: dict[str, Any] = planted.single(["to ord", "to ord"], 0) | {
        "kind": "reliance",
        "use": "drill",
        "why": text(7),
    }
    item["advice"] = {"right": {"option": "o0", "text": text(10)}, "wrong": {"option": "o1", "text": text(10)}}
    assert minutes.item_words(item) == 3 + 2 + 2 + 10 + 7
    assert minutes.item_seconds(item) == 25


@pytest.mark.parametrize(
    ("item", "seconds"),
    [
        ({"use": "practice"}, 15),
        ({"use": "graded"}, 20),
        ({"use": "reflection", "min_words": 30}, 100),
        ({"use": "reflection", "min_words": 8}, 60),
        ({"use": "feedback"}, 0),
        ({"use": "test"}, 400),
        ({"use": "canvas", "kind": "canvas", "fields": [{"input": "rows"}, {"input": "line"}]}, 80),
    ],
)
def test_what_is_done_takes_its_time(item: dict[str, Any], seconds: int) -> None:
    assert minutes.item_seconds(item) == seconds


@pytest.mark.parametrize(
    ("declared", "words", "fits"), [(1, 450, True), (1, 470, False), (8, 1080, True), (9, 1080, False), (4, 1080, True)]
)
def test_a_third_or_a_minute_and_a_half_either_way_is_near_enough(declared: int, words: int, fits: bool) -> None:
    assert minutes.Estimate("a piece", declared, words, 0).fits is fits


def test_wrong_minutes_are_told_of_with_both_numbers(tmp_path: Path) -> None:
    [fault] = minutes.faults(planted.content(planted.module(tmp_path, "ord " * 899)))
    assert fault.what == "says 1 minutes, and takes 5.0 by the rule."
