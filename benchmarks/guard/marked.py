"""Reads the sets: texts with what there is to find marked in them, as clean texts and places in them.

    {{NAME:Karen Holm}}   to be found
    {{CPR:@1 dash}}       to be found, and made at run time
    {{?NAME:Holberg}}     may be found or not, and counts neither way
    {{:@1 ean}}           a look-alike made at run time, not to be found

It does not know the guards, nor how they are measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.guard.made import Maker

SETS = {name: Path(__file__).with_name(f"{name}.yaml") for name in ("texts", "heldout")}
SET = SETS["texts"]
KINDS = ("CPR", "NAME", "PHONE", "EMAIL", "ADDRESS", "CASE", "BANK", "PLATE", "HEALTH", "SECRET", "INJECTION")
MARK = re.compile(r"\{\{(?P<maybe>\??)(?P<kind>[A-Z]*):(?P<what>.+?)\}\}", re.DOTALL)
FIELDS = {"id", "department", "text", "note"}


@dataclass(frozen=True)
class Span:
    """A place in a text, in characters, end not included; `maybe`: a finding there is neither right nor wrong."""

    kind: str
    start: int
    end: int
    maybe: bool = False


@dataclass(frozen=True)
class Text:
    """One text of the set, without its marks, and what there is to find in it."""

    id: str
    department: str
    text: str
    spans: tuple[Span, ...]
    note: str = ""


def compile_text(entry: dict[str, Any], seed: int = 1) -> Text:
    """Return an entry of the set as a clean text with its spans; raises ValueError that names the entry."""
    name = str(entry.get("id"))
    try:
        if not FIELDS - {"note"} <= set(entry) <= FIELDS:
            raise ValueError(
                f"the fields must be id, department, text and perhaps note, not {', '.join(sorted(entry))}"
            )
        text, spans = _compile(str(entry["text"]), Maker(seed, name))
    except ValueError as fault:
        raise ValueError(f"Text {name}: {fault}") from fault
    return Text(name, str(entry["department"]), text, spans, str(entry.get("note", "")))


def _compile(marked: str, maker: Maker) -> tuple[str, tuple[Span, ...]]:
    clean, spans, place = "", [], 0
    for match in MARK.finditer(marked):
        kind, what = match["kind"], match["what"]
        if kind and kind not in KINDS:
            raise ValueError(f"there is no kind {kind}; the kinds are {', '.join(KINDS)}")
        clean += marked[place : match.start()]
        start = len(clean)
        clean += maker.make(kind, what) if what.startswith("@") or not kind else what
        if kind:
            spans.append(Span(kind, start, len(clean), maybe=bool(match["maybe"])))
        place = match.end()
    clean += marked[place:]
    if "{{" in clean or "}}" in clean:
        raise ValueError("a mark is not closed, or not written {{KIND:text}}")
    return clean, tuple(spans)


def load(path: Path = SET, seed: int = 1) -> list[Text]:
    """Return a set, its numbers made from `seed`; raises ValueError that names the entry that is wrong."""
    entries = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{path.name} must be a list of texts, each with {', '.join(sorted(FIELDS))}.")
    return [compile_text(entry, seed) for entry in entries]
