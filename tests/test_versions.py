"""Do the lock, pyproject.toml, the conda files and what is installed name the same versions?"""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[1]
OLDEST = "3.11.2"  # Debian 12's
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FIXED = ("jupyterlab", "nbgrader", "voila", "ipywidgets", "anywidget", "transformers", "torch")


def lock() -> dict[NormalizedName, Requirement]:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    names = [canonicalize_name(pin.name) for pin in pins]
    assert len(names) == len(set(names)), "a package stands twice in requirements.lock"
    return dict(zip(names, pins, strict=True))


LOCK = lock()
HERE = {name: pin for name, pin in LOCK.items() if not pin.marker or pin.marker.evaluate()}


def exact(pin: Requirement) -> str:
    (specifier,) = pin.specifier
    assert specifier.operator == "==", f"{pin} is not an exact version"
    assert "*" not in specifier.version, f"{pin} is not an exact version"
    return specifier.version


def declared() -> list[Requirement]:
    return [Requirement(line) for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])]


def test_the_lock_holds_exact_versions() -> None:
    assert all(exact(pin) for pin in LOCK.values())


def test_what_is_installed_is_what_is_locked() -> None:
    installed = {name: importlib.metadata.version(name).partition("+")[0] for name in HERE}
    assert installed == {name: exact(pin) for name, pin in HERE.items()}


def test_every_locked_package_runs_on_the_oldest_python_we_promise() -> None:
    wanted = {name: importlib.metadata.metadata(name)["Requires-Python"] or "" for name in HERE}
    assert not {name: wants for name, wants in wanted.items() if not SpecifierSet(wants).contains(OLDEST)}


def test_the_lock_is_closed() -> None:
    """What a locked package needs is locked too, in a version that it takes."""
    extras = {canonicalize_name(pin.name): {"", *pin.extras} for pin in declared()}
    for name in HERE:
        for need in map(Requirement, importlib.metadata.requires(name) or []):
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras.get(name, {""})):
                found = LOCK.get(canonicalize_name(need.name))
                assert found, f"{name} needs {need}, which is not in requirements.lock"
                assert need.specifier.contains(exact(found), prereleases=True), f"{name} needs {need}, not {found}"


def test_the_lock_is_in_the_ranges_that_pyproject_gives() -> None:
    for need in declared():
        found = LOCK[canonicalize_name(need.name)]
        assert need.specifier.contains(exact(found)), f"pyproject.toml says {need}, the lock {found}"
        assert str(need.marker) == str(found.marker)


def test_every_package_that_the_code_imports_is_declared() -> None:
    owners = importlib.metadata.packages_distributions()
    helpers = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    ours = {*folders, *helpers, *sys.stdlib_module_names}
    direct = {canonicalize_name(need.name) for need in declared()}
    sources = [path for package in ("course", "sandbox", "grading", "tests") for path in (ROOT / package).rglob("*.py")]
    missing = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources
        for name in third_party(path) - ours
        if not {canonicalize_name(owner) for owner in owners.get(name, [])} & direct
    }
    assert not missing, "name the package in pyproject.toml"


def third_party(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def conda(file: str) -> tuple[dict[str, str], list[str]]:
    """Return a conda file's own pins (name: version), and the lines for pip."""
    content: dict[str, Any] = yaml.safe_load((ROOT / file).read_text("utf-8"))
    own: dict[str, str] = {}
    pip: list[str] = []
    for line in content["dependencies"]:
        if isinstance(line, dict):
            pip = line["pip"]
        else:
            name, _, version = line.partition("=")
            own[name] = version
    return own, pip


@pytest.mark.parametrize("file", ["environment.yml", "binder/environment.yml"])
def test_a_conda_file_agrees_with_the_lock(file: str) -> None:
    own, pip = conda(file)
    assert own["python"] == PROJECT["requires-python"].removeprefix(">=") == "3.11"
    pinned = [Requirement(line) for line in pip if not line.startswith("-")]
    for pin in pinned:
        assert exact(pin) == exact(LOCK[canonicalize_name(pin.name)])
        assert str(pin.marker) == str(LOCK[canonicalize_name(pin.name)].marker)


def test_the_root_conda_file_fixes_the_main_packages_and_takes_the_rest_from_the_lock() -> None:
    _, pip = conda("environment.yml")
    assert "-r requirements.lock" in pip
    assert {canonicalize_name(Requirement(line).name) for line in pip if not line.startswith("-")} >= set(FIXED)


def test_binder_holds_every_version_to_the_lock_and_leaves_torch_out() -> None:
    _, pip = conda("binder/environment.yml")
    names = {canonicalize_name(Requirement(line).name) for line in pip if not line.startswith("-")}
    left_out = {"accelerate", "torch", "transformers", "tokenizers", "gguf"}
    assert "-c ../requirements.lock" in pip
    assert names == {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]} - left_out | {
        "hatchling"
    }


def test_the_lock_says_how_much_it_weighs() -> None:
    header = (ROOT / "requirements.lock").read_text("utf-8")
    sizes = dict(re.findall(r"^# (download|disk)-mb: (\d+)$", header, re.MULTILINE))
    assert 100 < int(sizes["download"]) < int(sizes["disk"])
