"""Is the Danish easy to read? LIX: mean length of a sentence in words plus percentage of words over six letters.

Measured as Björnsson did (1968), with a colon, a point of a list, a heading and a cell of a table ending a sentence.
It does not know whether a text is good.
"""

from __future__ import annotations

from collections.abc import Iterator

from course.checks.content import Content, Folder, guide_file
from course.checks.fault import Check, Fault
from course.checks.texts import sentences, texts_in, words
from course.locale import LANGUAGES

LONG = 6  # letters; words with more count
LESSON = 40.0
GUIDE = 45.0


def lix(markdown: str) -> float:
    """Return the LIX of a text; 0 where there are no words."""
    found, count = words(markdown), len(sentences(markdown))
    if not found or not count:
        return 0.0
    return len(found) / count + 100 * sum(len(word) > LONG for word in found) / len(found)


def measured(content: Content) -> list[tuple[str, float, float]]:
    """Return the LIX of each lesson's prose, each module's items, and each guide, with the most it may be."""
    found = []
    for folder in content.folders:
        if folder.lessons:
            found.append((f"{folder.id}, lesson", lix(_lesson(folder)), LESSON))
        items = [
            passage.text
            for where, item in folder.entries("items")
            for passage in texts_in(item, where)
            if passage.language == LANGUAGES[0]
        ]
        if items:
            found.append((f"{folder.id}, items", lix("\n\n".join(items)), LESSON))
    for guide in content.guides:
        found.append((guide_file(guide, LANGUAGES[0]), lix(guide.texts.get(LANGUAGES[0], "")), GUIDE))
    return found


def _lesson(folder: Folder) -> str:
    return "\n\n".join(block.markdown for block in folder.lessons[LANGUAGES[0]].blocks)


def faults(content: Content) -> Iterator[Fault]:
    """Yield the Danish texts that are too hard to read."""
    for where, value, most in measured(content):
        if value > most:
            yield Fault(where, f"has a LIX of {value:.1f}, more than {most:.0f}: shorter sentences, shorter words.")


def report(content: Content) -> str:
    """Return the LIX of every text."""
    return "\n".join(f"{value:5.1f}  {where}" for where, value, _ in measured(content))


CHECK = Check("reading", "Is the Danish easy to read (LIX)?", faults, report)
