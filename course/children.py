"""Starts the parts of the product as child processes, watches them, starts them again, and stops them all.

Each part is a command line in a process group of its own, with a log file. It does not know what the parts do, which
there are, or in which words a person hears of them: `say` is called with a key of `course/locale/*/serve.po`.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from course import lifeline

Say = Callable[..., None]
PAUSES = (1, 2, 4, 8, 16, 30)
STEADY = 60.0
TRIES = 5
GRACE = 10.0


@dataclass(frozen=True)
class Part:
    """One part: its name, its command line, where it answers when it is up, and whether it ends by itself.

    `port` and `path`: an HTTP answer there below 500 means ready.
    A `background` part runs once, at low priority, when the others are up.
    """

    name: str
    command: tuple[str, ...]
    port: int | None = None
    path: str = "/"
    background: bool = False


@dataclass
class _Child:
    part: Part
    log: Path
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    falls: int = 0
    again: float | None = None
    ready: bool = False
    was_ready: bool = False
    given_up: bool = False


@dataclass
class Children:
    """The parts of one run: `start`, then `look` a few times a second, then `stop`."""

    parts: Sequence[Part]
    environment: Mapping[str, str]
    logs: Path
    say: Say
    pauses: Sequence[float] = PAUSES
    _children: list[_Child] = field(default_factory=list)
    _lifeline: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start every part, with a fresh log each; the log of the last run is kept as `<name>.log.1`."""
        self.logs.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "course.lifeline"]
        self._lifeline = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)
        for part in self.parts:
            log = self.logs / f"{part.name}.log"
            with contextlib.suppress(FileNotFoundError):
                os.replace(log, log.with_name(f"{log.name}.1"))
            self._children.append(_Child(part, log, again=0.0))
        self.look()

    def look(self) -> None:
        """Notice who has died, start again whose time has come, and ask those not yet ready."""
        now = time.monotonic()
        for child in self._children:
            if child.process is None:
                if (
                    child.again is not None
                    and now >= child.again
                    and not (child.part.background and self.waiting_for())
                ):
                    self._launch(child)
            elif (code := child.process.poll()) is not None:
                self._fallen(child, code, now)
            elif not child.ready and child.part.port is not None and _answers(child.part.port, child.part.path):
                child.ready = child.was_ready = True

    def waiting_for(self) -> list[str]:
        """Return the names of the parts that should answer and do not yet; those given up are not waited for."""
        return [
            child.part.name
            for child in self._children
            if child.part.port is not None and not child.ready and not child.given_up
        ]

    def is_ready(self, name: str) -> bool:
        """Tell whether a part answers."""
        return any(child.ready for child in self._children if child.part.name == name)

    def stop(self) -> None:
        """Stop every part and all that they started; after ten seconds by force."""
        running = [child.process for child in self._children if child.process and child.process.poll() is None]
        family = _descendants(running)
        groups = {process.pid for process in running}
        lifeline.signal_groups(groups, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        lifeline.signal_groups(groups, signal.SIGKILL)
        _, left = psutil.wait_procs(family, timeout=2)
        for survivor in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                survivor.kill()
        for process in running:
            process.wait()
        self._end_lifeline()

    def _launch(self, child: _Child) -> None:
        child.again, child.ready, child.since = None, False, time.monotonic()
        try:
            with _private(child.log) as log:
                child.process = subprocess.Popen(
                    child.part.command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env=dict(self.environment),
                    start_new_session=True,
                )
        except OSError as fault:
            with contextlib.suppress(OSError), _private(child.log) as log:
                log.write(f"{fault}\n".encode())
            self._fallen(child, 127, time.monotonic())
            return
        self._note("+", child.process.pid)
        if child.part.background:
            os.setpriority(os.PRIO_PROCESS, child.process.pid, 10)

    def _fallen(self, child: _Child, code: int, now: float) -> None:
        if child.process is not None:
            lifeline.signal_groups({child.process.pid}, signal.SIGKILL)
            self._note("-", child.process.pid)
        child.process, child.ready = None, False
        if child.part.background:
            if code:
                self.say("background.failed", part=child.part.name, code=_in_words(code), log=child.log)
            return
        child.falls = 1 if now - child.since >= STEADY else child.falls + 1
        if child.falls >= TRIES and not child.was_ready:
            child.given_up = True
            self.say("child.given_up", part=child.part.name, tries=TRIES, code=_in_words(code), log=child.log)
            return
        pause = self.pauses[min(child.falls, len(self.pauses)) - 1]
        child.again = now + pause
        self.say("child.died", part=child.part.name, code=_in_words(code), log=child.log, seconds=pause)

    def _note(self, change: str, group: int) -> None:
        if self._lifeline and self._lifeline.stdin:
            with contextlib.suppress(OSError):
                self._lifeline.stdin.write(f"{change}{group}\n")
                self._lifeline.stdin.flush()

    def _end_lifeline(self) -> None:
        for child in self._children:
            if child.process:
                self._note("-", child.process.pid)
        if self._lifeline and self._lifeline.stdin:
            with contextlib.suppress(OSError):
                self._lifeline.stdin.close()
            self._lifeline.wait()
        self._children, self._lifeline = [], None


def _private(log: Path) -> IO[bytes]:
    """Open a log for adding to, readable by its owner alone: Jupyter writes addresses with tokens."""
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _descendants(processes: Sequence[subprocess.Popen[bytes]]) -> list[psutil.Process]:
    found = []
    for process in processes:
        with contextlib.suppress(psutil.Error):
            found += psutil.Process(process.pid).children(recursive=True)
    return found


def _in_words(code: int) -> str:
    if code >= 0:
        return str(code)
    with contextlib.suppress(ValueError):
        return f"{code}, {signal.Signals(-code).name}"
    return str(code)
