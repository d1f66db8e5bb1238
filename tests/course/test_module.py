"""A module folder is read strictly, and its learner's copy holds what a page needs and no key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.errors import ContentError
from course.module import load_module

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample"))


def test_a_module_is_read_with_its_lessons_and_minutes() -> None:
    module = load_module(SAMPLE)
    assert (module.id, module.minutes, len(module.items), len(module.demos)) == ("sample", 8, 9, 1)
    assert module.lessons["en"].piece_titles == {"first": "First part", "second": "Second part"}
    assert module.learner_copy()["pieces"][0]["items"] == ["sample-p1", "sample-p2", "sample-p3", "sample-p4"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("module.yaml", "id: sample", "id: other", "the folder is 'sample'"),
        ("module.yaml", "minutes: 5", "minutes: 12", "a piece takes 1 to 10 minutes"),
        (
            "module.yaml",
            "{id: second, minutes: 5}",
            "{id: third, minutes: 5}",
            "pieces are ['first', 'second']",
        ),
        ("module.yaml", "schema: 1", "schema: 2", "field 'schema' is 2"),
        ("module.yaml", "lab: next_word", "labb: next_word", "field 'lab' is missing"),
        ("module.yaml", "en: Sample module}", "}", "field 'title' has no text in 'en'"),
        ("items.yaml", "goal: tokens", "goal: words", "goal 'words' is not in module.yaml"),
        ("items.yaml", "module: sample", "module: sample\nmodule: sample", "stands twice"),
        ("facts.yaml", "grade: A", "grade: C", "field 'grade' is 'C'"),
        ("facts.yaml", "id: cut-off", "id: cutoff", "fact 'cut-off' is not in facts.yaml"),
        ("lesson.en.md", ":::{exercise} sample-p2\n:::\n", "", "exercise 'sample-p2' is not shown"),
        ("lesson.da.md", "sample-p2", "sample-p9", "exercise 'sample-p2' is not shown"),
        ("lesson.da.md", "{#first}", "", "lacks its piece id"),
        ("lesson.da.md", ":::{scene}", ":::{sceen}", "there is no block 'sceen'"),
        ("lesson.da.md", "brevet**.\n:::", "brevet**.", "the block 'scene' is not closed"),
        ("lesson.da.md", ":::{submit}\n:::", "", "its blocks differ"),
        ("lesson.da.md", "# Prøvemodul", "", "has no title"),
    ],
)
def test_a_fault_is_named_with_file_and_place(folder: Path, file: str, old: str, new: str, message: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as fault:
        load_module(folder)
    assert message in str(fault.value)


@pytest.mark.parametrize("file", ["module.yaml", "items.yaml", "facts.yaml", "lesson.da.md", "lesson.en.md"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ContentError, match=file):
        load_module(folder)
