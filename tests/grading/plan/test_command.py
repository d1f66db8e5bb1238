"""From hand-ins to the two files: nobody's name, no personal data, what is filled in, and what is missing."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from grading.__main__ import main


def words(docx: Path) -> str:
    """Return every part of a DOCX file as text, the tables and the properties included."""
    with zipfile.ZipFile(docx) as parts:
        assert parts.testzip() is None
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_the_plan_of_three_people(
    room: Any, canvases: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for learner, value in canvases.items():
        room.hand_in(learner, room.model_answers | {"sample-c1": value})
    assert main(["watch", "--once"]) == 0
    capsys.readouterr()
    assert main(["plan", "--out", str(tmp_path / "plan")]) == 0
    printed = capsys.readouterr().out
    assert "Formål: 1 of 1 answered, 1 missing" in printed
    assert "Uddannelse: 0 of 1 answered, 1 missing" in printed
    page, docx = tmp_path / "plan" / "plan.da.html", tmp_path / "plan" / "plan.da.docx"
    assert printed.splitlines()[-2:] == [str(page), str(docx)]
    assert stat.S_IMODE(page.stat().st_mode) == stat.S_IMODE(docx.stat().st_mode) == 0o600
    for text in (page.read_text("utf-8"), words(docx)):
        check_content(text)
    Document(io.BytesIO(docx.read_bytes()))
    assert main(["plan", "--out", str(tmp_path / "plan"), "--language", "en"]) == 0
    assert "Asked in the module “Sample module”, part “Second part”" in (tmp_path / "plan" / "plan.en.html").read_text()


def check_content(text: str) -> None:
    for wanted in (
        "Kortere breve til borgerne",
        "Svar samme dag",
        "Bidrag: 3",
        "Forkert frist",
        "Egen server",
        "Havnekøbing Kommune",
        "https://www.example.org/harbour",
        "Gemma 3 270M",
        "et CPR-nummer",
        "Oplæring",
        "Bliver spurgt om i modulet „Prøvemodul“, delen „Anden del“, Lærred 1: arbejdet",
        "[TELEFON]",
        "[E-MAIL]",
        "Vagten har dækket oplysninger i 2 af teksterne",
    ):
        assert wanted in text, wanted
    for never in ("anna", "hansen", "carla", "67 68 94", "kirsten@example.org", "min egen note", "Din note"):
        assert never not in text.casefold(), never


def test_before_anybody_has_handed_in_everything_is_missing(room: Any, tmp_path: Path) -> None:
    assert main(["plan", "--out", str(tmp_path)]) == 0
    text = (tmp_path / "plan.da.html").read_text("utf-8")
    for question in ("Hvad skal blive bedre", "Hvor skal den køre", "Fejl", "Oplæring"):
        assert f"<strong>{question}</strong>" in text
    assert "Bidrag: 0" in text


def test_a_folder_that_cannot_be_written_is_a_sentence(
    room: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["plan", "--out", str(tmp_path / "file")]) == 2
    assert "cannot be written to" in capsys.readouterr().err


def test_without_the_guard_there_is_no_plan(
    room: Any, canvases: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.hand_in("anna", {"sample-c1": canvases["anna"]})
    assert main(["watch", "--once"]) == 0
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert main(["plan", "--out", str(tmp_path)]) == 2
    assert not list(tmp_path.glob("plan.*"))
