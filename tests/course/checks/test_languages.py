"""Is a difference in shape between the languages seen?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks import languages
from course.guide import Guide

ALIKE = "### Overskrift\n\n- ét\n- to\n\n1. først\n\n| a | b |\n| --- | --- |\n\n"
ALIKE += "[her](https://example.org) ![Et billede](a.png) [[kilde]]"


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("### Overskrift", "headings"),
        ("- to\n", "points of lists"),
        ("1. først", "steps"),
        ("| a | b |\n", "rows of tables"),
        ("[her](https://example.org) ", "links"),
        ("![Et billede](a.png)", "pictures"),
        ("[[kilde]]", "the source 'kilde'"),
    ],
)
def test_what_one_language_lacks_is_named(tmp_path: Path, gone: str, says: str) -> None:
    assert not list(languages.faults(planted.content(planted.module(tmp_path, ALIKE, ALIKE))))
    found = list(languages.faults(planted.content(planted.module(tmp_path, ALIKE, ALIKE.replace(gone, "")))))
    assert any(says in fault.what for fault in found)


def test_a_heading_of_another_level_is_seen(tmp_path: Path) -> None:
    folder = planted.module(tmp_path, "### A\n\n### B", "### A\n\n#### B")
    assert [fault.what for fault in languages.faults(planted.content(folder))] == [
        "the headings have other levels in one language than in the other."
    ]


def test_guides_are_compared_too() -> None:
    [fault] = languages.faults(planted.content(guides=(Guide("rollout/notice", {"da": "- et\n- to", "en": "- one"}),)))
    assert fault.where == "guides/rollout/notice"
