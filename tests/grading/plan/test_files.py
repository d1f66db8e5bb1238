"""The plan as HTML and as DOCX: valid, in its language, with real headings and header rows, nothing from elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn

from grading.plan.document import Cell, Missing, Plan, Section, Table
from grading.plan.html import html
from grading.plan.word import word

TODAY = date(2026, 11, 23)
VOID = {"meta", "br"}


@pytest.fixture(params=["da", "en"])
def plan(request: pytest.FixtureRequest) -> Plan:
    rows = (
        (Cell("1"), Cell("To linjer:\nden & den <b>anden</b>")),
        (Cell("2"), Cell("example.org", "https://example.org/a?b=1&c=2")),
    )
    table = Table("Hvem får gavn", "Udfyldt i 2", ("Bidrag", "Svar"), rows, row_heads=True)
    filled = Section("purpose", "Formål", "Hvorfor?", (table,), (Missing("Ejer", "Spørg i modulet"),), 2, 1)
    empty = Section("education", "Uddannelse", "Hvordan?", (), (), 0, 0)
    return Plan(request.param, "Plan for AI-assistenter", ("En note.",), (filled, empty))


class Reader(HTMLParser):
    """Refuses what is not closed in its order; collects ids, links to ids, headings and header cells."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.points_to: set[str] = set()
        self.headings: list[int] = []
        self.scopes: list[str | None] = []
        self.language: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        assert tag not in {"script", "link", "img", "iframe"}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.language = has["lang"]
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            self.scopes.append(has.get("scope"))
        self.ids += [has["id"] or ""] if "id" in has else []
        self.points_to |= {has["aria-labelledby"] or ""} if "aria-labelledby" in has else set()
        self.points_to |= {(has["href"] or "")[1:]} if (has.get("href") or "").startswith("#") else set()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_named(plan: Plan) -> None:
    reader = Reader()
    text = html(plan)
    reader.feed(text)
    reader.close()
    assert reader.open == []
    assert reader.language == plan.language
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.points_to <= set(reader.ids)
    assert set(reader.scopes) == {"col", "row"}
    assert reader.headings[0] == 1
    assert all(deeper - above <= 1 for above, deeper in zip(reader.headings, reader.headings[1:], strict=False))
    assert "den &amp; den &lt;b&gt;anden&lt;/b&gt;" in text
    assert "url(" not in text
    assert "@import" not in text


def test_the_document_can_be_read_again(plan: Plan) -> None:
    doc = Document(io.BytesIO(word(plan, TODAY)))
    styles = [(p.style.name, p.text) for p in doc.paragraphs if p.style and p.style.name != "Normal"]
    assert styles[0] == ("Title", plan.title)
    assert [text for style, text in styles if style == "Heading 1"][1:] == ["Formål", "Uddannelse"]
    assert ("Heading 3", "Hvem får gavn") in styles
    assert any(style == "List Bullet" and text.startswith("Ejer") for style, text in styles)
    assert doc.tables[1].cell(1, 1).text == "To linjer:\nden & den <b>anden</b>"
    assert [link.address for row in doc.tables[1].rows for p in row.cells[1].paragraphs for link in p.hyperlinks] == [
        "https://example.org/a?b=1&c=2"
    ]
    assert doc.core_properties.title == plan.title
    assert doc.core_properties.author == ""


def test_the_document_says_its_language_and_marks_its_header_rows(plan: Plan) -> None:
    doc = Document(io.BytesIO(word(plan, TODAY)))
    wanted = {"da": "da-DK", "en": "en-GB"}[plan.language]
    assert {found.get(qn("w:val")) for found in doc.styles.element.iter(qn("w:lang"))} == {wanted}
    assert doc.core_properties.language == wanted
    for table in doc.tables:
        marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(marked) - 1)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert look is not None
        assert look.get(qn("w:firstRow")) == "1"


def test_every_part_of_the_document_is_xml(plan: Plan) -> None:
    with zipfile.ZipFile(io.BytesIO(word(plan, TODAY))) as parts:
        assert parts.testzip() is None
        names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        assert "word/document.xml" in names
        for name in names:
            ElementTree.fromstring(parts.read(name))
