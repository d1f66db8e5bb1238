"""Turns authors' markdown into HTML that is safe in a page: raw HTML is shown as text, pictures are not loaded.

It does not know items or pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("image", _alternative_text)
    return markdown


def _alternative_text(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A picture could be on another host, and nothing is loaded from there."""
    return escape(tokens[index].content)


def to_html(markdown: str) -> str:
    """Return markdown as block HTML."""
    return _render(_markdown().parse(markdown))


def inline_html(markdown: str) -> str:
    """Return markdown as HTML for inside a label: a single paragraph loses its `<p>`."""
    tokens = _markdown().parse(markdown)
    return _render(tokens[1:2]) if _is_paragraph(tokens) else _render(tokens)


def split_question(markdown: str) -> tuple[str, str]:
    """Return a stem as HTML (context, question): the last paragraph is the question, or nothing is."""
    tokens = _markdown().parse(markdown)
    if not _is_paragraph(tokens[-3:]):
        return _render(tokens), ""
    return _render(tokens[:-3]), _render(tokens[-2:-1])


def _is_paragraph(tokens: Sequence[Token]) -> bool:
    """Return whether tokens are one paragraph that stands by itself, not in a list or a quotation."""
    return len(tokens) == 3 and tokens[0].type == "paragraph_open" and tokens[0].level == 0


def _render(tokens: Sequence[Token]) -> str:
    markdown = _markdown()
    return str(markdown.renderer.render(tokens, markdown.options, {})).strip()
