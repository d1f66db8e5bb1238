"""Does every paragraph that speaks of law, authorities, years or shares lead to a source?

A paragraph has a source when it, or the one before or after it in the piece, cites a fact. A question claims nothing;
scenes, exercises and what one is to think about need none. What needs none for another reason stands in the module's
`uncited.yaml`, with the reason. It does not know whether the source says what the paragraph says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from course.checks.content import Content, Folder
from course.checks.fault import Check, Fault
from course.checks.texts import paragraphs, plain
from course.fields import Fields, load_yaml
from course.lesson import Lesson

ALLOWED = "uncited.yaml"
FREE = ("scene", "think")
MARKERS = {
    "da": re.compile(
        r"§|\b[Aa]rt(?:ikel|\.) ?\d|\b[Ii]følge\b|\b\w*[Ll]ov(?:en|ens|givning\w*)\b|\b[Ll]ov(?! til)\b"
        r"|\b\w*[Ff]orordning\w*|\bGDPR\b|\b(?:19|20)\d\d\b|\d ?%|\bprocent\b|\bDatatilsynet\b|\bEU\b(?!-sky)"
    ),
    "en": re.compile(
        r"§|\b[Aa]rt(?:icle|\.) ?\d|\b[Aa]ccording to\b|\b(?:by|the|under) law\b|\bAct\b|\bRegulation\b|\bGDPR\b"
        r"|\b(?:19|20)\d\d\b|\d ?%|\bper cent\b|\bData Protection Agency\b|\bEU\b(?! cloud)"
    ),
}
_QUESTION = re.compile(r"[^.!?\n]*\?")
_CITED = re.compile(r"\[\[[a-z0-9-]+\]\]")


@dataclass(frozen=True)
class _Paragraph:
    text: str
    line: int
    free: bool

    @property
    def cited(self) -> bool:
        return bool(_CITED.search(self.text))


def faults(content: Content) -> Iterator[Fault]:
    """Yield the paragraphs that claim something and lead to no source."""
    for folder in content.modules:
        allowed = allowances(folder)
        used: set[str] = set()
        for language, lesson in folder.lessons.items():
            for paragraph, marker in uncited(lesson, language):
                if words := next((words for words in allowed if words in paragraph.text), None):
                    used.add(words)
                else:
                    where = f"{folder.id}/lesson.{language}.md, line {paragraph.line}"
                    yield Fault(where, f"{marker!r} in {_short(paragraph.text)!r} leads to no source; cite a fact.")
        for words in set(allowed) - used:
            yield Fault(f"{folder.id}/{ALLOWED}", f"allows {words!r}, which needs no allowance; take it out.")


def allowances(folder: Folder) -> dict[str, str]:
    """Return the words that mark a paragraph that may stand without a source, each with the reason why."""
    file = folder.path / ALLOWED
    if not file.is_file():
        return {}
    fields = Fields(load_yaml(file), f"{folder.id}/{ALLOWED}")
    fields.schema(1)
    found = {child.string("words"): child.string("reason") for child in fields.children("uncited")}
    fields.done()
    return found


def uncited(lesson: Lesson, language: str) -> Iterator[tuple[_Paragraph, str]]:
    """Yield each paragraph that has a marker of a claim and no source near it, and the marker."""
    for piece in lesson.piece_titles:
        listed = [
            _Paragraph(text, block.line, block.role in FREE)
            for block in lesson.blocks
            if block.piece == piece
            for text in paragraphs(block.markdown)
        ]
        for place, paragraph in enumerate(listed):
            marker = MARKERS[language].search(_QUESTION.sub("", plain(paragraph.text)))
            near = listed[max(0, place - 1) : place + 2]
            if marker and not paragraph.free and not any(one.cited for one in near):
                yield paragraph, marker[0]


def _short(text: str) -> str:
    text = " ".join(plain(text).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


CHECK = Check("citations", "Does every claim about law or facts lead to a source?", faults)
