"""Problems that somebody reported: the one text of a visitor that is ever stored, and only as it was approved.

The guard reads it first, and nothing is stored while something it would mask or block is left. A report is deleted when
its days are over; nothing of it is left in the file. It does not know pages, nor who reported.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import time
from dataclasses import astuple, dataclass
from pathlib import Path

from course import paths
from course.locale import LANGUAGES
from course.retention import load_retention
from sandbox import guard
from sandbox.errors import SandboxError
from sandbox.guard import Finding

KINDS = ("error", "bias", "personal", "offensive", "other")
MAX_CHARACTERS = 4_000
DAY = 24 * 3600
VERSION = 1
TABLE = """
CREATE TABLE IF NOT EXISTS reports (
    receipt TEXT PRIMARY KEY, day INTEGER NOT NULL, kind TEXT NOT NULL, lab TEXT NOT NULL, model TEXT NOT NULL,
    language TEXT NOT NULL, text TEXT NOT NULL
) STRICT
"""


class ReportRefused(SandboxError):
    """A report that is not stored. `findings` are places in its text that must be masked first, if that is why."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


@dataclass(frozen=True)
class Report:
    """A report: `receipt` is what the reporter may note, `day` the day it came (seconds since 1970)."""

    receipt: str
    day: int
    kind: str
    lab: str
    model: str
    language: str
    text: str


class Reports:
    """The reports' database, mode 0600."""

    def __init__(self, path: Path | None = None, days: int | None = None) -> None:
        self.path = path or paths.var() / "reports.db"
        self.days = days or load_retention()["reports"]

    def store(self, kind: str, lab: str, model: str, language: str, text: str) -> str:
        """Store what somebody approved; return the receipt.

        Raises:
            ReportRefused: the text is empty or too long, a name is unknown, or personal data are left in the text.
            OSError, sqlite3.Error: it cannot be written.
        """
        if kind not in KINDS or language not in LANGUAGES:
            raise ReportRefused(f"A report is one of {', '.join(KINDS)}, in {' or '.join(LANGUAGES)}.")
        if not 0 < len(text.strip()) <= MAX_CHARACTERS:
            raise ReportRefused(f"A report has 1 to {MAX_CHARACTERS} characters, not {len(text)}.")
        if left := open_findings(text):
            kinds = ", ".join(sorted({finding.kind for finding in left}))
            raise ReportRefused(
                f"The text still seems to hold personal data ({kinds}). Mask it and send it again.", left
            )
        report = Report(secrets.token_hex(4), int(time.time()) // DAY * DAY, kind, lab, model, language, text.strip())
        with contextlib.closing(self._open()) as database, database:
            database.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(report))
        self.purge()
        return report.receipt

    def all(self) -> list[Report]:
        """Return the reports that are kept, oldest first."""
        self.purge()
        with contextlib.closing(self._open()) as database:
            return [Report(*row) for row in database.execute("SELECT * FROM reports ORDER BY day, receipt")]

    def delete(self, receipt: str) -> bool:
        """Delete a report; False when there is none."""
        with contextlib.closing(self._open()) as database, database:
            return database.execute("DELETE FROM reports WHERE receipt = ?", (receipt,)).rowcount > 0

    def purge(self) -> None:
        """Delete the reports whose days are over."""
        with contextlib.closing(self._open()) as database, database:
            database.execute("DELETE FROM reports WHERE day < ?", (time.time() - self.days * DAY,))

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        database = sqlite3.connect(self.path, timeout=5.0)
        database.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        database.execute("PRAGMA journal_mode = TRUNCATE")
        database.execute(f"PRAGMA user_version = {VERSION}")
        database.execute(TABLE)
        return database


def open_findings(text: str) -> tuple[Finding, ...]:
    """Return what the guard would mask or block in a text."""
    policy = guard.load_policy()
    return tuple(finding for finding in guard.check(text, policy).findings if policy.action(finding) != "warn")
