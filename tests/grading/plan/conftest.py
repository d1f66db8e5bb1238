"""A released course whose sample module has a canvas and a library of cases."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from course import build, paths
from course.syllabus import Syllabus
from grading.release import release

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
CANVAS = """
  - id: sample-c1
    kind: canvas
    use: canvas
    points: 0
    goal: tokens
    stem:
      da: "**Lærred 1: arbejdet.** Beskriv en assistent."
      en: "**Canvas 1: the work.** Describe an assistant."
    fields:
      - {id: purpose, label: {da: Hvad skal blive bedre, en: What is to get better}, input: text, plan: purpose}
      - id: place
        label: {da: Hvor skal den køre, en: Where is it to run}
        input: choice
        options:
          - {id: anna, text: {da: Egen server, en: Own server}}
          - {id: eu, text: {da: EU-sky, en: EU cloud}}
        plan: sandbox
      - id: errors
        label: {da: Fejl, en: Errors}
        input: rows
        columns:
          - {id: what, label: {da: Slags, en: Kind}}
          - {id: owner, label: {da: Ejer, en: Owner}}
        plan: quality
      - {id: training, label: {da: Oplæring, en: Training}, input: text, plan: education}
      - {id: note, label: {da: Din note, en: Your note}, input: line}
"""
CASES = """
schema: 1
cases:
  - id: harbour
    who: {da: Havnekøbing Kommune, en: Havnekøbing Municipality}
    what: {da: En assistent til breve., en: An assistant for letters.}
    learned: {da: Målingen begyndte for sent., en: The measuring began too late.}
    ask: {da: "Hvem måler?", en: "Who measures?"}
    outcome: stopped
    source: https://www.example.org/harbour
    as_of: 2026-11-23
    recheck_by: 2027-11-23
    grade: A
"""
BLOCKS = ":::{exercise} sample-c1\n:::\n\n:::{cases}\n:::\n\n:::{submit}"


def with_canvas(folder: Path) -> Path:
    """Return a copy of the sample module that has a canvas and a case too."""
    module = Path(shutil.copytree(SAMPLE, folder / "sample"))
    items = module / "items.yaml"
    items.write_text(items.read_text("utf-8").rstrip() + "\n" + CANVAS, "utf-8")
    (module / "cases.yaml").write_text(CASES, "utf-8")
    for lesson in module.glob("lesson.*.md"):
        lesson.write_text(lesson.read_text("utf-8").replace(":::{submit}", BLOCKS, 1), "utf-8")
    return module


@pytest.fixture(scope="session")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample module with a canvas and a case."""
    return with_canvas(tmp_path_factory.mktemp("modules"))


@pytest.fixture(scope="session")
def released(module: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var/ with that module built and released, in place of the usual one."""
    var = tmp_path_factory.mktemp("released-canvas")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOEREKORT_VAR", str(var))
        patch.setattr(paths, "MODULES", module.parent)
        syllabus = Syllabus({"da": "Kursus", "en": "Course"}, "koerekort", ("sample",))
        for name in ("course.build.load_syllabus", "course.module.load_syllabus"):
            patch.setattr(name, lambda: syllabus)
        build.build()
        assert release(module.parent) == ["sample"]
    return var


@pytest.fixture
def canvases() -> dict[str, Any]:
    """What three people fill in, by learner's id; the texts hold what must not come into a plan."""
    return {
        "anna": {"purpose": "Kortere breve til borgerne", "place": "anna", "note": "min egen note"},
        "bo.hansen": {
            "purpose": "Svar samme dag. Ring til mig på 20 67 68 94 eller spørg Bo.Hansen",
            "place": "anna",
            "errors": [["Forkert frist", "Teamleder"], ["", ""]],
        },
        "carla": {"purpose": "  ", "place": "eu", "errors": [["Skæv tone", "Skriv til kirsten@example.org"]]},
    }
