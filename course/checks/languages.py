"""Are both languages built alike: the same headings, lists, tables, links, pictures and sources, piece by piece?

`course.module` and `course.guide` compare blocks and headings; this compares what is in them.
It does not know what the words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from course.checks.content import Content
from course.checks.fault import Check, Fault
from course.lesson import Lesson
from course.locale import LANGUAGES

SHAPES = {
    "headings": re.compile(r"^#+ ", re.MULTILINE),
    "points of lists": re.compile(r"^ *[-*] ", re.MULTILINE),
    "steps": re.compile(r"^ *\d+\. ", re.MULTILINE),
    "rows of tables": re.compile(r"^\|.*\|$", re.MULTILINE),
    "links": re.compile(r"(?<!!)\[[^\]]+\]\([^)]+\)|(?<![(\w])https?://\S+"),
    "pictures": re.compile(r"!\[[^\]]*\]\([^)]+\)"),
}
_FACT = re.compile(r"\[\[([a-z0-9-]+)\]\]")
_LEVEL = re.compile(r"^(#+) ", re.MULTILINE)


def faults(content: Content) -> Iterator[Fault]:
    """Yield where the languages differ in shape."""
    for folder in content.modules:
        if missing := [language for language in LANGUAGES if language not in folder.lessons]:
            yield Fault(f"{folder.id}/lesson.{missing[0]}.md", "is missing.")
            continue
        texts = {language: _by_piece(lesson) for language, lesson in folder.lessons.items()}
        for piece in texts[LANGUAGES[0]]:
            yield from _differences(
                f"{folder.id}, piece {piece!r}", {language: text.get(piece, "") for language, text in texts.items()}
            )
    for guide in content.guides:
        yield from _differences(f"guides/{guide.name}", guide.texts)


def _by_piece(lesson: Lesson) -> dict[str, str]:
    found = dict.fromkeys(lesson.piece_titles, "")
    for block in lesson.blocks:
        found[block.piece] += f"{block.markdown}\n\n"
    return found


def _differences(where: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each kind of thing that one language has more of."""
    first, other = (texts[language] for language in LANGUAGES)
    for name, pattern in SHAPES.items():
        mine, theirs = len(pattern.findall(first)), len(pattern.findall(other))
        if mine != theirs:
            yield Fault(where, f"{mine} {name} in {LANGUAGES[0]}, {theirs} in {LANGUAGES[1]}; they must be the same.")
    if [len(level) for level in _LEVEL.findall(first)] != [len(level) for level in _LEVEL.findall(other)]:
        yield Fault(where, "the headings have other levels in one language than in the other.")
    if odd := set(_FACT.findall(first)) ^ set(_FACT.findall(other)):
        yield Fault(where, f"the source {sorted(odd)[0]!r} is cited in one language only.")


CHECK = Check("languages", "Are both languages built alike?", faults)
