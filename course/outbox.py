"""Hands a learner's answers to the grader process, through files: nothing is lost while the grader is away.

A ticket is a folder `var/outbox/<ticket>/` that appears complete. It does not know how grading is done.
"""

from __future__ import annotations

import json
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

from course import answers, paths
from course.errors import AnswerFileError

SCHEMA = 1
REQUEST = "request.json"


def hand_in(module: str, folder: Path, language: str) -> str:
    """Copy the notebook and the answers of a module into a new ticket and return the ticket's id.

    Raises:
        AnswerFileError: the answer file cannot be used, or the disk would not take the ticket.
    """
    answers.read(folder, module)
    when = datetime.now(UTC)
    ticket = f"{when.strftime('%Y%m%dT%H%M%S%fZ')}-{secrets.token_hex(4)}"
    request = {
        "schema": SCHEMA,
        "ticket": ticket,
        "learner": paths.learner_id(),
        "module": module,
        "language": language,
        "when": when.isoformat(timespec="seconds"),
    }
    unfinished = paths.outbox() / f".{ticket}"
    try:
        unfinished.mkdir(parents=True)
        for name in (f"{module}.ipynb", answers.FILE_NAME):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, unfinished / name)
        (unfinished / REQUEST).write_text(json.dumps(request), "utf-8")
        unfinished.rename(unfinished.with_name(ticket))
    except OSError as fault:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise AnswerFileError(f"The hand-in could not be written: {fault.strerror}. Try again.") from fault
    return ticket
