"""Releasing modules: once, again when something changed, and never against the hand-ins."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course import paths
from grading import release as releasing
from grading.release import ReleaseError, release

MODULES = Path(__file__).parents[1] / "data"


def change_source(var: Path, change: Any) -> None:
    file = var / "nbgrader" / "source" / "sample" / "sample.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    change(notebook["cells"])
    file.write_text(json.dumps(notebook), "utf-8")


def graded(cells: list[Any], grade_id: str) -> Any:
    return next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def test_a_second_release_changes_nothing(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.stat().st_mtime_ns for path in var.rglob("*")}
    monkeypatch.setattr(releasing, "_release_one", lambda module: pytest.fail("released again"))
    assert release(MODULES) == []
    assert {path: path.stat().st_mtime_ns for path in var.rglob("*")} == before


def test_when_nothing_changed_nbgrader_is_not_even_loaded(var: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from grading.release import release\n"
        f"assert release(Path({str(MODULES)!r})) == []\n"
        "assert not {'nbgrader', 'sqlalchemy', 'nbconvert', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=paths.ROOT)


@pytest.mark.parametrize(
    "lost", ["nbgrader/gradebook.db", "nbgrader/release/sample/sample.ipynb", "nbgrader/.released.json"]
)
def test_what_was_lost_is_made_again(var: Path, lost: str) -> None:
    (var / lost).unlink()
    assert release(MODULES) == ["sample"]
    assert (var / lost).is_file()
    assert release(MODULES) == []


def test_learners_get_the_notebook_and_the_items_and_nothing_else(var: Path) -> None:
    outbound = var / "exchange" / "koerekort" / "outbound" / "sample"
    assert sorted(path.name for path in outbound.iterdir()) == ["items.json", "sample.ipynb"]
    assert not list(var.rglob("answers.json"))


def test_changed_words_and_points_are_released_again_after_hand_ins(room: Any) -> None:
    room.hand_in("anna", room.model_answers)
    room.grader.take_all()

    def change(cells: list[Any]) -> None:
        cells[0]["source"] = "# Nye ord"
        graded(cells, "sample-g1")["metadata"]["nbgrader"]["points"] = 4

    change_source(room.var, change)
    assert release(MODULES) == ["sample"]
    room.hand_in("anna", room.model_answers)
    room.grader.take_all()
    assert (room.feedback("anna")["points"], room.feedback("anna")["max_points"]) == (9.0, 12.0)


def test_an_exercise_taken_away_after_hand_ins_is_refused_in_a_sentence(room: Any) -> None:
    room.hand_in("anna", room.model_answers)
    room.grader.take_all()
    change_source(room.var, lambda cells: cells.remove(graded(cells, "sample-g1")))
    with pytest.raises(ReleaseError, match="Cannot add or remove cells.*put the old ids back"):
        release(MODULES)
    released = room.var / "nbgrader" / "release" / "sample" / "sample.ipynb"
    assert "sample-g1" in released.read_text(), "the old release still stands"
    room.hand_in("bo", room.model_answers)
    assert room.grader.take_all() == 0
    assert room.feedback("bo")["points"] == 6.0


def test_the_settings_are_written_by_themselves(var: Path) -> None:
    course = var / "nbgrader"
    (course / "nbgrader_config.py").write_text("broken")
    release(MODULES)
    assert "configure(get_config()" in (course / "nbgrader_config.py").read_text()
