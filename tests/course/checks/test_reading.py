"""Is LIX calculated as Björnsson did, and a hard text told of?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks import reading
from course.guide import Guide

HARD = (
    "Forvaltningsmyndighedernes databeskyttelsesforpligtelser omfatter personoplysningsbehandlingens retsgrundlag. " * 3
)


def test_the_measure() -> None:
    assert reading.lix("Han er her. Hun er der.") == 3
    assert reading.lix("Han skriver breve. Hun læser.") == pytest.approx(2.5 + 20)
    assert reading.lix("") == 0


def test_points_of_lists_and_headings_are_sentences() -> None:
    assert reading.lix("## Ét to tre\n\n- ét to tre\n- ét to tre") == 3


def test_a_hard_lesson_hard_items_and_a_hard_guide_are_told_of(tmp_path: Path) -> None:
    item = planted.single([HARD, HARD], 0)
    folder = planted.module(tmp_path, HARD, items=[item])
    found = list(reading.faults(planted.content(folder, guides=(Guide("rollout/notice", {"da": HARD, "en": ""}),))))
    assert [fault.where for fault in found] == ["planted, lesson", "planted, items", "guides/rollout/notice.da.md"]
    assert not list(
        reading.faults(planted.content(planted.module(tmp_path, items=[planted.single(["Ja.", "Nej."], 0)])))
    )
