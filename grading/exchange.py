"""nbgrader's exchange, where hand-ins come in: each ticket once and in order, and of each only what counts.

Collecting takes answers.json and puts the released notebook beside it; what the learner sent stays untouched in the
exchange's inbound folder. Links, folders and devices in place of files are not followed. It does not know answers.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect, ExchangeSubmit
from nbgrader.utils import parse_utc
from traitlets import Unicode

from course import answers
from grading.released import released_notebook

TIMESTAMP = "timestamp.txt"
SECRET = "submission_secret.txt"
MAX_SECRET = 1000


class SubmitTicket(ExchangeSubmit):
    """Submits one ticket: it ends the submission's name, and the time is later than of any submission before it."""

    ticket = Unicode(help="The ticket's id.")
    timestamp: str

    def init_dest(self) -> None:
        """Name the submission `<learner>+<module>+<time>+<ticket>`."""
        super().init_dest()
        learner, module = self.coursedir.student_id, self.coursedir.assignment_id
        times = [_time_of(path.name) for path in Path(self.inbound_path).glob(f"{learner}+{module}+*")]
        now: datetime = parse_utc(self.timestamp)
        later = max([now, *(time + timedelta(microseconds=1) for time in times)])
        self.timestamp = later.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        self.assignment_filename = f"{learner}+{module}+{self.timestamp}+{self.ticket}"


def submitted_ticket(inbound: Path, ticket: str) -> bool:
    """Return whether a ticket has been submitted whole; what an interrupted attempt left is removed."""
    for path in inbound.glob(f"*+{ticket}"):
        secret = path / SECRET
        if secret.is_file() and secret.stat().st_size:
            return True
        shutil.rmtree(path)
    return False


class CollectAnswers(ExchangeCollect):
    """Collects the newest submission of each learner: its answers, and the released notebook instead of theirs."""

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy what counts of a submission to `dest`, which appears complete or not at all."""
        target = Path(dest)
        unfinished = target.with_name(f".{target.name}.collecting")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _take_answers(Path(src), unfinished)
        secret = read_plain_file(Path(src), SECRET, MAX_SECRET) or secrets.token_hex(64).encode()
        (unfinished / SECRET).write_bytes(secret)
        shutil.copyfile(released_notebook(self.coursedir, target.name), unfinished / f"{target.name}.ipynb")
        (unfinished / TIMESTAMP).write_text(f"{_time_of(Path(src).name)} UTC", "utf-8")
        unfinished.rename(target)


def _take_answers(source: Path, target: Path) -> None:
    """Copy answers.json; in place of a link or the like an empty folder says that something else was there."""
    content = read_plain_file(source, answers.FILE_NAME, answers.MAX_BYTES + 1)
    if content is not None:
        (target / answers.FILE_NAME).write_bytes(content)
    elif os.path.lexists(source / answers.FILE_NAME):
        (target / answers.FILE_NAME).mkdir()


def read_plain_file(folder: Path, name: str, limit: int) -> bytes | None:
    """Return at most `limit` bytes of an ordinary file; None for anything else, and links are not followed."""
    try:
        inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=inside)
    except OSError:
        return None
    finally:
        os.close(inside)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read(limit)


def _time_of(name: str) -> datetime:
    """Return the time (UTC, naive as nbgrader has it) in a submission's folder name."""
    time: datetime = parse_utc(name.rsplit("+", 3)[2])
    return time
