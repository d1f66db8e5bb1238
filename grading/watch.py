"""The grader process: takes hand-ins from the outbox in order and answers each with points and feedback.

    python -m grading.watch           until it is stopped
    python -m grading.watch --once    what is waiting now; exit code 1 when something had to be left

Killed at any moment and started again it loses nothing and grades nothing twice: a ticket stays in the outbox until its
feedback is written, and every step can be repeated. It does not know how answers are scored.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout
from traitlets.config.loader import ConfigFileNotFound

from course import paths
from course.errors import CourseError
from grading import tickets
from grading.course_dir import CourseDir
from grading.feedback import sentence, write_feedback, write_status
from grading.tickets import Ticket, TicketError

POLL_SECONDS = 0.3
FIRST_RETRY_SECONDS = 5.0
LAST_RETRY_SECONDS = 300.0


@dataclass
class Retry:
    """When a ticket that met trouble is tried again (`time.monotonic` seconds)."""

    at: float = 0.0
    wait: float = FIRST_RETRY_SECONDS


@dataclass
class Grader:
    """Grades tickets one after the other."""

    course: CourseDir
    retries: dict[str, Retry] = field(default_factory=dict)
    stopping: bool = False

    def take_all(self) -> int:
        """Take every ticket that is waiting and due; return how many were left."""
        left = 0
        held: set[tuple[str, str]] = set()
        for folder in tickets.waiting():
            if self.stopping:
                break
            try:
                ticket = tickets.read_ticket(folder, self.course.released())
            except TicketError as fault:
                self._refuse(folder, fault)
                continue
            whose = ticket.learner, ticket.module
            if whose in held or not self._take(ticket):
                held.add(whose)  # a later hand-in of the same module must not overtake
                left += 1
        return left

    def _take(self, ticket: Ticket) -> bool:
        retry = self.retries.get(ticket.id)
        if retry and time.monotonic() < retry.at:
            return False
        try:
            self.grade(ticket)
        except Exception as fault:  # one hand-in's trouble must not stop the others
            self._postpone(ticket, fault)
            return False
        self.retries.pop(ticket.id, None)
        return True

    def grade(self, ticket: Ticket) -> None:
        """Take one ticket the whole way: exchange, gradebook, feedback; then remove it."""
        started = time.perf_counter()
        module, learner = ticket.module, ticket.learner
        write_status(learner, module, ticket.id, "grading")
        with self.course.lock(), tempfile.TemporaryDirectory(prefix="koerekort-") as parent:
            tickets.stage(ticket, Path(parent))
            self.course.submit(module, learner, Path(parent), ticket.id)
            self.course.collect(module, learner)
            self.course.autograde(module, learner)
            self.course.feedback(module, learner)
            feedback = write_feedback(self.course, module, learner, ticket.id)
        write_status(learner, module, ticket.id, "done")
        tickets.remove(ticket)
        reader = ", a text waits to be read" if feedback["waiting_for_reader"] else ""
        points = f"{feedback['points']:g} of {feedback['max_points']:g} points"
        say(f"{module}, {learner}: {points}{reader} ({time.perf_counter() - started:.1f} s)")

    def _postpone(self, ticket: Ticket, fault: Exception) -> None:
        retry = self.retries.setdefault(ticket.id, Retry())
        retry.at = time.monotonic() + retry.wait
        say(f"{ticket.module}, {ticket.learner}: not graded, trying again in {retry.wait:.0f} s. {_first_line(fault)}")
        logging.getLogger("traitlets").error("ticket %s", ticket.id, exc_info=fault)
        retry.wait = min(2 * retry.wait, LAST_RETRY_SECONDS)
        try:
            write_status(ticket.learner, ticket.module, ticket.id, "queued", sentence("grader.waiting"))
        except OSError as full:
            say(f"The status of {ticket.id} could not be written: {full}.")

    def _refuse(self, folder: Path, fault: TicketError) -> None:
        try:
            kept = tickets.refuse(folder)
            if fault.learner and fault.module:
                write_status(fault.learner, fault.module, folder.name, "failed", fault.text)
        except OSError as trouble:
            say(f"{folder.name} cannot be graded, and could not be put aside: {trouble}.")
            return
        say(f"{folder.name} refused: {fault} It is kept in {kept}.")


def watch(grader: Grader) -> None:
    """Take tickets until SIGTERM or SIGINT; the ticket at hand is finished first."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        grader.stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    say("The grader is ready.")
    while not grader.stopping:
        grader.take_all()
        time.sleep(POLL_SECONDS)


def say(line: str) -> None:
    """Print one plain line at once."""
    print(line, flush=True)


@contextmanager
def nbgrader_log() -> Iterator[None]:
    """Send nbgrader's many messages to `var/logs/grader.log` (1 MB, three kept); they hold no answers."""
    paths.logs().mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(paths.logs() / "grader.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("traitlets")
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
        logger.setLevel(before[0])
        logger.propagate = before[1]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m grading.watch", description=__doc__.splitlines()[0])
    parser.add_argument("--once", action="store_true", help="grade what is waiting now, and stop")
    options = parser.parse_args(arguments)
    paths.run().mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with nbgrader_log(), FileLock(paths.run() / "grader.lock", timeout=0):
            grader = Grader(CourseDir())
            tickets.sweep()
            if options.once:
                return 1 if grader.take_all() else 0
            watch(grader)
            return 0
    except Timeout:
        print("A grader is running already; one is enough.", file=sys.stderr)
    except (CourseError, ConfigFileNotFound, OSError) as fault:
        print(f"The grader cannot start: {fault} Run `make setup` first.", file=sys.stderr)
    return 2


def _first_line(fault: Exception) -> str:
    return f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else 'no message'}"


if __name__ == "__main__":
    sys.exit(main())
