"""`python -m grading plan`: writes the plan as HTML and DOCX into a folder. It does not know what is in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from course.errors import SettingError
from course.goals import load_goals
from grading.course_dir import CourseDir
from grading.plan import sandbox
from grading.plan.canvases import gather, rewritten
from grading.plan.compose import Sources, compose
from grading.plan.document import Plan
from grading.plan.html import html
from grading.plan.word import word


@dataclass(frozen=True)
class Written:
    """The plan, and the files that hold it."""

    plan: Plan
    files: tuple[Path, ...]


def write_plan(course: CourseDir, folder: Path, language: str, today: date) -> Written:
    """Write `plan.<language>.html` and `.docx`, for their owner alone; raises CourseError, and then writes nothing."""
    plan = compose(collect(course), language, today)
    contents = {
        folder / f"plan.{language}.html": html(plan).encode(),
        folder / f"plan.{language}.docx": word(plan, today),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in contents.items():
            _write(file, content)
    except OSError as fault:
        raise SettingError(f"{folder} cannot be written to: {fault.strerror}. Choose another folder.") from fault
    return Written(plan, tuple(contents))


def collect(course: CourseDir) -> Sources:
    """Return all that a plan is made of; the guard has read what people wrote."""
    covered = 0

    def guarded(texts: list[str]) -> list[str]:
        nonlocal covered
        masked = sandbox.masked(texts)
        covered = sum(before != after for before, after in zip(texts, masked, strict=True))
        return masked

    gathered = rewritten(gather(course), guarded)
    return Sources(gathered, load_goals(), sandbox.setup(), covered)


def _write(file: Path, content: bytes) -> None:
    temporary = file.with_name(f".{file.name}.tmp")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(content)
    temporary.replace(file)
