"""How the labs on prompts take an answer: the likeliest text, at most one line of it.

The same prompt gives the same answer each time. It does not know tasks, rules or pages.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import Any

from sandbox.answer import Delta
from sandbox.labs.tasks import Task

SAMPLING: dict[str, Any] = {"max_tokens": 28, "temperature": 0, "seed": 1}


def first_line(task: Task, deltas: Generator[Delta, None, None]) -> str | None:
    """Return the first line that is written, and close the stream; None when the task was stopped."""
    text = ""
    with closing(deltas):
        for delta in deltas:
            if task.stopped:
                return None
            text += delta.text
            if "\n" in text.lstrip():
                break
    return text.strip().partition("\n")[0].strip()
