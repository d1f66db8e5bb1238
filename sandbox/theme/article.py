"""Turns a cell's markdown into the HTML of an article. It does not know which page the text is on."""

from __future__ import annotations

from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class ArticleRenderer(IPythonRenderer):
    """Headings are plain: no ids that could meet a piece's, no marks to link to them."""

    def heading(self, text: str, level: int, **_: Any) -> str:
        """Return a heading of the given level."""
        return f"<h{level}>{text}</h{level}>\n"


def article(source: str) -> str:
    """Return the HTML of an author's markdown; HTML within it is kept as it is."""
    return str(MarkdownWithMath(renderer=ArticleRenderer(escape=False)).render(source))
