"""What a plan consists of, in one language. It does not know where the content comes from, nor how it is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A cell's text, and the address that it leads to, if any."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Table:
    """A question or a subject with what is known of it; `rows` are as long as `columns`.

    `row_heads` is true where the first cell of each row says what the row is about.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_heads: bool = False


@dataclass(frozen=True)
class Missing:
    """What nobody has filled in, and where it is asked."""

    what: str
    where: str


@dataclass(frozen=True)
class Section:
    """One of the five headings; `asked` questions belong to it, and `answered` of them have an answer."""

    id: str
    title: str
    lead: str
    tables: tuple[Table, ...]
    missing: tuple[Missing, ...]
    asked: int
    answered: int


@dataclass(frozen=True)
class Plan:
    """The plan; `notes` are sentences for its first page."""

    language: str
    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
