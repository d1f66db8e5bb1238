"""The syllabus: every piece in one track, no track longer than it says, faults in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.errors import ContentError
from course.syllabus import check_tracks, load_syllabus

SYLLABUS = """
schema: 2
title: {da: Kursus, en: Course}
course_id: koerekort
tracks:
  - {id: alle, minutes: 10, title: {da: Alle, en: Everyone}, summary: {da: Til alle., en: For all.}}
  - {id: leder, minutes: 5, title: {da: Ledere, en: Leaders}, summary: {da: Til ledere., en: For leaders.}}
modules:
  - {id: one, tracks: {alle: [a, b], leder: [c]}}
  - {id: two, tracks: {alle: [a]}}
"""
MINUTES = {"one": {"a": 3, "b": 3, "c": 5}, "two": {"a": 4}}


def read(folder: Path, text: str = SYLLABUS) -> None:
    file = folder / "syllabus.yaml"
    file.write_text(text, "utf-8")
    check_tracks(load_syllabus(file), MINUTES)


def test_tracks_hold_modules_pieces_in_order(tmp_path: Path) -> None:
    read(tmp_path)
    everyone, leaders = load_syllabus(tmp_path / "syllabus.yaml").tracks
    assert everyone.pieces == {"one": ("a", "b"), "two": ("a",)}
    assert leaders.pieces == {"one": ("c",)}


LICENCE = "licence: {title: {da: Bevis, en: Proof}, track: alle, months: 24, must_pass: true}\nmodules:"


def test_the_rule_of_the_licence_is_read_when_there_is_one(tmp_path: Path) -> None:
    read(tmp_path)
    assert load_syllabus(tmp_path / "syllabus.yaml").licence is None
    read(tmp_path, SYLLABUS.replace("modules:", LICENCE))
    rule = load_syllabus(tmp_path / "syllabus.yaml").licence
    assert rule is not None
    assert (rule.track, rule.months, rule.must_pass) == ("alle", 24, True)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [("alle, months", "all, months", "licence: field 'track'"), ("24", "0", "months"), ("must_pass", "must", "'must'")],
)
def test_a_fault_in_the_licence_is_a_sentence(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        read(tmp_path, SYLLABUS.replace("modules:", LICENCE.replace(was, becomes)))


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("[a, b], leder: [c]", "[a, b]", "'c' is in no track"),
        ("leder: [c]", "leder: [c, b]", "'b' stands twice|'b' .*twice"),
        ("[a, b]", "[a, b, d]", "'d' is in a track, and the module does not have it"),
        ("minutes: 10", "minutes: 9", "takes 10 minutes, more than its 9"),
        ("leder: [c]", "chef: [c]", "chef"),
        ("schema: 2", "schema: 1", "schema"),
    ],
)
def test_a_fault_is_a_sentence(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        read(tmp_path, SYLLABUS.replace(was, becomes))
