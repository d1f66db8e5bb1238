"""Ends the launcher's children when the launcher itself is gone, even killed: `python -m course.lifeline`.

Reads lines `+<group>` and `-<group>` (process groups) from its standard input. When that closes, every group still
noted gets SIGTERM and, after some seconds, SIGKILL. It does not know what the groups do; standard library only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable

GRACE = 8.0


def watch(lines: Iterable[str]) -> set[int]:
    """Read until the launcher is gone; return the process groups that it left behind."""
    groups: set[int] = set()
    for line in lines:
        change, number = line[:1], line[1:].strip()
        if change == "+" and number.isdecimal():
            groups.add(int(number))
        elif change == "-" and number.isdecimal():
            groups.discard(int(number))
    return groups


def end(groups: set[int], grace: float = GRACE) -> None:
    """Ask the groups to stop, wait up to `grace` seconds, then kill what is left."""
    signal_groups(groups, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and signal_groups(groups, 0):
        time.sleep(0.1)
    signal_groups(groups, signal.SIGKILL)


def signal_groups(groups: set[int], number: int) -> set[int]:
    """Send a signal (0 asks only) to each group; return the groups that exist."""
    alive = set()
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)
            alive.add(group)
    return alive


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    end(watch(sys.stdin))
