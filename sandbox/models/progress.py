"""A progress bar with the time left, for work measured in bytes or in estimated seconds.

On a terminal it draws; elsewhere (a log) it says one line at the start and one at the end of each step.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as Bars


class Step:
    """One step under way; tell it how far the work is."""

    def __init__(self, bars: Bars, task: TaskID, total: float) -> None:
        self._bars = bars
        self._task = task
        self._total = total
        self._done = 0.0

    def add(self, amount: float) -> None:
        """`amount` more is done, in the step's unit."""
        self.reach(self._done + amount)

    def reach(self, done: float) -> None:
        """`done` in all is done; a number below what was told before changes nothing."""
        self._done = max(self._done, min(done, self._total))
        self._bars.update(self._task, completed=self._done)


class Progress:
    """Shows the steps of a preparation on `out` (standard error unless given)."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.console = Console(file=out or sys.stderr, highlight=False, soft_wrap=True)

    def say(self, sentence: str) -> None:
        """Show one line."""
        self.console.print(sentence, markup=False)

    @contextmanager
    def bytes(self, what: str, total: int) -> Iterator[Step]:
        """A step over `total` bytes."""
        with self._step(what, total, (DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())) as step:
            yield step

    @contextmanager
    def seconds(self, what: str, total: float) -> Iterator[Step]:
        """A step that is expected to take `total` seconds."""
        about = TextColumn("{task.elapsed:.0f} of about {task.total:.0f} s")
        with self._step(what, total, (about, TimeRemainingColumn())) as step:
            yield step

    @contextmanager
    def _step(self, what: str, total: float, columns: tuple[ProgressColumn, ...]) -> Iterator[Step]:
        begun = time.monotonic()
        if not self.console.is_terminal:
            self.say(f"{what} …")
        bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            *columns,
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
        with bars:
            yield Step(bars, bars.add_task(what, total=total), total)
        self.say(f"{what}: done in {time.monotonic() - begun:.0f} s")
