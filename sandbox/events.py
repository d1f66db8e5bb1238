"""Counts of how the sandbox is used, for the AI lead: a schema that cannot hold a prompt.

Every column is a number, and SQLite's STRICT tables refuse anything else: names are kept as the CRC-32 of a name from a
fixed set. An hour's events of one kind are one row, so no visit can be followed. It knows nobody, and no text.

    python -m sandbox.events [--days N] [--csv]     what was counted, by kind and lab
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import logging
import os
import sqlite3
import sys
import threading
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import paths
from course.lab_pages import load_lab_pages
from course.locale import LANGUAGES
from course.retention import load_retention

KINDS = ("opened", "answered", "refused", "masked", "blocked", "rated_up", "rated_down", "copied", "reported")
IN_LESSON = "lesson"
"""The lab of an event in a module's lesson."""
NOWHERE = "service"
"""The lab of an event that the model service itself counts."""
HOUR = 3600
MOST_PAGES = 16_384
"""64 MB; about a hundred years of a busy municipality."""
FLUSH_SECONDS = 5.0
TABLE = """
CREATE TABLE IF NOT EXISTS events (
    hour INTEGER NOT NULL, kind INTEGER NOT NULL, lab INTEGER NOT NULL, model INTEGER NOT NULL,
    language INTEGER NOT NULL,
    count INTEGER NOT NULL, total REAL NOT NULL, least REAL NOT NULL, most REAL NOT NULL,
    PRIMARY KEY (hour, kind, lab, model, language)
) STRICT, WITHOUT ROWID
"""
ADD = """
INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    count = count + excluded.count, total = total + excluded.total,
    least = min(least, excluded.least), most = max(most, excluded.most)
"""

log = logging.getLogger(__name__)
Key = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Row:
    """An hour's events of one kind. `hour` is seconds since 1970.

    `total`, `least` and `most` are of the events' values: seconds for `answered`, else 0.
    """

    hour: int
    kind: str
    lab: str
    model: str
    language: str
    count: int
    total: float
    least: float
    most: float


class Events:
    """The event database. Adding never fails, and never waits for a disk: what cannot be written waits in memory."""

    def __init__(self, models: Iterable[str], path: Path | None = None, days: int | None = None) -> None:
        self.path = path or paths.var() / "events.db"
        self.days = days or load_retention()["events"]
        labs = {page.lab for page in load_lab_pages()}
        self._names = {code(name): name for name in (*KINDS, *labs, IN_LESSON, NOWHERE, *models, *LANGUAGES, "")}
        self.unwritten = 0
        """How many times writing has failed since it last went well."""
        self._waiting: dict[Key, tuple[int, float, float, float]] = {}
        self._lock, self._writing, self._closing = threading.Lock(), threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, kind: str, lab: str = NOWHERE, model: str = "", language: str = "", value: float = 0.0) -> bool:
        """Count an event; False when a name is not a known one, and then nothing is counted."""
        codes = tuple(code(name) for name in (kind, lab, model, language))
        if kind not in KINDS or any(one not in self._names for one in codes):
            return False
        hour = int(time.time()) // HOUR * HOUR
        key: Key = (hour, *codes)  # type: ignore[assignment]
        with self._lock:
            count, total, least, most = self._waiting.get(key, (0, 0.0, value, value))
            self._waiting[key] = (count + 1, total + value, min(least, value), max(most, value))
            self._keep_flushing()
        return True

    def flush(self) -> None:
        """Write what waits; on a fault it waits on, and the log is told once."""
        with self._writing:
            with self._lock:
                taken, self._waiting = self._waiting, {}
            try:
                self._write(taken)
                self.unwritten = 0
            except (sqlite3.Error, OSError) as fault:
                self._put_back(taken)
                if not self.unwritten:
                    log.error("Events cannot be written (%s). They wait in memory; free some space.", fault)
                self.unwritten += 1

    def rows(self, since: float = 0.0) -> list[Row]:
        """Return what is counted from a time on (seconds since 1970), oldest first."""
        self.flush()
        with contextlib.closing(self._open()) as database:
            found = database.execute("SELECT * FROM events WHERE hour >= ? ORDER BY hour, kind, lab", (since,))
            return [self._row(*row) for row in found]

    def _row(self, hour: int, kind: int, lab: int, model: int, language: int, *numbers: Any) -> Row:
        names = self._names
        return Row(
            hour, names.get(kind, "?"), names.get(lab, "?"), names.get(model, "?"), names.get(language, "?"), *numbers
        )

    def close(self) -> None:
        """Write what waits and stop."""
        self._closing.set()
        self.flush()

    def _write(self, taken: dict[Key, tuple[int, float, float, float]]) -> None:
        with contextlib.closing(self._open()) as database, database:
            database.executemany(ADD, [(*key, *numbers) for key, numbers in taken.items()])
            database.execute("DELETE FROM events WHERE hour < ?", (time.time() - self.days * 24 * HOUR,))

    def _put_back(self, taken: dict[Key, tuple[int, float, float, float]]) -> None:
        with self._lock:
            for key, (count, total, least, most) in taken.items():
                more = self._waiting.get(key, (0, 0.0, least, most))
                self._waiting[key] = (count + more[0], total + more[1], min(least, more[2]), max(most, more[3]))

    def _open(self) -> sqlite3.Connection:
        """Open the database, made with mode 0600; one that is damaged is put aside."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        try:
            return self._ready()
        except sqlite3.DatabaseError as fault:
            if isinstance(fault, sqlite3.OperationalError):
                raise
            aside = self.path.with_name(f"{self.path.name}.bad-{int(time.time())}")
            self.path.replace(aside)
            log.error(
                "The event database could not be read (%s). It is kept as %s, and a new one begun.", fault, aside.name
            )
            return self._ready()

    def _ready(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=1.0)
        try:
            database.execute(f"PRAGMA max_page_count = {MOST_PAGES}")
            database.execute(TABLE)
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _keep_flushing(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._flush_often, name="events", daemon=True)
            self._thread.start()

    def _flush_often(self) -> None:
        while not self._closing.wait(FLUSH_SECONDS):
            if self._waiting:
                self.flush()


def code(name: str) -> int:
    """Return the number that stands for a name."""
    return zlib.crc32(name.encode())


def main(arguments: list[str] | None = None) -> int:
    """Print what was counted: one line a kind and lab, as a table or as CSV."""
    from sandbox.models import load_catalogue

    parser = argparse.ArgumentParser(prog="python -m sandbox.events", description="How the sandbox is used.")
    parser.add_argument("--days", type=float, default=30, help="how far back (default: 30)")
    parser.add_argument("--csv", action="store_true", help="every row, with hours, as CSV")
    options = parser.parse_args(arguments)
    rows = Events(load_catalogue().models).rows(time.time() - options.days * 24 * HOUR)
    if options.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(Row.__annotations__)
        writer.writerows([list(vars(row).values()) for row in rows])
        return 0
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        counts[row.kind, row.lab] = counts.get((row.kind, row.lab), 0) + row.count
    for (kind, lab), count in sorted(counts.items()):
        print(f"{count:>8}  {kind:<12} {lab}")
    if not counts:
        print(f"Nothing was counted in the last {options.days:g} days.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
