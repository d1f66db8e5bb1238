"""The answer file: nothing is lost, whatever happens to it."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from course import answers
from course.errors import AnswerFileError

GOOD = {
    "schema": 1,
    "module": "sample",
    "language": "da",
    "saved": "",
    "answers": {"sample-g1": {"value": "b"}},
}


def write(folder: Path, content: object) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "answers.json").write_text(text, "utf-8")


def test_saving_keeps_the_other_items_and_reads_back(tmp_path: Path) -> None:
    answers.save(tmp_path, "sample", "da", "sample-g1", "b", 0.75)
    answers.save(tmp_path, "sample", "en", "sample-r1", {"text": "blåbærgrød ✓"})
    kept = answers.read(tmp_path, "sample")
    assert (kept.value("sample-g1"), kept.confidence("sample-g1"), kept.language) == ("b", 0.75, "en")
    assert kept.value("sample-r1") == {"text": "blåbærgrød ✓"}
    assert answers.save(tmp_path, "sample", "da", "sample-g1", None).value("sample-g1") is None
    assert [f.name for f in tmp_path.iterdir() if f.suffix == ".tmp"] == []


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    def work(number: int) -> None:
        for turn in range(10):
            answers.save(tmp_path, "sample", "da", f"sample-{number}", turn)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = answers.read(tmp_path, "sample")
    assert {item: record["value"] for item, record in kept.records.items()} == {f"sample-{n}": 9 for n in range(6)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"schema": 1, "mod', "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "must hold an object, not list"),
        (GOOD | {"schema": 7}, "has schema 7"),
        (GOOD | {"module": "ethics"}, "belongs to the module 'ethics'"),
        (GOOD | {"answers": []}, "'answers' must be an object"),
        (GOOD | {"answers": {"sample-g1": "b"}}, "item 'sample-g1': expected"),
        (
            GOOD | {"answers": {"sample-g1": {"value": "b", "confidence": "high"}}},
            "item 'sample-g1': confidence",
        ),
        ('{"schema": 1, "module": "sample", "answers": {"sample-g4": {"value": NaN}}}', "not valid JSON"),
        (" " * 1_000_001, "larger than"),
    ],
)
def test_a_damaged_file_is_named_and_kept_beside(tmp_path: Path, content: object, message: str) -> None:
    write(tmp_path, content)
    before = (tmp_path / "answers.json").read_bytes()
    with pytest.raises(AnswerFileError) as fault:
        answers.read(tmp_path, "sample")
    assert message in str(fault.value)
    answers.save(tmp_path, "sample", "da", "sample-g1", "c")
    kept = list(tmp_path.glob("answers.json.bad-*"))
    assert [file.read_bytes() for file in kept] == [before]
    assert answers.read(tmp_path, "sample").value("sample-g1") == "c"


def test_a_link_or_a_folder_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(json.dumps(GOOD))
    (tmp_path / "answers.json").symlink_to(tmp_path / "secret")
    with pytest.raises(AnswerFileError, match="not an ordinary file"):
        answers.read(tmp_path, "sample")
    (tmp_path / "answers.json").unlink()
    (tmp_path / "answers.json").mkdir()
    with pytest.raises(AnswerFileError, match="not an ordinary file"):
        answers.read(tmp_path, "sample")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(AnswerFileError, match="could not be written"):
        answers.save(tmp_path / "file", "sample", "da", "sample-g1", "b")
