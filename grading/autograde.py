"""Grades every submission of a module in one process: collect, autograde, feedback, release feedback.

Points that a person gave in formgrader reach the learner's page by this too. It does not know tickets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course.errors import SettingError
from course.progress import Progress
from grading.course_dir import CourseDir
from grading.feedback import write_feedback


@dataclass(frozen=True)
class Report:
    """What one run did with a module: learners graded, those with a text to read, and who failed and why."""

    module: str
    graded: int
    waiting: tuple[str, ...]
    failed: dict[str, str]

    def __str__(self) -> str:
        lines = [f"{self.module}: {self.graded} graded, {len(self.waiting)} with a text to read in formgrader."]
        lines += [f"    {learner}: not graded. {why}" for learner, why in self.failed.items()]
        return "\n".join(lines)


def autograde(course: CourseDir, module: str, force: bool = False, collect: bool = True) -> Report:
    """Grade a module's submissions and write every learner's feedback.

    Args:
        course: the course directory.
        module: the module's id.
        force: grade again what was graded before; a person's points stay.
        collect: take new submissions out of the exchange first.
    """
    waiting: list[str] = []
    failed: dict[str, str] = {}
    with course.lock():
        if collect:
            course.collect(module)
        learners = course.submitted(module)
        for learner in _with_progress(learners, module):
            try:
                if _grade_one(course, module, learner, force):
                    waiting.append(learner)
            except Exception as fault:  # one submission's trouble must not stop the others
                failed[learner] = f"{type(fault).__name__}: {fault}"
    return Report(module, len(learners) - len(failed), tuple(waiting), failed)


def _grade_one(course: CourseDir, module: str, learner: str, force: bool) -> bool:
    """Grade one submission and write its feedback; return whether a text waits for a reader."""
    course.autograde(module, learner, force=force)
    course.feedback(module, learner)
    return bool(write_feedback(course, module, learner)["waiting_for_reader"])


def _with_progress(learners: list[str], module: str) -> Iterator[str]:
    """Yield the learners one at a time and show how far it is."""
    progress = Progress()
    for done, learner in enumerate(learners):
        progress.show(done / len(learners), f"grading {module}")
        yield learner
    progress.close()


def known_modules(course: CourseDir, module: str | None) -> list[str]:
    """Return the one module asked for, else every released module; raises SettingError for an unknown one."""
    released = course.released()
    if module is None:
        return released
    if module not in released:
        raise SettingError(f"There is no released module {module!r}; choose one of {', '.join(released)}.")
    return [module]
