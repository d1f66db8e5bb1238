"""Is a course whose keys can be guessed from form told from one where they cannot? And is chance calculated right?"""

from __future__ import annotations

from math import comb
from pathlib import Path
from random import Random
from typing import Any

import planted
import pytest

from course.checks import guessing
from course.checks.chance import distribution, interval

SHORT, LONG = "Spørg først.", "Spørg først, og se så efter i kilden, før du sender noget."


def found(path: Path, items: list[dict[str, Any]]) -> list[str]:
    return [fault.what for fault in guessing.faults(planted.content(planted.module(path, items=items)))]


def fair(number: int) -> list[dict[str, Any]]:
    draw = Random(7)
    return [
        planted.single(["o" * draw.randint(20, 60) for _ in range(4)], draw.randrange(4), f"p{n}")
        for n in range(number)
    ]


def test_chance_is_the_binomial_where_all_are_alike() -> None:
    spread = distribution([0.25] * 20)
    assert spread == pytest.approx([comb(20, k) * 0.25**k * 0.75 ** (20 - k) for k in range(21)])
    assert interval([0.25] * 20) == (1, 10)
    assert interval([]) == (0, 0)
    assert interval([1.0, 1.0, 0.0]) == (2, 2)


def test_a_fair_course_passes(tmp_path: Path) -> None:
    assert not found(tmp_path, fair(60))


def test_long_keys_short_keys_and_a_favourite_place_are_told_of(tmp_path: Path) -> None:
    longest = [planted.single([SHORT, LONG, SHORT[:-1] + "!"], 1, f"p{n}") for n in range(12)]
    assert any(what.startswith("choosing the longest option is right in 12 of 12") for what in found(tmp_path, longest))
    shortest = [planted.single([LONG, LONG + " Ja.", SHORT], 2, f"p{n}") for n in range(12)]
    assert any("choosing the shortest option" in what for what in found(tmp_path, shortest))
    placed = [item | {"key": "o1"} for item in fair(40)]
    assert any(what.startswith("choosing option number 2 is right in 40 of 40") for what in found(tmp_path, placed))


def test_absolute_words_in_distractors_alone_are_told_of(tmp_path: Path) -> None:
    items = [planted.single(["Gør det altid.", "Gør det nu.", "Gør det aldrig."], 1, f"p{n}") for n in range(8)]
    assert any("none with an absolute word" in what for what in found(tmp_path, items))


@pytest.mark.parametrize(
    "text", ["Alle ovenstående.", "Ingen af svarene.", "All of the above.", "None of the options."]
)
def test_an_option_about_the_others_is_told_of(tmp_path: Path, text: str) -> None:
    assert any("speaks of the other options" in what for what in found(tmp_path, [planted.single(["Ja.", text], 0)]))


def test_several_keys_have_the_chance_of_their_number() -> None:
    question = guessing.Question("p1", ("a", "bb", "ccc", "dddd"), frozenset({1, 3}))
    assert guessing.STRATEGIES["the longest option"](question, "da") == (True, 0.5)
    assert guessing.STRATEGIES["option number 1"](question, "da") == (False, 0.5)
    assert guessing.STRATEGIES["option number 5"](question, "da") is None
    assert question.chance(3) == 0.5


def test_the_report_has_a_line_for_each_strategy(tmp_path: Path) -> None:
    table = guessing.report(planted.content(planted.module(tmp_path, items=fair(20))))
    assert all(name in table for name in guessing.STRATEGIES)
