"""nbgrader's own commands on the same course directory: the grader's points, and nothing is executed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MESSY = {"sample-g1": "a", "sample-g2": ["a"], "sample-g3": 5, "sample-g4": 12.2, "sample-r1": {"text": "Jeg prøver."}}


def nbgrader(room: Any, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `nbgrader` in the course directory as an instructor does."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=room.var / "nbgrader",
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def place(room: Any, learner: str, values: dict[str, Any]) -> Path:
    """Put a submission where nbgrader collects it to, without collecting; return its notebook."""
    folder: Path = room.var / "nbgrader" / "submitted" / learner / room.module
    folder.mkdir(parents=True)
    (folder / "answers.json").write_text(room.answer_file(values))
    shutil.copy(room.var / "site" / room.module / f"{room.module}.ipynb", folder)
    return folder / f"{room.module}.ipynb"


def make_evil(notebook: Path, marker: Path, address: tuple[str, int]) -> None:
    """Fill a notebook with code that deletes a file and opens a socket, and with cells that claim points."""
    code = f"import os, socket\nos.remove({str(marker)!r})\nsocket.create_connection({address!r})\n"
    data = json.loads(notebook.read_text())
    for cell in data["cells"]:
        cell["source"] = code
    data["cells"] += [{**cell, "id": f"again{i}"} for i, cell in enumerate(data["cells"])]
    notebook.write_text(json.dumps(data))


@pytest.mark.slow
def test_the_same_points_and_nothing_runs(room: Any) -> None:
    learners: dict[str, Any] = {"anna": room.model_answers, "bo": {}, "carl": MESSY}
    for learner, values in learners.items():
        room.hand_in(learner, values)
    room.grader.take_all()
    ours = {learner: room.grades(learner) for learner in learners}
    marker = room.var / "marker"
    marker.write_text("still here")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        make_evil(place(room, "evil", room.model_answers), marker, listening.getsockname())
        place(room, "cut", room.model_answers).write_text("{ no JSON")
        done = nbgrader(room, "autograde", room.module, "--force")
        assert done.returncode == 0, done.stderr
        with pytest.raises(TimeoutError):
            listening.accept()
    assert marker.read_text() == "still here"
    assert {learner: room.grades(learner) for learner in learners} == ours
    assert {room.grades(learner)["sample-g2"][0] for learner in ("evil", "cut")} == {2.0}
    done = nbgrader(room, "generate_feedback", room.module, "--force")
    assert done.returncode == 0, done.stderr
    pages = {learner: room.var / "nbgrader" / "feedback" / learner / "sample" / "sample.html" for learner in learners}
    for learner, total in {"anna": "6 af 9 point", "bo": "0 af 9 point", "carl": "2 af 9 point"}.items():
        assert total in pages[learner].read_text("utf-8")


@pytest.mark.slow
def test_settings_that_cannot_be_loaded_stop_everything(room: Any, tmp_path: Path) -> None:
    """nbgrader would go on without them and execute what learners sent."""
    place(room, "anna", room.model_answers)
    broken = tmp_path / "shadow" / "grading"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('half installed')")
    done = nbgrader(room, "autograde", room.module, PYTHONPATH=str(broken.parent))
    assert done.returncode != 0
    assert "nothing is graded: half installed" in done.stderr
    assert not (room.var / "nbgrader" / "autograded").exists()


@pytest.mark.slow
def test_generate_assignment_makes_what_we_released(room: Any) -> None:
    release = room.var / "nbgrader" / "release" / "sample" / "sample.ipynb"
    before = release.read_bytes()
    done = nbgrader(room, "generate_assignment", room.module, "--force")
    assert done.returncode == 0, done.stderr
    assert release.read_bytes() == before
