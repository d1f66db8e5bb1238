"""Asks the sandbox by its command lines: what the guard masks in texts, which model answers, what the policy is.

It does not import the sandbox, and keeps nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course.errors import CourseError
from course.fields import Text

SECONDS = 300


@dataclass(frozen=True)
class Setup:
    """What is set in the sandbox. `guard` holds kinds in words under `block`, `mask` and `warn`."""

    model: str
    licence: str
    licence_url: str
    remote: bool
    accepted: bool
    guard: dict[str, list[Text]]


def masked(texts: Sequence[str]) -> list[str]:
    """Return the texts with everything covered that the guard masks or blocks; raises CourseError without the guard."""
    lines = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
    answers = [json.loads(line) for line in _ask("sandbox.guard", lines).splitlines()] if texts else []
    if [answer.get("id") for answer in answers] != list(range(len(texts))):
        raise CourseError("The guard did not answer for every text, so no plan is written.")
    return [answer["masked"] for answer in answers]


def setup() -> Setup:
    """Return what is set up; raises CourseError with the sandbox's own sentence."""
    said: dict[str, Any] = json.loads(_ask("sandbox.summary", ""))
    model = said["model"]
    return Setup(
        model=model["title"],
        licence=model["licence"]["name"],
        licence_url=model["licence"]["url"],
        remote=model["remote"],
        accepted=model["accepted"] is not None,
        guard=said["guard"],
    )


def _ask(module: str, given: str) -> str:
    """Return what a program of the sandbox prints; its fault is never printed with a text in it."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, input=given.encode(), capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CourseError(said[-1] if said else f"python -m {module} ended with code {done.returncode}.")
    return done.stdout.decode()
