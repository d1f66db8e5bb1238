"""What the course's canvases ask for the plan, and what people handed in, without names and in no order of persons.

It does not know the guard, headings in words, or files other than the submissions.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course.cases import FILE as CASES
from course.cases import Case
from course.fields import Text
from course.items.canvas import CanvasField, CanvasItem
from course.locale import LANGUAGES
from course.module import Module, load_module
from grading.course_dir import CourseDir
from grading.keys import load_keys

Key = tuple[str, str]
"""A canvas and a field of it."""
OWN_NAME = "[NAVN]"
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CANVAS = re.compile(r"\*\*(?P<name>[^*]+)\*\*")


@dataclass(frozen=True)
class Question:
    """A field of a canvas that belongs to the plan, and where it is asked: module, piece and canvas by language."""

    item: str
    field: CanvasField
    module: Text
    piece: Text
    canvas: Text

    @property
    def key(self) -> Key:
        """What its answer stands under in a contribution."""
        return self.item, self.field.id


Contribution = Mapping[Key, Any]
"""What one person filled in: by canvas and field a text, an option's id, or rows of texts."""


@dataclass(frozen=True)
class Gathered:
    """The questions in the course's order, one contribution a person, and the course's cases."""

    questions: tuple[Question, ...]
    contributions: tuple[Contribution, ...]
    cases: tuple[Case, ...]


def gather(course: CourseDir) -> Gathered:
    """Return what is asked and what was handed in, in all modules that are released."""
    questions: list[Question] = []
    cases: list[Case] = []
    people: dict[str, dict[Key, Any]] = {}
    for name in course.released():
        items = load_keys(course.modules, name)
        canvases = [item for item in items.values() if isinstance(item, CanvasItem)]
        if canvases or (course.modules / name / CASES).is_file():
            module = load_module(course.modules / name)
            cases += module.cases
            questions += [question for canvas in canvases for question in questions_of(canvas, module)]
        for learner in course.submitted(name) if canvases else []:
            values = course.answers(name, learner, items).values
            people.setdefault(learner, {}).update(filled_in(canvases, values))
    found = Gathered(tuple(questions), tuple(person for person in people.values() if person), tuple(cases))
    without_ids = rewritten(found, lambda texts: [without(people, text) for text in texts])
    return replace(without_ids, contributions=tuple(sorted(without_ids.contributions, key=_digest)))


def questions_of(canvas: CanvasItem, module: Module) -> list[Question]:
    """Return the fields of a canvas that belong to the plan."""
    danish = module.lessons[LANGUAGES[0]]
    piece = next((block.piece for block in danish.blocks if block.reference == canvas.id), "")
    titles = {language: module.lessons[language].piece_titles.get(piece, "") for language in LANGUAGES}
    names = {language: _CANVAS.match(text) for language, text in canvas.stem.items()}
    canvas_name = {language: match["name"].rstrip(".: ") if match else canvas.id for language, match in names.items()}
    return [
        Question(canvas.id, field, module.title, titles, canvas_name)
        for field in canvas.fields
        if field.plan is not None
    ]


def filled_in(canvases: Iterable[CanvasItem], values: Mapping[str, Any]) -> dict[Key, Any]:
    """Return what a person's answers (values by item id) hold for the plan; what cannot be used is left out."""
    found = {}
    for canvas in canvases:
        value = values.get(canvas.id)
        usable = canvas.usable(value) if isinstance(value, Mapping) else {}
        for field in canvas.fields:
            content = _kept(usable.get(field.id))
            if field.plan is not None and content:
                found[canvas.id, field.id] = content
    return found


def _kept(content: Any) -> Any:
    """Return a text or rows without what is blank; nothing where nothing is left."""
    if isinstance(content, list):
        return [row for row in content if any(cell.strip() for cell in row)]
    return content.strip() if isinstance(content, str) else None


def without(learners: Collection[str], text: str) -> str:
    """Return a text without any learner's id, and without characters that no document can hold."""
    listed = "|".join(re.escape(learner) for learner in sorted(learners, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{listed})(?!\w)", OWN_NAME, _NOT_XML.sub("", text), flags=re.IGNORECASE)


def rewritten(gathered: Gathered, change: Callable[[list[str]], Sequence[str]]) -> Gathered:
    """Return the same with every text that a person wrote changed, all at once; a chosen option is no text."""
    choices = {question.key for question in gathered.questions if question.field.input == "choice"}
    texts = [
        text
        for contribution in gathered.contributions
        for key, content in contribution.items()
        if key not in choices
        for text in _texts(content)
    ]
    new = iter(change(texts))
    contributions = tuple(
        {key: content if key in choices else _with(content, new) for key, content in contribution.items()}
        for contribution in gathered.contributions
    )
    return replace(gathered, contributions=contributions)


def _texts(content: Any) -> list[str]:
    return [cell for row in content for cell in row] if isinstance(content, list) else [content]


def _with(content: Any, new: Iterator[str]) -> Any:
    return [[next(new) for _ in row] for row in content] if isinstance(content, list) else next(new)


def _digest(contribution: Contribution) -> str:
    """Return what contributions are sorted by: it says nothing of whose they are, and is the same every time."""
    plain = sorted((list(key), content) for key, content in contribution.items())
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()
