"""Reads the invented guides: Markdown with front matter, cut into passages that can be pointed at.

A guide is `<language>/<id>.md`; each `## Heading {#anchor}` begins a passage, called `guide#anchor` in both languages.
It does not know how a passage is searched for, nor how it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from course.errors import ContentError
from course.fields import Fields, unique

FOLDER = Path(__file__).parent
OWN = "own"
OWN_WORDS = 90
"""So many words, about, of a pasted text stand in one passage; the guides' own are of that length."""

FRONT = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<body>.*)", re.DOTALL)
HEADING = re.compile(r"## (?P<heading>.+) \{#(?P<anchor>[a-z0-9-]+)\}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Passage:
    """A part of a guide under one heading; `key` is `guide#anchor`, `updated` a date (2026-03-01) or empty."""

    key: str
    title: str
    updated: str
    heading: str
    text: str


@dataclass(frozen=True)
class Guide:
    """A guide: its id, title, the day it was last changed, the line that says it is invented, and its passages."""

    id: str
    title: str
    updated: str
    invented: str
    passages: tuple[Passage, ...]


@lru_cache
def load_guides(language: str, folder: Path = FOLDER) -> tuple[Guide, ...]:
    """Return the guides in a language, by id; raises ContentError that names the file and what is wrong."""
    return tuple(read_guide(path) for path in sorted((folder / language).glob("*.md")))


def read_guide(path: Path) -> Guide:
    """Return one guide; raises ContentError."""
    found = FRONT.fullmatch(path.read_text("utf-8"))
    if not found:
        raise ContentError(f"{path.name} must begin with front matter between two lines of ---.")
    fields = Fields(yaml.load(found["front"], Loader=yaml.BaseLoader), path.name)
    guide_id, title, updated = fields.id(), fields.string("title"), fields.string("updated")
    fields.done()
    if guide_id != path.stem:
        raise fields.fail("id", f"is {guide_id!r}; the file is called {path.name}.")
    if not DATE.fullmatch(updated):
        raise fields.fail("updated", f"must be a date like 2026-03-01, not {updated!r}.")
    invented, *parts = re.split(r"^(?=## )", found["body"].strip(), flags=re.MULTILINE)
    if not invented.startswith("> "):
        raise ContentError(f"{path.name}: the line that says the guide is invented ('> ...') must come first.")
    passages = tuple(_passage(part, guide_id, title, updated, path) for part in parts)
    unique([passage.key for passage in passages], path.name, "anchor")
    return Guide(guide_id, title, updated, invented.removeprefix("> ").strip(), passages)


def split_own(text: str, title: str) -> tuple[Passage, ...]:
    """Return a person's own text as passages of whole sentences, `own#1` and on; nothing if it is empty."""
    passages: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        held: list[str] = []
        for sentence in SENTENCE_END.split(" ".join(paragraph.split())):
            if held and len(" ".join([*held, sentence]).split()) > OWN_WORDS:
                passages.append(" ".join(held))
                held = []
            held.append(sentence)
        passages.append(" ".join(held))
    kept = [passage for passage in passages if passage]
    return tuple(Passage(f"{OWN}#{place}", title, "", "", passage) for place, passage in enumerate(kept, 1))


def sentences(text: str) -> list[str]:
    """Return a passage's sentences, in order."""
    return [sentence for sentence in SENTENCE_END.split(text) if sentence]


def _passage(part: str, guide: str, title: str, updated: str, path: Path) -> Passage:
    first, _, text = part.partition("\n")
    found = HEADING.fullmatch(first.strip())
    if not found or not text.strip():
        raise ContentError(f"{path.name}: {first!r} must be '## Heading {{#anchor}}', with a text under it.")
    return Passage(f"{guide}#{found['anchor']}", title, updated, found["heading"], " ".join(text.split()))
