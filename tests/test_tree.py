"""Does the README's tree show the repository as it is, and are files of a size that a person reads?

The tree is the README's first fenced block that begins with a line for README.md: four spaces a level, folders end in
"/", what follows two spaces is a remark; several names on one line are separated by " / ".
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNLISTED = {"var", "__pycache__", "node_modules", "build", "dist"}  # not in the repository
FOLDERS = ("course", "sandbox", "grading", "modules", "tests")  # their folders are listed too
LONGEST = 300


def tree() -> set[str]:
    """Return the paths that the README's tree shows; folders end in a slash."""
    text = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"^```\w*\n(README\.md .*?)^```", text, re.DOTALL | re.MULTILINE)
    assert block, "README.md has no fenced block that begins with README.md"
    found: set[str] = set()
    above: list[str] = []
    for line in block[1].splitlines():
        names = re.split(r"\s{2,}", line.strip())[0]
        if not names:
            continue
        depth = (len(line) - len(line.lstrip())) // 4
        above = above[:depth]
        for name in re.split(r" / ", names):
            found.add("".join(above) + name)
        if names.endswith("/"):
            above.append(names)
    return found


def there(folder: Path) -> set[str]:
    """Return what is in a folder of the repository, as the tree would show it."""
    entries = (path for path in folder.iterdir() if not path.name.startswith(".") and path.name not in UNLISTED)
    return {f"{path.relative_to(ROOT)}{'/' if path.is_dir() else ''}" for path in entries}


def test_everything_in_the_tree_is_there() -> None:
    missing = {
        path for path in tree() - {"var/"} if not (ROOT / path).exists() or path.endswith("/") != (ROOT / path).is_dir()
    }
    assert not missing


def test_everything_that_is_there_is_in_the_tree() -> None:
    shown = tree()
    assert there(ROOT) <= shown
    for folder in FOLDERS:
        assert {path for path in there(ROOT / folder) if path.endswith("/")} <= shown


@pytest.mark.parametrize("package", ["course", "sandbox", "grading"])
def test_no_source_file_is_too_long_to_read(package: str) -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / package).rglob("*.py")}
    assert not {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST}


@pytest.mark.parametrize("folder", ["course", "sandbox", "grading", "binder", "modules"])
def test_nothing_names_a_place_on_one_machine(folder: str) -> None:
    wrong = re.compile(r"/(?:root|home|work)/")
    files = (
        path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".yaml", ".yml", ".po", ".md", ".js"}
    )
    assert not [str(path.relative_to(ROOT)) for path in files if wrong.search(path.read_text("utf-8"))]
