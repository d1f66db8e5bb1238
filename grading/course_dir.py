"""One course directory of nbgrader, driven in this process: release, submit, collect, autograde, feedback.

Does what nbgrader's commands do, without their 4 seconds of start-up. It does not know tickets or pages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseAssignment, ExchangeReleaseFeedback
from nbgrader.utils import capture_log
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course import paths
from course.errors import SettingError
from grading.exchange import CollectAnswers, SubmitTicket, submitted_ticket
from grading.submission import Submission, read_submission

CONFIG_FILE = "nbgrader_config.py"
LOCK_SECONDS = 120.0


class CourseDir:
    """nbgrader's course directory, with the configuration that stands in it."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read the configuration in `folder` (else `paths.nbgrader_course()`); raises SettingError without one."""
        folder = folder or paths.nbgrader_course()
        if not (folder / CONFIG_FILE).is_file():
            raise SettingError(f"{folder / CONFIG_FILE} is missing: nothing is released yet. Run `make setup` first.")
        _put_alembic_on_path()
        self.config: Config = PyFileConfigLoader(CONFIG_FILE, str(folder)).load_config()
        self._course = CourseDirectory(config=self.config)
        self._authenticator = Authenticator(config=self.config)
        self.folder = Path(self._course.root)
        self.modules = Path(self.config.ScoreAnswers.modules)

    def lock(self) -> FileLock:
        """Return the lock that whoever grades holds, so that two commands do not write the same files."""
        return FileLock(paths.run() / "grading.lock", timeout=LOCK_SECONDS)

    def gradebook(self) -> Gradebook:
        """Return an open gradebook, to be used in a `with` statement."""
        return Gradebook(self._course.db_url, self._course.course_id)

    def release(self, module: str) -> None:
        """Generate the learners' version of a module and put it in the exchange.

        Raises:
            NbGraderException: nbgrader would not; the message is its own, and what was released before still stands.
        """
        with self._about(module, "."):
            made = capture_log(GenerateAssignment(coursedir=self._course, config=self.config, force=True))
            if not made["success"]:
                self._restore_release(module)
                raise NbGraderException(_cause(made))
            self._exchange(ExchangeReleaseAssignment, force=True).start()

    def _restore_release(self, module: str) -> None:
        """Put back what learners have: nbgrader removes the old release before it makes the new one."""
        learners = Path(self.config.Exchange.root, self._course.course_id, "outbound", module)
        if learners.is_dir():
            target = self.folder / self._course.release_directory / module
            shutil.copytree(learners, target, dirs_exist_ok=True)

    def released(self) -> list[str]:
        """Return the ids of the modules that can be handed in."""
        release = self.folder / self._course.release_directory
        return sorted(path.parent.name for path in release.glob("*/*.ipynb") if path.stem == path.parent.name)

    def learner_copy(self, module: str) -> dict[str, Any]:
        """Return what learners have of a released module (items.json, no keys); nothing where it is not released."""
        try:
            file = self.folder / self._course.release_directory / module / "items.json"
            return dict(json.loads(file.read_bytes()))
        except (OSError, ValueError, TypeError):
            return {}

    def submit(self, module: str, learner: str, parent: Path, ticket: str) -> None:
        """Submit the folder `parent/<module>` for a learner, unless this ticket is in the exchange already."""
        with self._about(module, learner):
            action = self._exchange(SubmitTicket, assignment_dir=str(parent), ticket=ticket)
            if not submitted_ticket(Path(action.root, self._course.course_id, "inbound"), ticket):
                action.start()
            shutil.rmtree(action.cache, ignore_errors=True)

    def collect(self, module: str, learner: str = "*") -> None:
        """Collect the newest submission of a learner, or of every learner."""
        with self._about(module, learner):
            self._exchange(CollectAnswers, update=True).start()

    def autograde(self, module: str, learner: str, force: bool = True) -> None:
        """Grade what was collected of a learner; without `force` only what is newer than what was graded."""
        with self._about(module, learner):
            Autograde(coursedir=self._course, config=self.config, force=force).start()

    def feedback(self, module: str, learner: str) -> None:
        """Write a learner's feedback page and put it in the exchange."""
        with self._about(module, learner):
            GenerateFeedback(coursedir=self._course, config=self.config, force=True).start()
            self._exchange(ExchangeReleaseFeedback).start()

    def submitted(self, module: str) -> list[str]:
        """Return the ids of the learners whose submissions of a module have been collected."""
        folder = self.folder / self._course.submitted_directory
        return sorted(path.parent.name for path in folder.glob(f"*/{module}") if path.is_dir())

    def answers(self, module: str, learner: str, known: Any) -> Submission:
        """Return a learner's answers as they were graded; `known` are the module's item ids."""
        folder = self._course.format_path(self._course.autograded_directory, learner, module)
        return read_submission(Path(folder), module, known)

    def submission_time(self, module: str, learner: str) -> str:
        """Return when the graded submission was handed in (ISO 8601, UTC)."""
        folder = self._course.format_path(self._course.autograded_directory, learner, module)
        time = self._course.get_existing_timestamp(folder)
        return f"{time.isoformat(timespec='seconds')}Z" if time else ""

    def _exchange(self, action: type[Any], **options: Any) -> Any:
        made = action(coursedir=self._course, authenticator=self._authenticator, config=self.config)
        for name, value in options.items():
            setattr(made, name, value)
        return made

    @contextmanager
    def _about(self, module: str, learner: str) -> Iterator[None]:
        """Tell nbgrader which module and learner the next steps are about."""
        before = self._course.assignment_id, self._course.student_id
        self._course.assignment_id, self._course.student_id = module, learner
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SAWarning)  # nbgrader makes rows in an order that SQLAlchemy minds
                yield
        finally:
            self._course.assignment_id, self._course.student_id = before


def _cause(result: dict[str, Any]) -> str:
    """Return the innermost error in what nbgrader logged."""
    errors: list[str] = re.findall(r"^ *\w*(?:Error|Exception): (.*)", result.get("log", ""), re.MULTILINE)
    return errors[-1] if errors else str(result["error"]).strip().splitlines()[-1]


def _put_alembic_on_path() -> None:
    """Let nbgrader find the `alembic` command of this environment when it makes a gradebook."""
    scripts = sysconfig.get_path("scripts")
    if shutil.which("alembic") is None:
        os.environ["PATH"] = os.pathsep.join(filter(None, (scripts, os.environ.get("PATH"))))
