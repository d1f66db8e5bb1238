"""Runs what a lab asks the model in the background, one task at a time, so that the page's kernel stays free.

A browser may ask for the same task again when a message was lost: then it gets the last word once more. Nothing is
written to disk. It does not know labs, pages or the model service.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

Send = Callable[[dict[str, Any]], None]


class Task:
    """One thing asked by a browser. `say` answers it; after `stop` nothing more is said."""

    def __init__(self, task_id: str, send: Send) -> None:
        self.id = task_id
        self._send = send
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._last: dict[str, Any] = {"type": "working", "task": task_id}

    @property
    def stopped(self) -> bool:
        """Whether the browser has asked for it to stop."""
        return self._stopped.is_set()

    def say(self, kind: str, /, **fields: object) -> None:
        """Send a message to the browser, unless the task was stopped."""
        with self._lock:
            if not self.stopped:
                self._last = {"type": kind, "task": self.id, **fields}
                self._send(self._last)

    def end(self, kind: str, /, **fields: object) -> None:
        """Send the last message of the task."""
        self.say(kind, **fields, end=True)

    def say_again(self) -> None:
        """Send the last message once more."""
        with self._lock:
            self._send(self._last)

    def stop(self) -> None:
        """Say nothing more; whoever works on it looks at `stopped` and gives up."""
        self._stopped.set()


class Tasks:
    """The tasks of one widget: a new one stops the one before."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._current: Task | None = None

    def start(self, task_id: str, work: Callable[[Task], None]) -> None:
        """Run `work` in the background, unless this very task is under way or done."""
        if self._current is not None and self._current.id == task_id:
            self._current.say_again()
            return
        self.stop()
        self._current = Task(task_id, self._send)
        threading.Thread(target=work, args=(self._current,), name="lab-task", daemon=True).start()

    def stop(self) -> None:
        """Stop the task under way, if any."""
        if self._current is not None:
            self._current.stop()
