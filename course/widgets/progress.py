"""How far a learner is in a module: what is answered, and about how many minutes are left.

It does not know what answers are worth, nor whether they were handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from course.answers import Answers
from course.locale import translator
from course.widgets.kinds import answered


@dataclass(frozen=True)
class Progress:
    """Items answered of all that are not voluntary, and minutes left of all (an estimate from the pieces' minutes)."""

    answered: int
    items: int
    minutes_left: int
    minutes: int


def only(data: Mapping[str, Any], pieces: Collection[str]) -> dict[str, Any]:
    """Return what items.json holds of some pieces: these pieces, and the items in them."""
    kept = [piece for piece in data["pieces"] if piece["id"] in pieces]
    ids = {item for piece in kept for item in piece.get("items", [])}
    return {**data, "pieces": kept, "items": [item for item in data["items"] if item["id"] in ids]}


def measure(data: Mapping[str, Any], answers: Answers) -> Progress:
    """Return the progress in a module, from its items.json and the learner's answers."""
    items = [item for item in data["items"] if item["use"] != "feedback"]
    done = {item["id"] for item in items if answered(item, answers.value(item["id"]))}
    return Progress(
        len(done),
        len(items),
        round(_minutes_left(data, done)),
        sum(piece["minutes"] for piece in data["pieces"]),
    )


def _minutes_left(data: Mapping[str, Any], done: set[str]) -> float:
    """A piece's minutes shrink with its answers; a piece without items counts as read when a later one has answers."""
    left, later_answered = 0.0, False
    for piece in reversed(data["pieces"]):
        ids = piece.get("items", [])
        share = len(done.intersection(ids)) / len(ids) if ids else float(later_answered)
        left += piece["minutes"] * (1 - share)
        later_answered = later_answered or bool(done.intersection(ids))
    return left


def progress_html(progress: Progress, language: str) -> str:
    """Return a bar with its words."""
    t = translator("course", "widgets", language)
    words = t("progress.answered", n=progress.answered, of=progress.items)
    if not progress.items:
        return f'<div class="kx-progress"><p>{escape(t("progress.minutes", n=progress.minutes))}</p></div>'
    if progress.answered == progress.items:
        words = f"{words} {t('progress.all')}"
    elif progress.answered:
        words = f"{words} {t('progress.left', n=max(1, progress.minutes_left))}"
    else:
        words = f"{words} {t('progress.minutes', n=progress.minutes)}"
    bar = f'<progress max="{progress.items}" value="{progress.answered}" aria-hidden="true"></progress>'
    return f'<div class="kx-progress">{bar}<p>{escape(words)}</p></div>'
