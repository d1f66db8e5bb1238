"""Do the packages import only what DESIGN section 3 allows? The imports are read, nothing is run."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("course", "sandbox", "grading")
MAY = {"course": {"course"}, "sandbox": {"sandbox", "course"}, "grading": {"grading", "course"}}
TORCH = ("sandbox/engines/transformers.py", "sandbox/training/")
HEAVY_ON_PAGES = {"torch", "transformers", "nbgrader"}
EARLY = ("course/bootstrap.py", "course/steps.py", "course/packages.py", "course/progress.py", "course/paths.py")


def sources() -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "__pycache__" not in path.parts
    )


def imports(source: str) -> Iterator[str]:
    """Yield the full name of every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse((ROOT / source).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}:{node.lineno}: write the import in full, from the package's name on"
            assert node.module
            yield node.module


def tops(source: str) -> set[str]:
    return {name.partition(".")[0] for name in imports(source)}


def test_the_packages_are_there() -> None:
    assert {source.partition("/")[0] for source in sources()} == set(PACKAGES)


def test_files_import_only_along_the_arrows() -> None:
    ours = {*PACKAGES, "modules", "tests", "binder"}
    wrong = {source: tops(source) & ours - MAY[source.partition("/")[0]] for source in sources()}
    assert not {source: names for source, names in wrong.items() if names}


def test_torch_is_imported_in_its_two_places_only() -> None:
    assert not [source for source in sources() if "torch" in tops(source) and not source.startswith(TORCH)]


def test_course_imports_nothing_heavy() -> None:
    course = [source for source in sources() if source.startswith("course/")]
    assert not [source for source in course if tops(source) & HEAVY_ON_PAGES]


def test_grading_never_imports_torch_or_transformers() -> None:
    grading = [source for source in sources() if source.startswith("grading/")]
    assert not [source for source in grading if tops(source) & {"torch", "transformers"}]


@pytest.mark.parametrize("source", EARLY)
def test_what_runs_before_the_packages_are_installed_needs_none_of_them(source: str) -> None:
    assert tops(source) - {"course"} <= set(sys.stdlib_module_names)
    ours = {name for name in imports(source) if name.startswith("course.")}
    assert {f"{name.replace('.', '/')}.py" for name in ours} <= {*EARLY, "course/errors.py"}
