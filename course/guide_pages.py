"""Makes the pages of the guides: cells for each guide and for the list of them.

It does not know where the pages are written, nor how they look.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from course.cells import markdown_cell
from course.guide import GUIDES, PICTURES, Guide, Shelf
from course.locale import translator

_TABLE = re.compile(r"^(?P<head>\|.+\|)\n\|[\s:|-]+\|\n(?:\|.*\|(?:\n|$))*", re.MULTILINE)
_MARKUP = re.compile(r"[*`_]+|\[([^\]]*)\]\([^)]*\)")


def guide_cells(guide: Guide, here: str, language: str) -> list[Any]:
    """Return the cells of a guide's page; `here` is the page's path in the site."""
    up = "../" * (here.count("/") + 1)
    markdown = guide.with_pictures(language, lambda file: f"{up}files/guides/{PICTURES}/{file}")
    title, _, body = markdown.partition("\n")
    everything = escape(translator("course", "build", language)("guides.all"))
    return [
        markdown_cell("title", title, role="title"),
        markdown_cell("guide", _TABLE.sub(_in_a_region, body.strip()), role="lesson"),
        markdown_cell("all", f'<a href="../index.ipynb">{everything}</a>', role="back"),
    ]


def index_cells(shelves: tuple[Shelf, ...], language: str) -> list[Any]:
    """Return the cells of the list of guides."""
    lead = translator("course", "build", language)("guides.lead").replace("_", r"\_")
    title = markdown_cell("title", f"# {index_title(language)}\n\n{lead}", role="title")
    return [title, *(markdown_cell(shelf.id, _shelf(shelf, language), role="lesson") for shelf in shelves)]


def index_title(language: str) -> str:
    """Return what the list of guides is called."""
    return translator("course", "build", language)("guides.title")


def picture_files(shelves: tuple[Shelf, ...]) -> dict[str, bytes]:
    """Return the pictures that the guides show, by their path in the site."""
    used = {file for shelf in shelves for guide in shelf.guides for file in guide.pictures()}
    return {f"guides/{PICTURES}/{file}": (GUIDES / PICTURES / file).read_bytes() for file in sorted(used)}


def _shelf(shelf: Shelf, language: str) -> str:
    lines = [
        f"- [{guide.title(language)}]({guide.name}.ipynb)" + (f"  \n  {lead}" if (lead := guide.lead(language)) else "")
        for guide in shelf.guides
    ]
    return f"## {shelf.title[language]}\n\n{shelf.summary[language]}\n\n" + "\n".join(lines)


def _in_a_region(table: re.Match[str]) -> str:
    """Return a table within a region that can be scrolled by keyboard where the screen is narrow; its head names it."""
    cells = [_MARKUP.sub(r"\1", cell).strip() for cell in table["head"].strip("|").split("|")]
    name = escape(", ".join(cell for cell in cells if cell))
    wide = " kk-wide" if len(cells) > 2 else ""
    return (
        f'<div class="kk-table{wide}" role="region" tabindex="0" aria-label="{name}">\n\n{table[0].strip()}\n\n</div>\n'
    )
