"""Does a piece take the minutes it says? Estimated from its Danish words and what there is to do in it.

Words at 180 a minute, slow enough for reading aloud; of an item's explanations one counts, the mean of them.
It does not know how long anybody took.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course.checks.content import Content, Folder
from course.checks.fault import Check, Fault
from course.checks.texts import count_words, texts_in
from course.lesson import Block
from course.locale import LANGUAGES

WORDS_A_MINUTE = 180
SECONDS = {"practice": 15, "graded": 20, "drill": 25, "demo": 25, "reflection": 100, "feedback": 0, "test": 400}
"""What is done besides reading. Feedback is voluntary. A test form is 20 items."""
SHORT_REFLECTION, SHORT_WORDS = 60, 15
"""Seconds for a reflection of a sentence: one that asks for fewer words than this."""
FIELD_SECONDS = {"line": 20, "text": 35, "choice": 10, "rows": 60}
"""What filling in a first version of a canvas's field takes."""
CASES_SECONDS, CASES_WORDS = 60, 6 * 70
"""A library of cases is browsed: six of them, and a note."""
SHARE, LEEWAY = 0.35, 1.5
"""How far the declared minutes may be from the estimate: this share of it, or so many minutes."""


@dataclass(frozen=True)
class Estimate:
    """A piece: its declared minutes, and what it takes."""

    where: str
    declared: float
    words: float
    seconds: float

    @property
    def minutes(self) -> float:
        """Minutes by the rule."""
        return self.words / WORDS_A_MINUTE + self.seconds / 60

    @property
    def fits(self) -> bool:
        """Whether the declared minutes are near enough."""
        return abs(self.declared - self.minutes) <= max(SHARE * self.minutes, LEEWAY)


def estimates(folder: Folder) -> list[Estimate]:
    """Return an estimate of each piece of a module."""
    lesson = folder.lessons[LANGUAGES[0]]
    items = {item["id"]: item for where, item in folder.entries("items")}
    demos = {demo["id"]: demo for where, demo in folder.entries("demos")}
    found = []
    for piece in folder.files.get("module.yaml", {}).get("pieces", ()):
        costs = [_block(block, items, demos) for block in lesson.blocks if block.piece == piece["id"]]
        where = f"{folder.id}, piece {piece['id']!r}"
        found.append(Estimate(where, piece["minutes"], sum(cost[0] for cost in costs), sum(cost[1] for cost in costs)))
    return found


def _block(block: Block, items: Mapping[str, Any], demos: Mapping[str, Any]) -> tuple[float, float]:
    """Return a block's words and seconds."""
    if block.role == "exercise":
        item = items.get(block.reference, {})
        return item_words(item), item_seconds(item)
    if block.role == "demo":
        return _count(demos.get(block.reference, {})), SECONDS["demo"]
    if block.role == "cases":
        return CASES_WORDS, CASES_SECONDS
    return count_words(block.markdown), 0.0


def item_words(item: Mapping[str, Any]) -> float:
    """Return the Danish words of an item that a learner reads: all but its explanations, and one of those."""
    whys = [
        _count(part["why"])
        for name in ("options", "premises", "spans", "near")
        for part in item.get(name, ())
        if "why" in part
    ]
    whys += [_count(item[name]) for name in ("why", "why_wrong") if name in item]
    advice = item.get("advice")
    unread = sum(whys) + (_count(advice["wrong"]) if advice else 0)
    read = max(whys[-1:], default=0.0) if item.get("kind") == "reliance" else sum(whys) / len(whys) if whys else 0.0
    return _count(item) - unread + read


def item_seconds(item: Mapping[str, Any]) -> float:
    """Return what doing an item takes besides reading it, in seconds."""
    if item.get("kind") == "canvas":
        return sum(FIELD_SECONDS[field["input"]] for field in item["fields"])
    if item.get("use") == "reflection" and item.get("min_words", SHORT_WORDS) < SHORT_WORDS:
        return SHORT_REFLECTION
    return SECONDS.get(str(item.get("use")), 0)


def _count(part: Any) -> float:
    texts = texts_in(part, "")
    return float(sum(count_words(passage.text) for passage in texts if passage.language == LANGUAGES[0]))


def faults(content: Content) -> Iterator[Fault]:
    """Yield the pieces that take other than the minutes they say."""
    for folder in content.modules:
        for piece in estimates(folder):
            if not piece.fits:
                yield Fault(piece.where, f"says {piece.declared} minutes, and takes {piece.minutes:.1f} by the rule.")


def report(content: Content) -> str:
    """Return the estimate of every piece."""
    return "\n".join(
        f"{piece.declared:4.0f} said {piece.minutes:5.1f} by the rule  {piece.where}"
        for folder in content.modules
        for piece in estimates(folder)
    )


CHECK = Check("minutes", "Does a piece take the minutes it says?", faults, report)
