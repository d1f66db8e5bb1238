"""Reads one module folder into checked objects.

What a module is, is told in modules/README.md. It does not know notebooks, pages or grading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import paths
from course.cases import FILE as CASES
from course.cases import Case, load_cases
from course.errors import ContentError
from course.fields import Fields, Text, load_yaml, unique
from course.guide import load_guides
from course.items import Item, KnowledgeTestItem, load_items
from course.lab_pages import load_lab_pages
from course.lesson import Lesson, read_lesson
from course.locale import LANGUAGES
from course.syllabus import check_tracks, load_syllabus

MAX_PIECE_MINUTES = 10
FACT_GRADES = ("A", "B")


@dataclass(frozen=True)
class Piece:
    """A part of a module that is complete in itself and takes at most ten minutes."""

    id: str
    minutes: int


@dataclass(frozen=True)
class Goal:
    """What the learner can do afterwards."""

    id: str
    text: Text


@dataclass(frozen=True)
class Fact:
    """A statement that may be taught, its source, and when it must be checked again (ISO dates)."""

    id: str
    text: Text
    source: str
    as_of: str
    recheck_by: str
    grade: str


@dataclass(frozen=True)
class Module:
    """A module's content, checked. `demos` are the authors' mappings by id; the labs read them."""

    id: str
    folder: Path
    title: Text
    summary: Text
    goals: tuple[Goal, ...]
    pieces: tuple[Piece, ...]
    demos: dict[str, Mapping[str, Any]]
    items: dict[str, Item]
    facts: dict[str, Fact]
    lessons: dict[str, Lesson]
    cases: tuple[Case, ...] = ()

    @property
    def minutes(self) -> int:
        """Minutes for the whole module."""
        return sum(piece.minutes for piece in self.pieces)

    def learner_copy(self) -> dict[str, Any]:
        """Return what a learner may have of the module (items.json): no key of a graded item."""
        return {
            "schema": 1,
            "module": self.id,
            "title": self.title,
            "summary": self.summary,
            "goals": [{"id": goal.id, "text": goal.text} for goal in self.goals],
            "pieces": [self._piece(piece) for piece in self.pieces],
            "demos": list(self.demos.values()),
            "items": [item.learner_copy() for item in self.items.values()],
        }

    def _piece(self, piece: Piece) -> dict[str, Any]:
        title = {language: self.lessons[language].piece_titles[piece.id] for language in LANGUAGES}
        blocks = self.lessons[LANGUAGES[0]].blocks
        items = [block.reference for block in blocks if block.role == "exercise" and block.piece == piece.id]
        return {"id": piece.id, "minutes": piece.minutes, "title": title, "items": items}


def load_module(folder: Path) -> Module:
    """Return the module in a folder; raises ContentError that names file, place and field."""
    fields = Fields(load_yaml(folder / "module.yaml"), f"{folder.name}/module.yaml")
    fields.schema(1)
    if fields.id() != folder.name:
        raise fields.fail("id", f"is {fields.id()!r}, but the folder is {folder.name!r}; they must be the same.")
    module = Module(
        id=fields.id(),
        folder=folder,
        title=fields.text("title"),
        summary=fields.text("summary"),
        goals=_read_goals(fields),
        pieces=_read_pieces(fields),
        demos=_read_demos(fields),
        items=load_items(folder / "items.yaml"),
        facts=_read_facts(folder),
        lessons={language: _read_lesson(folder, language) for language in LANGUAGES},
        cases=load_cases(folder / CASES) if (folder / CASES).exists() else (),
    )
    fields.done()
    _check_agreement(module)
    return module


def load_modules() -> dict[str, Module]:
    """Return every module of the syllabus, in its order; raises ContentError, also where the tracks do not fit."""
    syllabus = load_syllabus()
    modules = {entry: load_module(paths.MODULES / entry) for entry in syllabus.modules}
    _check_forms(modules)
    if syllabus.tracks:
        pieces = {entry: {piece.id: piece.minutes for piece in module.pieces} for entry, module in modules.items()}
        check_tracks(syllabus, pieces)
    return modules


def _read_goals(fields: Fields) -> tuple[Goal, ...]:
    goals = []
    for child in fields.children("goals"):
        goals.append(Goal(child.id(), child.text("text")))
        child.done()
    unique([goal.id for goal in goals], fields.where, "the goal")
    return tuple(goals)


def _read_pieces(fields: Fields) -> tuple[Piece, ...]:
    pieces = []
    for child in fields.children("pieces"):
        pieces.append(Piece(child.id(), child.integer("minutes")))
        child.done()
        if not 1 <= pieces[-1].minutes <= MAX_PIECE_MINUTES:
            raise child.fail("minutes", f"is {pieces[-1].minutes}; a piece takes 1 to {MAX_PIECE_MINUTES} minutes.")
    unique([piece.id for piece in pieces], fields.where, "the piece")
    return tuple(pieces)


def _read_demos(fields: Fields) -> dict[str, Mapping[str, Any]]:
    demos: dict[str, Mapping[str, Any]] = {}
    for child, data in zip(fields.children("demos", []), fields.sequence("demos", []), strict=True):
        child.string("lab")
        for name in ("title", "prompt", "notice", "limits"):
            child.text(name)
        if not isinstance(child.any("settings", {}), Mapping):
            raise child.fail("settings", "must be a mapping.")
        child.id()
        child.done()
        demos[data["id"]] = data
    unique([str(data["id"]) for data in fields.sequence("demos", [])], fields.where, "the demo")
    return demos


def _read_facts(folder: Path) -> dict[str, Fact]:
    fields = Fields(load_yaml(folder / "facts.yaml"), f"{folder.name}/facts.yaml")
    fields.schema(1)
    facts = []
    for child in fields.children("facts"):
        dates = child.string("as_of"), child.string("recheck_by")
        grade = child.choice("grade", FACT_GRADES)
        facts.append(Fact(child.id(), child.text("text"), child.string("source"), *dates, grade))
        child.done()
    fields.done()
    unique([fact.id for fact in facts], fields.where, "the fact")
    return {fact.id: fact for fact in facts}


def _read_lesson(folder: Path, language: str) -> Lesson:
    file = folder / f"lesson.{language}.md"
    try:
        return read_lesson(file.read_text("utf-8"), f"{folder.name}/{file.name}")
    except FileNotFoundError:
        raise ContentError(f"{folder.name}/{file.name} is missing; every module is in every language.") from None


def _check_agreement(module: Module) -> None:
    """Refuse a module whose files do not fit each other."""
    goals = {goal.id for goal in module.goals}
    for item in module.items.values():
        if item.goal not in goals:
            raise ContentError(f"{module.id}/items.yaml, item {item.id!r}: goal {item.goal!r} is not in module.yaml.")
    pieces = [piece.id for piece in module.pieces]
    first = module.lessons[LANGUAGES[0]]
    for language, lesson in module.lessons.items():
        where = f"{module.id}/lesson.{language}.md"
        if list(lesson.piece_titles) != pieces:
            raise ContentError(f"{where}: pieces are {list(lesson.piece_titles)}, module.yaml has {pieces}.")
        _check_references(where, "exercise", lesson, set(module.items))
        _check_references(where, "demo", lesson, set(module.demos))
        if gone := set(lesson.references("lab")) - {page.id for page in load_lab_pages()}:
            raise ContentError(f"{where}: there is no page {sorted(gone)[0]!r} in the sandbox.")
        if (guides := lesson.references("guide")) and (gone := set(guides) - set(load_guides())):
            raise ContentError(f"{where}: there is no guide {sorted(gone)[0]!r} in course/guides.")
        shown = [block.role for block in lesson.blocks].count("cases")
        if shown != bool(module.cases):
            have = f"{len(module.cases)} cases" if module.cases else "none"
            raise ContentError(f"{where}: the block 'cases' stands {shown} times, and {CASES} has {have}.")
        for block in lesson.blocks:
            if unknown := [fact for fact in block.facts() if fact not in module.facts]:
                raise ContentError(f"{where}, line {block.line}: fact {unknown[0]!r} is not in facts.yaml.")
        shape = [(block.role, block.piece, block.reference) for block in lesson.blocks]
        if shape != [(block.role, block.piece, block.reference) for block in first.blocks]:
            raise ContentError(
                f"{where}: its blocks differ from lesson.{LANGUAGES[0]}.md; {_first_difference(lesson, first)}"
            )


def _check_forms(modules: Mapping[str, Module]) -> None:
    """Refuse a test whose questions are about a module, or a goal, that the course does not have."""
    goals = {(module.id, goal.id) for module in modules.values() for goal in module.goals}
    tests = [
        item for module in modules.values() for item in module.items.values() if isinstance(item, KnowledgeTestItem)
    ]
    for form in {form.id: form for test in tests for form in test.forms.values()}.values():
        for question in form.questions:
            if (question.area, question.item.goal) not in goals:
                raise ContentError(
                    f"forms/{form.id}.yaml, item {question.item.id!r}: there is no goal {question.item.goal!r} "
                    f"in a module {question.area!r} of the course."
                )


def _check_references(where: str, role: str, lesson: Lesson, known: set[str]) -> None:
    used = lesson.references(role)
    unique(used, where, f"the {role}")
    if missing := known.symmetric_difference(used):
        name = sorted(missing)[0]
        fault = "is not shown in the lesson" if name in known else "does not exist"
        raise ContentError(f"{where}: {role} {name!r} {fault}.")


def _first_difference(lesson: Lesson, first: Lesson) -> str:
    for mine, theirs in zip(lesson.blocks, first.blocks, strict=False):
        if (mine.role, mine.piece, mine.reference) != (theirs.role, theirs.piece, theirs.reference):
            return (
                f"line {mine.line} is {mine.role} {mine.reference}, "
                f"there line {theirs.line} is {theirs.role} {theirs.reference}."
            )
    return f"{len(lesson.blocks)} blocks here, {len(first.blocks)} there."
