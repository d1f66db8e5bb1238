"""A hand-in appears complete or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course import answers, outbox, paths
from course.errors import AnswerFileError, SettingError


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("KOEREKORT_LEARNER", "anna")
    (tmp_path / "sample.ipynb").write_text("{}")


def test_a_ticket_holds_notebook_answers_and_who_asked(tmp_path: Path) -> None:
    answers.save(tmp_path, "sample", "da", "sample-g1", "b")
    ticket = outbox.hand_in("sample", tmp_path, "da")
    folder = paths.outbox() / ticket
    assert sorted(p.name for p in folder.iterdir()) == ["answers.json", "request.json", "sample.ipynb"]
    request = json.loads((folder / "request.json").read_text())
    assert (request["learner"], request["module"], request["language"]) == ("anna", "sample", "da")


def test_tickets_sort_in_the_order_they_were_made(tmp_path: Path) -> None:
    made = [outbox.hand_in("sample", tmp_path, "da") for _ in range(5)]
    assert sorted(p.name for p in paths.outbox().iterdir()) == made


def test_a_damaged_answer_file_is_refused_and_leaves_no_ticket(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text("{")
    with pytest.raises(AnswerFileError, match="not valid JSON"):
        outbox.hand_in("sample", tmp_path, "da")
    assert not paths.outbox().exists()


def test_an_outbox_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(AnswerFileError, match="could not be written"):
        outbox.hand_in("sample", tmp_path, "da")


@pytest.mark.parametrize("learner", ["a+b", "*", "../x", "a b", "", "x" * 65])
def test_a_learner_id_that_nbgrader_cannot_use_is_refused(learner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_LEARNER", learner)
    if learner:
        with pytest.raises(SettingError, match="cannot be used"):
            paths.learner_id()
    else:
        assert paths.learner_id()
