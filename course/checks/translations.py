"""Was the English checked after the Danish last changed? A hash of each Danish text is kept beside the module.

`translation.yaml` is written by `python -m course.checks --translated <module>` (or `guides`), after somebody has read
both. It does not know whether the translation is good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from course import guide as guides
from course.checks.content import GUIDES, Content, Folder
from course.checks.fault import Check, Fault
from course.checks.texts import LISTS, texts_in
from course.locale import LANGUAGES

FILE = "translation.yaml"
DIGITS = 16
HEAD = """\
# The Danish that the English was last checked against, by a hash. Written by
# `python -m course.checks --translated {name}`: run it after you have read both, never instead.
"""


def faults(content: Content) -> Iterator[Fault]:
    """Yield each text whose Danish is not the one that the English was checked against."""
    for folder in content.folders:
        yield from _changed(folder.id, folder_hashes(folder), _recorded(folder.path / FILE))
    if content.guides:
        yield from _changed(GUIDES, guide_hashes(content.guides), _recorded(guides.GUIDES / FILE))


def record(content: Content) -> list[str]:
    """Write the hashes of all of `content`; return the texts whose hash is new."""
    new: list[str] = []
    for folder in content.folders:
        new += _write(folder.id, folder.path / FILE, folder_hashes(folder))
    if content.guides:
        new += _write(GUIDES, guides.GUIDES / FILE, guide_hashes(content.guides))
    return new


def folder_hashes(folder: Folder) -> dict[str, str]:
    """Return the hash of the Danish of each piece, item, demo, fact and case, and of the module's head."""
    source = LANGUAGES[0]
    found: dict[str, str] = {}
    if lesson := folder.lessons.get(source):
        for piece in lesson.piece_titles:
            text = "\n".join(f"{b.role} {b.reference}\n{b.markdown}" for b in lesson.blocks if b.piece == piece)
            found[f"piece {piece}"] = _hash(text)
    head = {name: part for name, part in folder.files.get("module.yaml", {}).items() if name not in LISTS}
    if head:
        found["head"] = _hash_of_texts(head)
    for name in LISTS:
        for _, entry in folder.entries(name):
            found[f"{name.removesuffix('s')} {entry.get('id')}"] = _hash_of_texts(entry)
    return found


def guide_hashes(listed: tuple[guides.Guide, ...]) -> dict[str, str]:
    """Return the hash of the Danish of each guide."""
    return {guide.name: _hash(guide.texts.get(LANGUAGES[0], "")) for guide in listed}


def _hash_of_texts(entry: object) -> str:
    texts = [passage.text for passage in texts_in(entry, "") if passage.language == LANGUAGES[0]]
    return _hash("\n".join(texts))


def _hash(text: str) -> str:
    """Return a short hash of the words: where a line breaks does not matter."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:DIGITS]


def _recorded(file: Path) -> Mapping[str, str]:
    if not file.is_file():
        return {}
    return {str(name): str(value) for name, value in (yaml.safe_load(file.read_text("utf-8")) or {}).items()}


def _changed(name: str, now: Mapping[str, str], recorded: Mapping[str, str]) -> Iterator[Fault]:
    advice = f"check the English and run: python -m course.checks --translated {name}"
    if now and not recorded:
        yield Fault(f"{name}/{FILE}", f"is missing or empty; {advice}")
        return
    for text, value in now.items():
        if text not in recorded:
            yield Fault(name, f"the Danish text of {text!r} is new; {advice}")
        elif recorded[text] != value:
            yield Fault(name, f"the Danish text of {text!r} changed; {advice}")
    if gone := sorted(set(recorded) - set(now)):
        yield Fault(f"{name}/{FILE}", f"has {gone[0]!r}, which is not there any more; {advice}")


def _write(name: str, file: Path, now: Mapping[str, str]) -> list[str]:
    recorded = _recorded(file)
    file.write_text(HEAD.format(name=name) + "".join(f'{text}: "{value}"\n' for text, value in now.items()), "utf-8")
    return [f"{name}: {text}" for text, value in now.items() if recorded.get(text) != value]


CHECK = Check("translations", "Was the English checked after the Danish last changed?", faults)
