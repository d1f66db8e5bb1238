"""Reads `lesson.<language>.md`: headings become pieces, colon fences become blocks.

It checks nothing against items or demos (course.module does), and knows nothing of notebooks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from course.errors import ContentError

PROSE_ROLES = ("scene", "note", "warning", "think", "job-aid")
REFERENCE_ROLES = ("exercise", "demo", "lab", "guide")
LONE_ROLES = ("submit", "cases")
ROLES = ("lesson", "piece", *LONE_ROLES, *PROSE_ROLES, *REFERENCE_ROLES)

_HEADING = re.compile(r"## (?P<title>.+?) *\{#(?P<id>[a-z0-9-]+)\}")
_FENCE = re.compile(r":::\{(?P<role>[a-z-]+)\} *(?P<reference>\S*)")
_FACT = re.compile(r"\[\[(?P<id>[a-z0-9-]+)\]\]")


@dataclass(frozen=True)
class Block:
    """One part of a lesson: markdown, or a reference to an item, a demo, a lab's page or a guide, or neither.

    `line` is where it starts.
    """

    role: str
    piece: str
    line: int
    markdown: str = ""
    reference: str = ""

    def facts(self) -> list[str]:
        """Return the ids of the facts that the block points to."""
        return _FACT.findall(self.markdown)


@dataclass(frozen=True)
class Lesson:
    """A lesson in one language: its title, its pieces' titles by id, its blocks in order."""

    title: str
    piece_titles: dict[str, str]
    blocks: tuple[Block, ...]

    def references(self, role: str) -> list[str]:
        """Return the ids that blocks of a role point to, in order."""
        return [block.reference for block in self.blocks if block.role == role]


def read_lesson(text: str, where: str) -> Lesson:
    """Return the lesson in a markdown text; raises ContentError that names file and line."""
    reader = _Reader(where)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line)
    return reader.finish()


class _Reader:
    """Goes through the lines and keeps the block that is open."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.title = ""
        self.piece_titles: dict[str, str] = {}
        self.blocks: list[Block] = []
        self.piece = ""
        self.fence: Block | None = None
        self.lines: list[str] = []
        self.start = 1

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        if self.fence is not None:
            self._inside_fence(number, line)
        elif line.startswith(":::"):
            self._open_fence(number, line)
        elif line.startswith("# ") and not self.title:
            self.title = line[2:].strip()
        elif line.startswith("## "):
            self._heading(number, line)
        else:
            if not self.lines:
                self.start = number
            self.lines.append(line)

    def finish(self) -> Lesson:
        """Return what was read."""
        if self.fence is not None:
            raise self._fault(self.fence.line, "a block is opened with ::: and never closed")
        self._flush("lesson")
        if not self.title:
            raise self._fault(1, "the lesson has no title; start it with '# Title'")
        return Lesson(self.title, self.piece_titles, tuple(self.blocks))

    def _fault(self, line: int, what: str) -> ContentError:
        return ContentError(f"{self.where}, line {line}: {what}.")

    def _flush(self, role: str) -> None:
        markdown = "\n".join(self.lines).strip()
        self.lines = []
        if not markdown:
            return
        if not self.piece:
            raise self._fault(self.start, "text before the first '## Heading {#piece}'")
        self.blocks.append(Block(role, self.piece, self.start, markdown))

    def _heading(self, number: int, line: str) -> None:
        match = _HEADING.fullmatch(line.rstrip())
        if not match:
            raise self._fault(number, f"{line!r} lacks its piece id; write '## Heading {{#piece-id}}'")
        self._flush("lesson")
        self.piece = match["id"]
        if self.piece in self.piece_titles:
            raise self._fault(number, f"the piece {self.piece!r} stands twice")
        self.piece_titles[self.piece] = match["title"]
        self.blocks.append(Block("piece", self.piece, number, f"## {match['title']}"))

    def _open_fence(self, number: int, line: str) -> None:
        match = _FENCE.fullmatch(line.rstrip())
        if not match:
            raise self._fault(number, f"{line!r} is no block; write ':::{{exercise}} item-id' or ':::{{note}}'")
        role, reference = match["role"], match["reference"]
        if role not in ROLES[2:]:
            raise self._fault(number, f"there is no block {role!r}; choose one of {', '.join(ROLES[2:])}")
        if (role in REFERENCE_ROLES) != bool(reference):
            raise self._fault(number, f"{role!r} {'needs' if role in REFERENCE_ROLES else 'takes no'} id")
        self._flush("lesson")
        if not self.piece:
            raise self._fault(number, "a block before the first '## Heading {#piece}'")
        self.fence = Block(role, self.piece, number, reference=reference)

    def _inside_fence(self, number: int, line: str) -> None:
        fence = self.fence
        assert fence is not None
        if line.startswith(":::{"):
            raise self._fault(fence.line, f"the block {fence.role!r} is not closed with ::: before line {number}")
        if line.rstrip() != ":::":
            self.lines.append(line)
            return
        markdown = "\n".join(self.lines).strip()
        self.lines, self.fence = [], None
        if (fence.role in PROSE_ROLES) != bool(markdown):
            raise self._fault(number, f"the block {fence.role!r} {'is empty' if not markdown else 'takes no text'}")
        self.blocks.append(Block(fence.role, fence.piece, fence.line, markdown, fence.reference))
