"""Does the course as it is pass every check, and does the command tell of a fault?"""

from __future__ import annotations

from datetime import date

import pytest

from course.checks.__main__ import CHECKS, main
from course.checks.content import GUIDES, Content, read_content
from course.checks.fault import Check
from course.syllabus import load_syllabus


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(date.today())


def test_all_of_the_course_is_read(content: Content) -> None:
    assert [folder.id for folder in content.modules] == list(load_syllabus().modules)
    assert content.guides
    assert len(list(content.items())) > 50


@pytest.mark.parametrize("check", CHECKS, ids=[check.name for check in CHECKS])
def test_the_course_passes(check: Check, content: Content) -> None:
    assert not [str(fault) for fault in check.faults(content) if not fault.warning]


def test_the_command_ends_well_where_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "minutes", "--check", "guessing", "--report"]) == 0
    printed = capsys.readouterr().out
    assert "the longest option | da" in printed
    assert "minutes: Does a piece take the minutes it says? ok" in printed


def test_a_day_far_ahead_ends_with_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--today", "2030-01-01", "--check", "dates"]) == 2
    printed = capsys.readouterr().out
    assert "had to be checked again by" in printed
    assert f"{GUIDES}/rollout/notice.da.md" in printed


def test_a_module_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--module", "no-such-module"]) == 2
    assert "no-such-module" in capsys.readouterr().err
