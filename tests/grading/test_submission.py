"""What is read of a learner's answers.json: everything that can be used, and a sentence for the rest."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from course import answers
from grading.submission import read_submission

KNOWN = ("m-g1", "m-g2")
WHOLE = {"schema": 1, "module": "m", "language": "da", "saved": "2026-11-22T09:30:00Z"}


def write(folder: Path, content: bytes | dict[str, Any]) -> Path:
    data = content if isinstance(content, bytes) else json.dumps({**WHOLE, **content}).encode()
    (folder / "answers.json").write_bytes(data)
    return folder


def test_answers_come_as_they_were_sent(tmp_path: Path) -> None:
    write(tmp_path, {"answers": {"m-g1": {"value": "b", "confidence": 0.8}, "m-g2": {"value": [1, {"x": None}]}}})
    submission = read_submission(tmp_path, "m", KNOWN)
    assert submission.values == {"m-g1": "b", "m-g2": [1, {"x": None}]}
    assert submission.problems == ()


def test_one_bad_record_costs_that_item_only(tmp_path: Path) -> None:
    write(tmp_path, {"answers": {"m-g1": {"value": "b"}, "m-g2": "b", "m-g3": 7}})
    submission = read_submission(tmp_path, "m", KNOWN)
    assert submission.values == {"m-g1": "b"}
    assert [(p.item, p.key) for p in submission.problems] == [("m-g2", "item.unusable"), ("m-g3", "item.unusable")]
    assert "answers.json" in submission.problems[0].text["da"]
    assert "m-g2" in submission.problems[0].text["da"]
    assert "m-g2" in submission.problems[0].text["en"]


def test_an_answer_to_an_item_that_is_not_there_is_named_and_ignored(tmp_path: Path) -> None:
    evil = "x\n\x1b[31m" + "y" * 500
    write(tmp_path, {"answers": {"m-g1": {"value": "b"}, "m-g9": {"value": "b"}, evil: {"value": 1}}})
    submission = read_submission(tmp_path, "m", KNOWN)
    assert submission.values == {"m-g1": "b"}
    unknown, long = submission.problems
    assert "findes ikke i modulet" in unknown.text["da"]
    assert "m-g9" in unknown.text["da"]
    assert len(long.text["da"]) < 200
    assert long.text["da"].isprintable()
    assert not any(problem.whole_file for problem in submission.problems)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"schema": 1, ', "not valid JSON"),
        (b"\xff\xfe\x00", "not valid JSON"),
        (b"", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[1, 2]", "must hold an object"),
        ({"schema": 2, "answers": {}}, "schema 2"),
        ({"module": "ethics", "answers": {}}, "'ethics'"),
        ({"answers": ["b"]}, "'answers' must be an object"),
        (b" " * (answers.MAX_BYTES + 1), "larger than"),
    ],
    ids=["cut", "bytes", "empty", "deep", "list", "schema", "module", "answers", "huge"],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, content: Any, says: str) -> None:
    submission = read_submission(write(tmp_path, content), "m", KNOWN)
    (problem,) = submission.problems
    assert submission.values == {}
    assert problem.whole_file
    assert problem.text["da"].startswith("Filen med svarene (answers.json) kan ikke bruges")
    assert says in problem.text["en"]


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    (problem,) = read_submission(tmp_path, "m", KNOWN).problems
    assert problem.key == "file.missing"
    assert "answers.json" in problem.text["da"]


@pytest.mark.parametrize("kind", ["folder", "link", "dangling link", "pipe"])
def test_what_is_not_an_ordinary_file_is_not_read(tmp_path: Path, kind: str) -> None:
    target = write(tmp_path / "..", {"answers": {"m-g1": {"value": "b"}}}) / "answers.json"
    file = tmp_path / "answers.json"
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(target if kind == "link" else tmp_path / "nowhere")
    submission = read_submission(tmp_path, "m", KNOWN)
    assert submission.values == {}
    assert "not an ordinary file" in submission.problems[0].text["en"]
