"""Is a picture without a text seen?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks import pictures


@pytest.mark.parametrize("picture", ["![](a.png)", "![Fig.](a.png)", '<img src="a.png">', '<img src="a.png" alt="">'])
def test_a_picture_that_says_nothing_is_told_of(tmp_path: Path, picture: str) -> None:
    found = list(pictures.faults(planted.content(planted.module(tmp_path, picture))))
    assert [fault.where for fault in found] == ["planted/lesson.da.md, line 4"]


@pytest.mark.parametrize("picture", ["![Siden med en chat](a.png)", '<img src="a.png" alt="Siden med en chat">'])
def test_a_picture_with_a_text_is_in_order(tmp_path: Path, picture: str) -> None:
    assert not list(pictures.faults(planted.content(planted.module(tmp_path, picture))))
