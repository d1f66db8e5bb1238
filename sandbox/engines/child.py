"""The child's side of an engine process: take the settings, say "ready", end when the parent is gone.

Settings come as one JSON line on standard input, so a key never stands in a process list. Standard input
then stays open: when it closes, the parent has died (also by SIGKILL), and the child ends at once.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import asdict, dataclass
from typing import NoReturn


@dataclass(frozen=True)
class Setup:
    """What an engine process is told: the model's path, its own key, tokens of context for each of `parallel`."""

    model: str
    path: str
    key: str
    context: int
    parallel: int
    threads: int

    def line(self) -> bytes:
        """The setup as the line the child reads."""
        return json.dumps(asdict(self)).encode() + b"\n"


class Parent:
    """The gateway as an engine process sees it."""

    def __init__(self) -> None:
        """Take the real standard output for messages; whatever a library prints goes to standard error."""
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
        os.dup2(2, 1)

    def setup(self) -> Setup:
        """Read the settings, and from here on end when the parent ends."""
        setup = Setup(**json.loads(sys.stdin.buffer.readline()))
        threading.Thread(target=self._watch, daemon=True).start()
        return setup

    def ready(self, url: str) -> None:
        """Tell the parent the base address, such as http://127.0.0.1:4711/v1."""
        self._tell({"ready": url})

    def fail(self, sentence: str) -> NoReturn:
        """Tell the parent why this engine cannot start, and end."""
        self._tell({"error": sentence})
        os._exit(1)

    def wait(self) -> NoReturn:
        """Stay until the parent is gone."""
        threading.Event().wait()
        raise AssertionError("unreachable")

    def _tell(self, message: dict[str, str]) -> None:
        print(json.dumps(message), file=self._out, flush=True)

    def _watch(self) -> None:
        while sys.stdin.buffer.read(1):
            pass
        os._exit(0)  # at once: what runs here has nothing to save
