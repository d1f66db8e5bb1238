"""Makes notebook cells of a lesson's blocks, and a notebook of cells.

Cell ids come from the content's own ids, so the bytes are the same on every run. It knows the shape of nbgrader's
cell metadata; it does not know files, nor who reads them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.cards import cases_html, guide_html
from course.guide import load_guides
from course.items import Item
from course.items.base import TEXT_CELL
from course.lab_pages import load_lab_pages
from course.lesson import Block
from course.locale import LANGUAGES, translator
from course.module import Fact, Module

KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(cells: list[Any], metadata: dict[str, Any]) -> str:
    """Return a notebook file's text; `metadata` is what the theme reads."""
    made = new_notebook(cells=cells, metadata={**KERNEL, "koerekort": metadata})
    nbformat.validate(made)
    return str(nbformat.writes(made)) + "\n"


def markdown_cell(cell_id: str, text: str, role: str, piece: str = "") -> Any:
    """Return a markdown cell; `role` and `piece` are what the theme reads."""
    return new_markdown_cell(text, id=cell_id, metadata=_metadata(role, piece))


def python_cell(cell_id: str, code: str, role: str, piece: str = "", grading: dict[str, Any] | None = None) -> Any:
    """Return a code cell; `grading` is nbgrader's metadata where the cell carries points."""
    metadata = _metadata(role, piece) | ({} if grading is None else {"nbgrader": grading})
    return new_code_cell(code, id=cell_id, metadata=metadata)


def _metadata(role: str, piece: str) -> dict[str, Any]:
    ours = {"role": role} | ({"piece": piece} if piece else {})
    return {"koerekort": ours, "editable": False, "deletable": False}


def module_cells(module: Module, language: str) -> list[Any]:
    """Return the cells of a module's page in one language."""
    return list(_cells(module, language))


def _cells(module: Module, language: str) -> Iterator[Any]:
    lesson = module.lessons[language]
    setup = (
        "from course.page import exercise, lesson, submit\n"
        "from sandbox.guard import masked\n"
        "from sandbox.labs import demo\n\n"
        f'lesson("{module.id}", "{language}", guard=masked)'
    )
    yield markdown_cell("title", f"# {lesson.title}\n\n{module.summary[language]}", role="title")
    yield python_cell("setup", setup, role="setup")
    numbers: dict[str, int] = {}
    for index, block in enumerate(lesson.blocks):
        for fact in block.facts():
            numbers.setdefault(fact, len(numbers) + 1)
        yield from _block_cells(module, block, f"{block.piece}-{index}", numbers, language)
        last = index + 1 == len(lesson.blocks) or lesson.blocks[index + 1].piece != block.piece
        if last and numbers:
            facts = [module.facts[fact] for fact in numbers]
            yield markdown_cell(f"{block.piece}-sources", _sources(facts, language), role="sources", piece=block.piece)
            numbers = {}


def _block_cells(module: Module, block: Block, cell_id: str, numbers: dict[str, int], language: str) -> Iterator[Any]:
    role, piece = block.role, block.piece
    if role == "exercise":
        yield from _exercise_cells(module.items[block.reference], piece, language)
    elif role == "demo":
        yield python_cell(f"demo-{block.reference}", f'demo("{block.reference}")', role, piece)
    elif role == "lab":
        yield markdown_cell(cell_id, _lab_link(block.reference, language), role, piece)
    elif role == "guide":
        up = "../" if language == LANGUAGES[0] else ""
        card = guide_html(load_guides()[block.reference], f"{up}guides/{block.reference}.ipynb", language)
        yield markdown_cell(cell_id, card, role, piece)
    elif role == "cases":
        yield markdown_cell(cell_id, cases_html(module.cases, language), role, piece)
    elif role == "submit":
        yield python_cell(f"submit-{piece}", f'submit("{piece}")', role, piece)
    else:
        yield markdown_cell(cell_id, _with_fact_links(block.markdown, numbers), role, piece)


def _lab_link(page_id: str, language: str) -> str:
    """Return a card that leads to a page of the sandbox."""
    page = next(page for page in load_lab_pages() if page.id == page_id)
    t = translator("course", "build", language)
    href = f"{'../' if language == LANGUAGES[0] else ''}sandbox/{page.id}.ipynb"
    return (
        f'<div class="kk-lab-link"><p><strong><a href="{href}">{html.escape(page.title[language])}</a></strong> '
        f"({t('lab.minutes', n=page.minutes)})</p><p>{html.escape(page.summary[language])}</p></div>"
    )


def _exercise_cells(item: Item, piece: str, language: str) -> Iterator[Any]:
    call = f'exercise("{item.id}")'
    if not item.points:
        yield python_cell(item.id, call, "exercise", piece)
    elif item.use == "graded":
        yield python_cell(item.id, call, "exercise", piece, _nbgrader(item.id, "code", grade=True, points=item.points))
    else:
        cell_id = f"{item.id}{TEXT_CELL}"
        yield python_cell(cell_id, call, "exercise", piece, _nbgrader(cell_id, "code"))
        yield _task_cell(item, piece, language)


def _task_cell(item: Item, piece: str, language: str) -> Any:
    """Return the cell that holds the points a person gives for a text; formgrader puts its boxes on it."""
    sentence = translator("course", "build", language)("task.reading", points=item.points)
    cell = markdown_cell(item.id, sentence, role="reading", piece=piece)
    cell.metadata["nbgrader"] = _nbgrader(item.id, "markdown", task=True, points=item.points)
    return cell


def _nbgrader(
    grade_id: str, cell_type: str, *, grade: bool = False, task: bool = False, points: int = 0
) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": False,
        "locked": True,
        "task": task,
        "cell_type": cell_type,
    }
    return metadata | ({"points": points} if points else {})


def _with_fact_links(markdown: str, numbers: dict[str, int]) -> str:
    def link(match: re.Match[str]) -> str:
        number = numbers[match["id"]]
        return f'<sup class="kk-fact"><a href="#fact-{match["id"]}">[{number}]</a></sup>'

    return re.sub(r" ?\[\[(?P<id>[a-z0-9-]+)\]\]", link, markdown)


def _sources(facts: list[Fact], language: str) -> str:
    t = translator("course", "build", language)
    lines = [
        f'<li id="fact-{fact.id}">{html.escape(fact.text[language])} '
        f'<a href="{html.escape(fact.source)}" rel="noreferrer" target="_blank">{t("sources.link")}</a> '
        f"({t('sources.as_of', date=fact.as_of)})</li>"
        for fact in facts
    ]
    return (
        f'<details class="kk-sources"><summary>{t("sources.title")}</summary>\n<ol>\n'
        + "\n".join(lines)
        + "\n</ol>\n</details>"
    )
