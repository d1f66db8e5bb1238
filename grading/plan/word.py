"""The plan as DOCX, for Word and LibreOffice: real headings, the document's language, header rows that are repeated.

It does not know where the file is put, nor what is in the plan.
"""

from __future__ import annotations

import io
from datetime import date as Date
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from course.locale import Translator, translator
from grading.plan.document import Cell, Plan, Section, Table

LOCALES = {"da": "da-DK", "en": "en-GB"}
INK, LINK = RGBColor(0x00, 0x33, 0x6B), "004D99"
FONT = "Calibri"
GREY = "EEF1F4"
WIDTH_MM, MARGIN_MM = 210, 20
TEXT_MM = WIDTH_MM - 2 * MARGIN_MM


def word(plan: Plan, today: Date) -> bytes:
    """Return the plan's DOCX file; `today` is its date."""
    t = translator("grading", "plan", plan.language)
    doc = Document()
    _set_up(doc, plan, today, t)
    doc.add_paragraph(plan.title, "Title")
    for note in plan.notes:
        doc.add_paragraph(note)
    doc.add_heading(t("overview.title"), 1)
    _table(doc, _overview(plan, t))
    for section in plan.sections:
        _section(doc, section, t)
    file = io.BytesIO()
    doc.save(file)
    return file.getvalue()


def _overview(plan: Plan, t: Translator) -> Table:
    columns = t("overview.heading"), t("overview.answered"), t("overview.missing")
    rows = [
        (
            Cell(section.title),
            Cell(t("overview.of", n=section.answered, all=section.asked)),
            Cell(str(len(section.missing))),
        )
        for section in plan.sections
    ]
    return Table("", "", columns, tuple(rows), row_heads=True)


def _section(doc: Doc, section: Section, t: Translator) -> None:
    doc.add_heading(section.title, 1)
    doc.add_paragraph(section.lead)
    doc.add_heading(t("filled"), 2)
    for table in section.tables:
        doc.add_heading(table.title, 3)
        if table.note:
            doc.add_paragraph(table.note).paragraph_format.keep_with_next = True
        _table(doc, table)
    if not section.tables:
        doc.add_paragraph(t("filled.none"))
    doc.add_heading(t("missing"), 2)
    for missing in section.missing:
        point = doc.add_paragraph(style="List Bullet")
        point.add_run(missing.what).bold = True
        point.add_run().add_break()
        point.add_run(missing.where)
    if not section.missing:
        doc.add_paragraph(t("missing.none"))


def _table(doc: Doc, table: Table) -> None:
    made = doc.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for place, column in zip(made.rows[0].cells, table.columns, strict=True):
        place.paragraphs[0].add_run(column).bold = True
        _with(place._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=GREY)
    for row in table.rows:
        for index, (place, cell) in enumerate(zip(made.add_row().cells, row, strict=True)):
            _fill(place.paragraphs[0], cell, bold=table.row_heads and index == 0)
    _widen(made, table)
    _mark(made, table.row_heads)
    doc.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(paragraph: Paragraph, cell: Cell, bold: bool) -> None:
    if cell.href:
        _link(paragraph, cell)
    else:
        paragraph.add_run(cell.text).bold = bold or None


def _link(paragraph: Paragraph, cell: Cell) -> None:
    """Add a link; python-docx reads them and does not write them."""
    target = paragraph.part.relate_to(cell.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run = paragraph.add_run(cell.text)
    run.font.underline, run.font.color.rgb = True, RGBColor.from_string(LINK)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    link.append(run._r)
    paragraph._p.append(link)


def _widen(made: WordTable, table: Table) -> None:
    """Share the page's width by what is in each column, long texts and long words; otherwise all are equally wide."""
    texts = [(column, *(row[index].text for row in table.rows)) for index, column in enumerate(table.columns)]
    weights = [
        max(max(map(len, column)) ** 0.5, max(len(word) for text in column for word in text.split()) ** 0.65)
        for column in texts
    ]
    made.autofit = False
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = Mm(TEXT_MM * weight / sum(weights))
        for place in column.cells:
            place.width = column.width


def _mark(table: WordTable, row_heads: bool) -> None:
    """Say which row is the head, so that it is read as one and repeated on the next page; keep each row whole."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        table._tbl.tblPr.remove(look)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        _with(margins, f"w:{side}", w="40", type="dxa")
    table._tbl.tblPr.append(margins)
    _with(table._tbl.tblPr, "w:tblLook", val="04A0", firstRow="1", firstColumn=str(int(row_heads)), noVBand="1")
    for row in table.rows:
        _with(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")
    _with(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")


def _set_up(doc: Doc, plan: Plan, today: Date, t: Translator) -> None:
    """Set the title, the language, A4, headings dark enough to read, and page numbers."""
    about = doc.core_properties
    about.title, about.language, about.author, about.comments = plan.title, LOCALES[plan.language], "", ""
    about.created = about.modified = datetime.combine(today, time())
    for language in doc.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LOCALES[plan.language])
    page = doc.sections[0]
    page.page_width, page.page_height = Mm(WIDTH_MM), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN_MM)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        _font(doc.styles[name], dark=name != "Normal")
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{t('page')} ")
    _with(foot._p, "w:fldSimple", instr="PAGE")


def _font(style: Any, dark: bool) -> None:
    """Use one font that is there, or has a stand-in, everywhere; a theme's font would win over its name."""
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if dark:
        style.font.color.rgb = INK


def _with(parent: Any, tag: str, **values: str) -> None:
    """Add an element with attributes of Word's own namespace."""
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
