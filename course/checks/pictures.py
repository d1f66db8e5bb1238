"""Has every picture a text that says what it shows? It does not look at the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.checks.content import Content
from course.checks.fault import Check, Fault
from course.checks.texts import Passage, passages
from course.paths import ROOT

PAGES = ("README.md", "modules/README.md")
_MARKDOWN = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]+)")
_HTML = re.compile(r"<img\b(?P<attributes>[^>]*)>")
_ALT = re.compile(r"\balt=[\"'](?P<alt>[^\"']*)")
SHORTEST = 10  # characters


def faults(content: Content) -> Iterator[Fault]:
    """Yield the pictures without a text, or with one that says nothing."""
    pages = [Passage(name, "en", (ROOT / name).read_text("utf-8")) for name in PAGES]
    for passage in (*passages(content), *pages):
        for name, alt in pictures(passage.text):
            if len(alt.strip()) < SHORTEST or alt.strip() == name:
                yield Fault(passage.where, f"the picture {name!r} has the text {alt!r}; say what it shows.")


def pictures(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield the file and the text of each picture."""
    for match in _MARKDOWN.finditer(markdown):
        yield match["file"], match["alt"]
    for match in _HTML.finditer(markdown):
        alt = _ALT.search(match["attributes"])
        yield "<img>", alt["alt"] if alt else ""


CHECK = Check("pictures", "Has every picture a text?", faults)
