"""A released course with the sample module in a folder of its own, and learners who hand in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from course import build, outbox, paths
from course.items import load_items
from course.syllabus import Syllabus
from grading.course_dir import CourseDir
from grading.release import release
from grading.watch import Grader

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
MODULE = "sample"


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var/ with the sample module built and released; tests copy it."""
    var = tmp_path_factory.mktemp("released")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOEREKORT_VAR", str(var))
        patch.setattr(paths, "MODULES", SAMPLE.parent)
        syllabus = Syllabus({"da": "Kursus", "en": "Course"}, "koerekort", (MODULE,))
        for name in ("course.build.load_syllabus", "course.module.load_syllabus"):
            patch.setattr(name, lambda: syllabus)
        build.build()
        assert release(SAMPLE.parent) == [MODULE]
    return var


@pytest.fixture
def var(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the released course, which `course.paths` points to."""
    copy = tmp_path / "var"
    shutil.copytree(released, copy)
    monkeypatch.setenv("KOEREKORT_VAR", str(copy))
    return copy


class Room:
    """A released course, its grader, and learners who hand in as the page does."""

    module = MODULE
    model_answers = {item.id: item.model_value() for item in load_items(SAMPLE / "items.yaml").values()}

    def __init__(self, var: Path, homes: Path, patch: pytest.MonkeyPatch) -> None:
        self.var = var
        self._homes = homes
        self._patch = patch
        self.course = CourseDir()
        self.grader = Grader(self.course)

    def hand_in(self, learner: str, values: dict[str, Any]) -> str:
        """Hand in answers and return the ticket's id."""
        self._patch.setenv("KOEREKORT_LEARNER", learner)
        folder = self._homes / learner / MODULE
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.var / "site" / MODULE / f"{MODULE}.ipynb", folder)
        (folder / "answers.json").write_text(self.answer_file(values), "utf-8")
        return outbox.hand_in(MODULE, folder, "da")

    def ticket(self, ticket: str) -> Path:
        """Return a waiting ticket's folder."""
        return self.var / "outbox" / ticket

    def waiting(self) -> list[str]:
        """Return what is in the outbox, hidden folders included."""
        return sorted(path.name for path in (self.var / "outbox").iterdir())

    def inbound(self) -> list[str]:
        """Return the names of all submissions in the exchange."""
        return sorted(path.name for path in (self.var / "exchange" / "koerekort" / "inbound").iterdir())

    def answer_file(self, values: dict[str, Any], **more: Any) -> str:
        """Return the content of an answers.json; `more` replaces its other fields."""
        records = {item: {"value": value} for item, value in values.items()}
        saved = "2026-11-22T09:30:00Z"
        whole = {"schema": 1, "module": MODULE, "language": "da", "saved": saved, "answers": records}
        return json.dumps(whole | more)

    def feedback(self, learner: str) -> dict[str, Any]:
        """Return what a learner's page reads."""
        return self._page_file(learner, f"{MODULE}.json")

    def status(self, learner: str) -> dict[str, Any]:
        """Return how far a learner's ticket is."""
        return self._page_file(learner, f"{MODULE}.status.json")

    def grades(self, learner: str) -> dict[str, tuple[float | None, float | None, bool]]:
        """Return each cell's automatic points, a person's points, and whether it waits for a person."""
        with self.course.gradebook() as gradebook:
            notebook = gradebook.find_submission_notebook(MODULE, MODULE, learner)
            return {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade) for g in notebook.grades}

    def give_points(self, learner: str, item: str, points: float, comment: str | None = None) -> None:
        """Do to the gradebook what formgrader does when a person gives points, and a comment."""
        with self.course.gradebook() as gradebook:
            grade = gradebook.find_grade(item, MODULE, MODULE, learner)
            grade.manual_score, grade.needs_manual_grade = points, False
            if comment is not None:
                gradebook.find_comment(item, MODULE, MODULE, learner).manual_comment = comment
            gradebook.db.commit()

    def _page_file(self, learner: str, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.var / "feedback" / learner / name).read_text("utf-8"))
        return content


@pytest.fixture
def room(var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A course and its learners, for one test."""
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    return Room(var, tmp_path / "homes", monkeypatch)
