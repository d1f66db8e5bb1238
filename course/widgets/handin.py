"""Where a learner's hand-in is: waiting, being graded, done, failed. Reads the files that outbox and grader write.

It does not know how grading is done, nor how feedback looks.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course import paths

PHASES = ("queued", "grading", "failed")
QUIET_SECONDS = {"queued": 15.0, "grading": 90.0}


@dataclass(frozen=True)
class HandIn:
    """The newest hand-in of a module: its phase, seconds since something happened, what the grader says of
    trouble (by language), and the newest feedback."""

    phase: str = "none"
    quiet: float = 0.0
    report: Mapping[str, Any] = field(default_factory=dict)
    trouble: Mapping[str, Any] = field(default_factory=dict)

    @property
    def busy(self) -> bool:
        """Whether feedback is still to come."""
        return self.phase in QUIET_SECONDS

    @property
    def grader_away(self) -> bool:
        """Whether nothing has happened for so long that the grader does not seem to run."""
        return self.busy and self.quiet >= QUIET_SECONDS[self.phase]


def look(learner: str, module: str) -> HandIn:
    """Return where the learner's newest hand-in of the module is."""
    folder = paths.feedback() / learner
    waiting = _newest_ticket(learner, module)
    status_file = folder / f"{module}.status.json"
    status = _read(status_file)
    report = _read(folder / f"{module}.json")
    if report.get("module") != module:
        report = {}
    ticket = max(waiting, str(status.get("ticket", "")), str(report.get("ticket", "")))
    if not ticket:
        return HandIn()
    if report.get("ticket") == ticket:
        return HandIn("failed" if report.get("error") else "done", 0.0, report, _text(report))
    own_status = status if status.get("ticket") == ticket else {"state": "queued"}
    files = ([paths.outbox() / waiting] if waiting == ticket else []) + (
        [status_file] if "ticket" in own_status else []
    )
    state = str(own_status.get("state"))
    return HandIn(state if state in PHASES else "grading", _age(files), report, _text(own_status))


def _newest_ticket(learner: str, module: str) -> str:
    """Return the learner's newest ticket in the outbox, or an empty text; tickets sort by time."""
    found = [""]
    for file in paths.outbox().glob("[0-9]*/request.json"):
        request = _read(file)
        if (request.get("learner"), request.get("module")) == (learner, module):
            found.append(file.parent.name)
    return max(found)


def _read(file: Path) -> dict[str, Any]:
    """Return the object in a file; nothing for one that is not there or cannot be read."""
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _text(data: Mapping[str, Any]) -> Mapping[str, Any]:
    error = data.get("error")
    return error if isinstance(error, dict) else {}


def _age(files: list[Path]) -> float:
    times = [file.stat().st_mtime for file in files if file.exists()]
    return max(0.0, time.time() - max(times)) if times else 0.0
