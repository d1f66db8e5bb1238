"""Hand-ins in `var/outbox`: reads each ticket with suspicion, in order, and puts aside those that cannot be used.

It does not know nbgrader, answers or points.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course import answers, outbox, paths
from course.fields import Text
from grading.exchange import read_plain_file
from grading.feedback import sentence

TICKET_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
MAX_REQUEST = 10_000
MAX_NOTEBOOK = 20_000_000
REFUSED = "refused"
DONE = ".done"


@dataclass(frozen=True)
class Ticket:
    """A hand-in that can be graded: who, which module, and its folder in the outbox."""

    id: str
    learner: str
    module: str
    folder: Path


class TicketError(Exception):
    """A ticket that cannot be graded; learner and module are known where the page can be told."""

    def __init__(self, text: Text, learner: str = "", module: str = "") -> None:
        super().__init__(text["en"])
        self.text = text
        self.learner = learner
        self.module = module


def waiting() -> list[Path]:
    """Return the folders of the tickets in the outbox, oldest first."""
    try:
        found = [path for path in paths.outbox().iterdir() if path.name != REFUSED and not path.name.startswith(".")]
    except FileNotFoundError:
        return []
    return sorted(found, key=lambda path: path.name)


def read_ticket(folder: Path, modules: Collection[str]) -> Ticket:
    """Return a ticket after checking all of it; raises TicketError. `modules` are those that can be handed in."""
    request = _request(folder)
    learner, module = request.get("learner"), request.get("module")
    if not isinstance(learner, str) or not paths.LEARNER_ID.fullmatch(learner):
        raise TicketError(sentence("ticket.broken"))
    if not isinstance(module, str) or not TICKET_ID.fullmatch(module):
        raise TicketError(sentence("ticket.broken"))
    if module not in modules:
        raise TicketError(sentence("ticket.module", module=module), learner, module)
    sound = request.get("schema") == outbox.SCHEMA and request.get("ticket") == folder.name
    if not sound or not TICKET_ID.fullmatch(folder.name):
        raise TicketError(sentence("ticket.broken"), learner, module)
    return Ticket(folder.name, learner, module, folder)


def _request(folder: Path) -> dict[str, object]:
    content = read_plain_file(folder, outbox.REQUEST, MAX_REQUEST)
    try:
        request = json.loads(content or b"")
    except (ValueError, RecursionError):
        request = None
    if not isinstance(request, dict):
        raise TicketError(sentence("ticket.broken"))
    return request


def stage(ticket: Ticket, parent: Path) -> None:
    """Copy a ticket's own files, and nothing that they point to, into `parent/<module>`."""
    target = parent / ticket.module
    target.mkdir(parents=True)
    for name, limit in ((f"{ticket.module}.ipynb", MAX_NOTEBOOK), (answers.FILE_NAME, answers.MAX_BYTES + 1)):
        content = read_plain_file(ticket.folder, name, limit)
        if content is not None:
            (target / name).write_bytes(content)
        elif name == answers.FILE_NAME and (ticket.folder / name).is_symlink() | (ticket.folder / name).exists():
            (target / name).mkdir()


def refuse(folder: Path) -> Path:
    """Move a ticket that cannot be graded to `outbox/refused/` and return where it lies now."""
    target = paths.outbox() / REFUSED / folder.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() or target.is_symlink():
        target = target.with_name(f"{folder.name}-{datetime.now(UTC).strftime('%Y%m%dT%H%M%S%f')}")
    folder.rename(target)
    return target


def remove(ticket: Ticket) -> None:
    """Remove a ticket that has been graded; under another name first, so that half of one is never seen."""
    doomed = ticket.folder.with_name(f".{ticket.id}{DONE}")
    ticket.folder.rename(doomed)
    _discard(doomed)


def sweep() -> None:
    """Remove what an interrupted `remove` left."""
    for doomed in paths.outbox().glob(f".*{DONE}"):
        _discard(doomed)


def _discard(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
