"""What a check finds, and what a check is. It does not know the content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from course.checks.content import Content


@dataclass(frozen=True)
class Fault:
    """A breach at a place of the content; a warning tells of one that is coming and fails nothing."""

    where: str
    what: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{'warning: ' if self.warning else ''}{self.where}: {self.what}"


def no_report(content: Content) -> str:
    """Return nothing: most checks measure nothing."""
    return ""


@dataclass(frozen=True)
class Check:
    """A check: its name, the question it asks, the faults it finds, and what it measures."""

    name: str
    question: str
    faults: Callable[[Content], Iterable[Fault]]
    report: Callable[[Content], str] = no_report
