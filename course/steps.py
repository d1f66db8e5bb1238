"""The set-up's steps as one table, and how a step is known to be done; standard library only.

A step is done while its stamp agrees with what it reads (content, not dates) and what it makes is still there.
It does not know how a step is run or shown.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course import paths

PIP = "pip"


@dataclass(frozen=True)
class Step:
    """One step: its name, what it tells a person, what it runs, the files it reads, the files it makes.

    `command` is for `.venv`'s Python; one that begins with "pip" is `pip install` with the rest.
    `reads` are globs under the checkout; `makes` are paths under the checkout or, beginning with `var/`, under `var()`.
    An `always` step keeps what it makes elsewhere and is quick when that is there: it runs each time.
    """

    name: str
    heading: str
    command: tuple[str, ...]
    reads: tuple[str, ...]
    makes: tuple[str, ...] = ()
    always: bool = False


LOCK = "requirements.lock"
STEPS = (
    Step("packages", "Packages", (PIP, "--only-binary", ":all:", "-r", LOCK), (LOCK,)),
    Step(
        "project",
        "This project",
        (PIP, "--no-deps", "--no-build-isolation", "--editable", "."),
        ("pyproject.toml", LOCK),
    ),
    Step(
        "theme",
        "The look of the pages",
        ("-m", "sandbox.theme", "fetch"),
        ("sandbox/theme/*.py",),
        ("var/theme",),
    ),
    Step("models", "The language models", ("-m", "sandbox.models", "prepare"), ("sandbox/models.yaml",), always=True),
    Step(
        "site",
        "The course's pages",
        ("-m", "course.build"),
        ("course/**/*", "modules/**/*", "sandbox/pages/**/*"),
        ("var/site/index.ipynb", "var/nbgrader/source"),
    ),
    Step(
        "release",
        "Release to learners",
        ("-m", "grading", "release"),
        ("course/**/*", "modules/**/*", "grading/**/*"),
        ("var/nbgrader/release",),
    ),
)


def venv() -> Path:
    """Folder of the environment that the set-up makes."""
    return paths.ROOT / ".venv"


def python() -> Path:
    """The environment's Python."""
    return venv() / "bin" / "python"


def has_environment() -> bool:
    """Tell whether `.venv` is there, was made at this place, and has a Python that still exists."""
    marker = venv() / "pyvenv.cfg"
    return python().exists() and marker.is_file() and str(venv()) in marker.read_text(encoding="utf-8")


def is_done(step: Step) -> bool:
    """Tell whether nothing that a step reads has changed since it was done, and what it made is still there."""
    try:
        done = _stamp(step).read_text(encoding="utf-8")
    except OSError:
        return False
    return done == _inputs(step) and all(_made(path).exists() for path in step.makes)


def mark_done(step: Step) -> None:
    """Write a step's stamp."""
    file = _stamp(step)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(_inputs(step), encoding="utf-8")
    os.replace(fresh, file)


def _stamp(step: Step) -> Path:
    folder = venv() / "stamps" if step.command[0] == PIP else paths.var() / "stamps"
    return folder / step.name


def _made(path: str) -> Path:
    return paths.var() / path.removeprefix("var/") if path.startswith("var/") else paths.ROOT / path


def _inputs(step: Step) -> str:
    digest = hashlib.sha256(repr((step.command, sys.platform)).encode())
    for file in _files(step.reads):
        digest.update(file.relative_to(paths.ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(globs: tuple[str, ...]) -> Iterator[Path]:
    found = {file for pattern in globs for file in paths.ROOT.glob(pattern) if file.is_file()}
    return iter(sorted(file for file in found if "__pycache__" not in file.parts))
