"""The texts in the content, one by one, and what can be said of any text: its paragraphs, its words, its plain form.

It does not know what is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course.checks.content import Content, Folder, guide_file
from course.items.mark import plain_text
from course.locale import LANGUAGES

LISTS = ("items", "demos", "facts", "cases")
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’.-][^\W\d_]+)*-?(?!\w)")
_SENTENCE = re.compile(r"[^.!?:\n]+(?:[.](?=\w)[^.!?:\n]+)*")
_MARKUP = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\[[a-z0-9-]+\]\]"), ""),
    (re.compile(r"\{#[a-z0-9-]+\}|`[^`]*`|<[^>]+>"), " "),
    (re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\S)/\w+|\b[\w-]+\.(?:yaml|json|md|py|txt)\b"), " "),
    (re.compile(r"^ *(?:#+|>|[-*]|\d+\.) ", re.MULTILINE), ""),
    (re.compile(r"\*+|_{2,}|…{2,}"), ""),
)
_TABLE_LINE = re.compile(r"^\|[\s:|-]+\|$", re.MULTILINE)
_BULLET = re.compile(r" *(?:[-*]|\d+\.) ")


@dataclass(frozen=True)
class Passage:
    """A text in one language. `wrong`: an answer or advice on offer that is wrong, so it may say untrue things."""

    where: str
    language: str
    text: str
    wrong: bool = False


def passages(content: Content) -> Iterator[Passage]:
    """Yield every text that a learner, or one who runs the course, may read."""
    for folder in content.folders:
        yield from folder_passages(folder)
    for guide in content.guides:
        for language, text in guide.texts.items():
            yield Passage(guide_file(guide, language), language, text)


def folder_passages(folder: Folder) -> Iterator[Passage]:
    """Yield the texts of one folder of modules/."""
    for language, lesson in folder.lessons.items():
        where = f"{folder.id}/lesson.{language}.md"
        yield Passage(where, language, lesson.title)
        for block in lesson.blocks:
            if block.markdown:
                yield Passage(f"{where}, line {block.line}", language, block.markdown)
    head = {name: part for name, part in folder.files.get("module.yaml", {}).items() if name not in LISTS}
    yield from texts_in(head, f"{folder.id}/module.yaml")
    for name in LISTS:
        for where, entry in folder.entries(name):
            yield from texts_in(entry, where, wrong_parts(entry))


def wrong_parts(item: Mapping[str, Any]) -> frozenset[int]:
    """Return the parts of an item that hold its wrong answers and its wrong advice, by identity."""
    key = item.get("key")
    keys = key if isinstance(key, list) else [key]
    parts = [option["text"] for option in item.get("options", ()) if key and option.get("id") not in keys]
    if item.get("kind") == "match":
        parts = []  # each option is right for some premise
    if advice := item.get("advice"):
        parts.append(advice["wrong"])
    return frozenset(id(part) for part in parts)


def texts_in(data: Any, where: str, wrong: frozenset[int] = frozenset(), is_wrong: bool = False) -> Iterator[Passage]:
    """Yield the texts in an author's mapping, at any depth: whatever is written in every language."""
    is_wrong = is_wrong or id(data) in wrong
    if isinstance(data, list):
        for part in data:
            named = f"{where}, {part['id']}" if isinstance(part, Mapping) and "id" in part else where
            yield from texts_in(part, named, wrong, is_wrong)
    elif isinstance(data, Mapping) and set(data) == set(LANGUAGES):
        for language, text in data.items():
            yield Passage(where, language, plain_text(str(text)), is_wrong)
    elif isinstance(data, Mapping):
        for name, part in data.items():
            if isinstance(part, Mapping | list):
                yield from texts_in(part, where if name in LISTS else f"{where}, {name}", wrong, is_wrong)


def plain(markdown: str) -> str:
    """Return a markdown text as it is read: no marks, no addresses, no references to facts."""
    text = _TABLE_LINE.sub("", markdown)
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text.replace("|", "\n")


def words(markdown: str) -> list[str]:
    """Return the words of a text; numbers are not among them."""
    return _WORD.findall(plain(markdown))


def count_words(markdown: str) -> int:
    """Return how many words a reader meets, numbers included."""
    return len(plain(markdown).split())


def sentences(markdown: str) -> list[str]:
    """Return the sentences of a text; a list's point, a heading and a table's cell end one, and so does a colon."""
    return [part.strip() for part in _SENTENCE.findall(_joined(plain(markdown))) if _WORD.search(part)]


def _joined(text: str) -> str:
    return re.sub(r" *\n+ *", "\n", text)


def paragraphs(markdown: str) -> list[str]:
    """Return the paragraphs of a text; each point of a list is one, a table is one."""
    found: list[str] = []
    fresh = True
    for line in markdown.splitlines():
        if not line.strip():
            fresh = True
            continue
        if fresh or _BULLET.match(line):
            found.append(line)
        else:
            found[-1] += f"\n{line}"
        fresh = False
    return found
