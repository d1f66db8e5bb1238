"""Does a fact past its date fail, and one near it warn?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import planted
import pytest

from course.checks import dates
from course.checks.fault import Fault
from course.guide import Guide

FACT = {"id": "a-fact", "text": {"da": "Sådan.", "en": "So."}, "as_of": "2026-11-22", "recheck_by": "2027-05-22"}


def found(path: Path, today: date, name: str = "facts", **changes: str) -> list[Fault]:
    folder = planted.module(path, files={name: {name: [FACT | changes]}})
    return list(dates.faults(planted.content(folder, today=today)))


@pytest.mark.parametrize("name", ["facts", "cases"])
def test_the_date_passes(tmp_path: Path, name: str) -> None:
    assert not found(tmp_path, date(2027, 4, 21), name)
    [soon] = found(tmp_path, date(2027, 4, 22), name)
    assert soon.warning
    assert "in 30 days" in soon.what
    [last] = found(tmp_path, date(2027, 5, 22), name)
    assert last.warning
    [past] = found(tmp_path, date(2027, 5, 23), name)
    assert not past.warning
    assert past.where == f"planted/{name}.yaml, a-fact"


def test_dates_that_cannot_be_are_told_of(tmp_path: Path) -> None:
    assert "must be dates" in found(tmp_path, planted.TODAY, recheck_by="soon")[0].what
    assert "nobody can have looked yet" in found(tmp_path, planted.TODAY, as_of="2026-12-01")[0].what
    assert "not after as_of" in found(tmp_path, planted.TODAY, recheck_by="2026-11-01")[0].what


def guide(name: str, da: str, en: str, today: date) -> list[Fault]:
    return list(dates.faults(planted.content(guides=(Guide(name, {"da": da, "en": en}),), today=today)))


def test_a_guide_says_it_in_a_sentence() -> None:
    texts = "Skal kontrolleres igen senest 23. maj 2027.", "Must be checked again by 23 May 2027."
    assert not guide("rollout/notice", *texts, planted.TODAY)
    assert len(guide("rollout/notice", *texts, date(2027, 5, 24))) == 2
    assert all(fault.warning for fault in guide("rollout/notice", *texts, date(2027, 5, 1)))


def test_a_rollout_guide_must_say_it_and_another_need_not() -> None:
    assert len(guide("rollout/notice", "Uden dato.", "No date.", planted.TODAY)) == 2
    assert not guide("facilitator/nudges", "Uden dato.", "No date.", planted.TODAY)
