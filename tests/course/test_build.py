"""The notebooks that build writes: same bytes every time, no keys, and the metadata that others read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from course import build, paths
from course.items import load_items
from course.syllabus import Syllabus

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "modules" / "sample")
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(paths, "MODULES", tmp_path / "modules")
    syllabus = Syllabus({"da": "Kursus", "en": "Course"}, "koerekort", ("sample",))
    for name in ("course.build.load_syllabus", "course.module.load_syllabus"):
        monkeypatch.setattr(name, lambda: syllabus)
    build.build()
    return tmp_path / "var"


def test_a_second_build_changes_nothing_and_leaves_the_answers(built: Path) -> None:
    answers = built / "site" / "sample" / "answers.json"
    answers.write_text("kept")
    before = {p: p.read_bytes() for p in built.rglob("*") if p.is_file()}
    assert build.build() == []
    assert {p: p.read_bytes() for p in built.rglob("*") if p.is_file()} == before
    for file in built.rglob("*.ipynb"):
        file.unlink()
    build.build()
    assert {p: p.read_bytes() for p in built.rglob("*") if p.is_file()} == before


def test_no_learner_file_holds_a_graded_items_key_or_reasons(built: Path) -> None:
    files = [p.read_text("utf-8") for p in built.rglob("*") if p.is_file()]
    assert len(files) > 6
    for item in load_items(SAMPLE / "items.yaml").values():
        if item.use == "graded":
            for secret in ("Fordi", "Because", "Rigtigt", "Right", "Forkert", "Du talte ord"):
                assert not any(f"{secret} {item.id.removeprefix('sample-')}" in text for text in files)


def test_the_danish_notebook_is_the_one_nbgrader_sees(built: Path) -> None:
    source = built / "nbgrader" / "source" / "sample"
    assert sorted(p.name for p in source.iterdir()) == ["items.json", "sample.ipynb"]
    page = built / "site" / "sample" / "sample.ipynb"
    assert (source / "sample.ipynb").read_bytes() == page.read_bytes()
    cells = nbformat.read(page, as_version=4).cells
    grading = {c.metadata.nbgrader.grade_id: c.metadata.nbgrader for c in cells if "nbgrader" in c.metadata}
    assert list(grading) == [*(f"sample-g{n}" for n in range(1, 5)), "sample-r1-text", "sample-r1"]
    assert sum(m.get("points", 0) for m in grading.values()) == 1 + 2 + 2 + 1 + 3
    assert (grading["sample-g1"].grade, grading["sample-r1"].grade, grading["sample-r1"].task) == (
        True,
        False,
        True,
    )


def test_both_languages_have_the_same_cells_and_point_at_each_other(built: Path) -> None:
    danish = nbformat.read(built / "site" / "sample" / "sample.ipynb", as_version=4)
    english = nbformat.read(built / "site" / "en" / "sample.ipynb", as_version=4)
    assert [c.id for c in danish.cells] == [c.id for c in english.cells]
    assert len({c.id for c in danish.cells}) == len(danish.cells)
    ours = danish.metadata.koerekort
    assert (ours.language, ours.home, ours.alternate.href) == ("da", "../index.ipynb", "../en/sample.ipynb")
    assert english.metadata.koerekort.alternate.href == "../sample/sample.ipynb"
    assert [p["title"] for p in english.metadata.koerekort.pieces] == ["First part", "Second part"]


def test_a_fact_is_linked_to_its_source(built: Path) -> None:
    cells = nbformat.read(built / "site" / "sample" / "sample.ipynb", as_version=4).cells
    assert '<a href="#fact-cut-off">[1]</a>' in cells[3].source
    assert "https://example.org/model-card" in "".join(c.source for c in cells)


def test_the_check_names_the_fault_and_writes_nothing(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check"]) == 0
    assert "sample: 8 minutes, 4 practice, 4 graded, 1 reflection" in capsys.readouterr().out
    items = built.parent / "modules" / "sample" / "items.yaml"
    items.write_text(items.read_text("utf-8").replace("key: b", "key: q", 1), "utf-8")
    assert build.main(["--check"]) == 2
    assert "sample/items.yaml, item 'sample-p1': field 'key' is 'q'" in capsys.readouterr().err


def test_items_json_is_what_a_page_reads(built: Path) -> None:
    copy = json.loads((built / "site" / "sample" / "items.json").read_text("utf-8"))
    assert [item["id"] for item in copy["items"]][:2] == ["sample-p1", "sample-p2"]
    assert "key" in copy["items"][0]
    assert "key" not in copy["items"][4]
