"""A lab as a page's script sees it: messages in, messages out, with the real model service behind it."""

from __future__ import annotations

import queue
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.labs.base import LabWidget

SECONDS = 120


class Talk:
    """The script's side of one lab."""

    def __init__(self, lab: LabWidget, told: queue.Queue[dict[str, Any]]) -> None:
        self.lab = lab
        self.told = told

    def send(self, kind: str, /, **content: Any) -> str:
        """Send a message of a new task; its id."""
        task = uuid.uuid4().hex
        self.lab._receive(self.lab, {"type": kind, "task": task, **content}, [])
        return task

    def next(self, seconds: float = SECONDS) -> dict[str, Any]:
        """The next message from the kernel."""
        return self.told.get(timeout=seconds)

    def all(self, kind: str, /, **content: Any) -> list[dict[str, Any]]:
        """Every message that answers one question, to the last."""
        answers: list[dict[str, Any]] = []
        task = self.send(kind, **content)
        while not answers or not answers[-1].get("end"):
            answers.append(self.next())
            assert answers[-1]["task"] == task
        return answers

    def last(self, kind: str, /, **content: Any) -> dict[str, Any]:
        """The last message that answers one question."""
        return self.all(kind, **content)[-1]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], LabWidget]], Talk]:
    """Make a lab whose messages can be read here."""
    told: queue.Queue[dict[str, Any]] = queue.Queue()

    def make(build: Callable[[], LabWidget]) -> Talk:
        monkeypatch.setattr(LabWidget, "send", lambda self, message, buffers=None: told.put(message))
        return Talk(build(), told)

    return make


@pytest.fixture
def at_service(monkeypatch: pytest.MonkeyPatch, model_service: Any) -> Any:
    """Let the labs find the model service."""
    monkeypatch.setenv("SANDBOX_MODEL_URL", model_service.base_url)
    monkeypatch.setenv("KOEREKORT_VAR", str(model_service.var))
    return model_service


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Let the labs find no model service."""
    monkeypatch.setenv("SANDBOX_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
