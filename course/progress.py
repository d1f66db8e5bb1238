"""A line of progress with the time left, for a terminal or for a log; standard library only.

It does not know what is being done.
"""

from __future__ import annotations

import sys
import time
from typing import TextIO

BAR = 24
LOG_EVERY = 10.0


def minutes(seconds: float) -> str:
    """Return a length of time as a person says it, e.g. `40 s` or `3 min`."""
    if seconds < 1:
        return "1 s"
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


class Progress:
    """Progress from 0 to 1: redraws one line in a terminal; elsewhere writes a new line every ten seconds."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._tty = self._stream.isatty()
        self._start = time.monotonic()
        self._shown = self._start
        self._open = False

    def stage(self) -> None:
        """Count the time left from now: another kind of work begins."""
        self._start = time.monotonic()

    def show(self, fraction: float, label: str) -> None:
        """Show how far the work is, `fraction` of it done, and about how long is left."""
        now = time.monotonic()
        pause = 0.2 if self._tty else LOG_EVERY
        if now - self._shown < pause:
            return
        self._shown = now
        text = f"{100 * min(fraction, 1):3.0f} %  {label}{self._left(fraction, now)}"
        if self._tty:
            filled = round(BAR * min(max(fraction, 0), 1))
            text = f"[{'#' * filled}{'.' * (BAR - filled)}] {text}"
            self._stream.write(f"\r    {text}\x1b[K")
            self._open = True
        else:
            self._stream.write(f"    {text}\n")
        self._stream.flush()

    def close(self) -> None:
        """Take the line away, so that what is written next stands alone."""
        if self._open:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._open = False

    def _left(self, fraction: float, now: float) -> str:
        spent = now - self._start
        if fraction <= 0.02 or fraction >= 1 or spent < 2:
            return ""
        return f", about {minutes(spent / fraction * (1 - fraction))} left"
