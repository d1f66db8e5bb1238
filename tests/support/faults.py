"""Ways to hurt a running product, and to see what it holds: its processes by what they do, a full disk, its memory."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

SERVICE, ENGINE, KERNEL = ("sandbox.service",), ("sandbox.engines",), ("sandbox.pages.forkserver", "ipykernel")


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all that descend from it."""
    first = psutil.Process(pid)
    return [first, *first.children(recursive=True)]


def found(pid: int, names: tuple[str, ...]) -> list[psutil.Process]:
    """Return the processes of a family that run a module whose name begins with one of `names`."""
    here = []
    for process in family(pid):
        with suppress(psutil.Error):
            if any(part.startswith(names) for part in process.cmdline()):
                here.append(process)
    return here


def megabytes(pid: int) -> float:
    """Return a family's memory, proportional set size: what several share counts once."""
    total = 0
    for process in family(pid):
        with suppress(psutil.Error):
            total += process.memory_full_info().pss
    return total / 2**20


@contextmanager
def full_disk(process: psutil.Process) -> Iterator[None]:
    """Let the system refuse a process every byte that it would write to a file, as a full disk does."""
    before = process.rlimit(resource.RLIMIT_FSIZE)
    process.rlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        process.rlimit(resource.RLIMIT_FSIZE, before)
