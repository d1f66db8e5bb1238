"""What is taken out of the exchange, and what is not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from course import answers
from grading.exchange import read_plain_file, submitted_ticket


def inbound(room: Any, learner: str, time: str = "2026-11-22 10:00:00.000000 UTC", ticket: str = "t") -> Path:
    """A submission's folder as anybody who may write to the exchange could make it."""
    folder: Path = room.var / "exchange" / "koerekort" / "inbound" / f"{learner}+{room.module}+{time}+{ticket}"
    folder.mkdir(parents=True)
    return folder


def collected(room: Any, learner: str) -> Path:
    room.course.collect(room.module, learner)
    folder: Path = room.var / "nbgrader" / "submitted" / learner / room.module
    return folder


def test_only_ordinary_files_are_read_and_only_so_much(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"123456")
    (tmp_path / "link").symlink_to(tmp_path / "plain")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert read_plain_file(tmp_path, "plain", 3) == b"123"
    for name in ("link", "folder", "pipe", "missing"):
        assert read_plain_file(tmp_path, name, 10) is None
    (tmp_path / "way").symlink_to(tmp_path)
    assert read_plain_file(tmp_path / "way", "plain", 10) is None


def test_answers_are_taken_the_notebook_is_the_released_one_and_the_rest_stays(room: Any) -> None:
    sent = inbound(room, "anna")
    (sent / "answers.json").write_text(room.answer_file(room.model_answers))
    (sent / f"{room.module}.ipynb").write_text("not even JSON")
    (sent / "extra.ipynb").write_text("{}")
    (sent / "malware.sh").write_text("rm -rf /")
    folder = collected(room, "anna")
    names = ["answers.json", f"{room.module}.ipynb", "submission_secret.txt", "timestamp.txt"]
    assert sorted(path.name for path in folder.iterdir()) == names
    release = room.var / "nbgrader" / "release" / room.module / f"{room.module}.ipynb"
    assert (folder / f"{room.module}.ipynb").read_bytes() == release.read_bytes()
    assert (sent / f"{room.module}.ipynb").read_text() == "not even JSON"


def test_a_link_to_somebody_elses_answers_is_not_followed(room: Any) -> None:
    theirs = inbound(room, "anna")
    (theirs / "answers.json").write_text(room.answer_file(room.model_answers))
    thief = inbound(room, "bo")
    (thief / "answers.json").symlink_to(theirs / "answers.json")
    assert (collected(room, "bo") / "answers.json").is_dir()
    whole = theirs.with_name(theirs.name.replace("anna", "carl"))
    whole.symlink_to(theirs)
    assert not (collected(room, "carl") / "answers.json").is_file()


def test_a_huge_file_is_cut_just_beyond_the_limit(room: Any) -> None:
    with (inbound(room, "anna") / "answers.json").open("wb") as file:
        file.truncate(10 * answers.MAX_BYTES)
    assert (collected(room, "anna") / "answers.json").stat().st_size == answers.MAX_BYTES + 1


def test_the_time_is_that_of_the_folders_name(room: Any) -> None:
    (inbound(room, "anna") / "timestamp.txt").write_text("tomorrow, or never")
    assert (collected(room, "anna") / "timestamp.txt").read_text() == "2026-11-22 10:00:00 UTC"


def test_a_ticket_is_submitted_once_and_half_a_submission_is_made_again(room: Any, tmp_path: Path) -> None:
    (tmp_path / room.module).mkdir()
    (tmp_path / room.module / "answers.json").write_text(room.answer_file({}))
    folder = room.var / "exchange" / "koerekort" / "inbound"
    room.course.submit(room.module, "anna", tmp_path, "ticket-1")
    (first,) = folder.iterdir()
    room.course.submit(room.module, "anna", tmp_path, "ticket-1")
    assert list(folder.iterdir()) == [first]
    (first / "submission_secret.txt").unlink()
    assert not submitted_ticket(folder, "ticket-1")
    room.course.submit(room.module, "anna", tmp_path, "ticket-1")
    (again,) = folder.iterdir()
    assert (again / "submission_secret.txt").stat().st_size > 0
    assert not (room.var / "exchange-cache").exists()


def test_a_later_hand_in_is_newer_even_when_the_clock_was_put_back(room: Any, tmp_path: Path) -> None:
    future = inbound(room, "anna", "2036-01-01 00:00:00.000000 UTC", "ticket-0")
    (future / "answers.json").write_text(room.answer_file({}))
    (tmp_path / room.module).mkdir()
    (tmp_path / room.module / "answers.json").write_text(room.answer_file(room.model_answers))
    room.course.submit(room.module, "anna", tmp_path, "ticket-1")
    folder = collected(room, "anna")
    assert (folder / "timestamp.txt").read_text() == "2036-01-01 00:00:00.000001 UTC"
    assert "sample-g1" in (folder / "answers.json").read_text()
