"""The test's forms: twenty questions each, read strictly, and the same in area, goal and difficulty place by place.

They hold keys and never leave `modules/forms/`; a learner's copy has questions and options only. It does not know who
gets which form (`course.forms` does), nor when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.errors import ContentError
from course.fields import Fields, load_yaml
from course.items.single import SingleItem

FORMS = ("a", "b", "c")
QUESTIONS = 20
OPTIONS = ("a", "b", "c", "d")
SCENARIOS = 16
DIFFICULTIES = ("easy", "medium", "hard")


@dataclass(frozen=True)
class Question:
    """One question of a form: a single choice, the module it is about, and how hard it is meant to be."""

    item: SingleItem
    area: str
    difficulty: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Area, goal and difficulty: what its twins in the other forms share."""
        return self.area, self.item.goal, self.difficulty

    def learner_copy(self) -> dict[str, Any]:
        """Return what a learner may have: no key, no reasons, and not what it measures."""
        options = [{"id": option.id, "text": option.text} for option in self.item.options]
        return {"id": self.item.id, "stem": self.item.stem, "options": options}


@dataclass(frozen=True)
class Tally:
    """How a learner did in one area: questions right, questions answered, and questions that there are."""

    right: int
    answered: int
    of: int


@dataclass(frozen=True)
class Form:
    """One form of the test."""

    id: str
    questions: tuple[Question, ...]

    def learner_copy(self) -> list[dict[str, Any]]:
        """Return the questions as a learner may have them."""
        return [question.learner_copy() for question in self.questions]

    def fits(self, answers: Mapping[Any, Any]) -> bool:
        """Return whether answers are to this form's questions, each with an option of its own."""
        known = {question.item.id for question in self.questions}
        return all(name in known and chosen in OPTIONS for name, chosen in answers.items())

    def areas(self, answers: Mapping[str, str]) -> dict[str, Tally]:
        """Return how a learner did in each area, in the order of the questions; a question left open is not right."""
        found: dict[str, list[tuple[bool, bool]]] = {}
        for question in self.questions:
            chosen = answers.get(question.item.id)
            found.setdefault(question.area, []).append((chosen == question.item.key, chosen is not None))
        return {
            area: Tally(sum(right for right, _ in pairs), sum(given for _, given in pairs), len(pairs))
            for area, pairs in found.items()
        }


def load_forms(folder: Path) -> dict[str, Form]:
    """Return the forms in a folder by id, checked one by one and against each other; raises ContentError."""
    files = [folder / f"{form}.yaml" for form in FORMS]
    return dict(_load(tuple((file, _state(file)) for file in files)))


def _state(file: Path) -> tuple[int, int]:
    found = file.stat() if file.is_file() else None
    return (found.st_mtime_ns, found.st_size) if found else (0, 0)


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, tuple[int, int]], ...]) -> dict[str, Form]:
    forms = {file.stem: _read_form(file) for file, _state in files}
    first, *others = forms.values()
    for other in others:
        for mine, theirs in zip(other.questions, first.questions, strict=True):
            if mine.place != theirs.place:
                raise ContentError(
                    f"forms/{other.id}.yaml, item {mine.item.id!r}: area, goal and difficulty are "
                    f"{', '.join(mine.place)}, but its twin {theirs.item.id!r} has {', '.join(theirs.place)}."
                )
    return forms


def _read_form(file: Path) -> Form:
    where = f"{file.parent.name}/{file.name}"
    fields = Fields(load_yaml(file), where)
    fields.schema(1)
    if fields.id("form") != file.stem:
        raise fields.fail("form", f"is {fields.id('form')!r}, but the file is {file.name!r}; they must be the same.")
    questions = tuple(_read_question(child, where) for child in fields.children("items"))
    fields.done()
    form = Form(file.stem, questions)
    _check_form(form, fields)
    return form


def _read_question(fields: Fields, where: str) -> Question:
    fields.where = f"{where}, item {fields.id()!r}"
    fields.choice("kind", ("single",))
    common = {
        "id": fields.id(),
        "use": "test",
        "points": 0,
        "goal": fields.id("goal"),
        "scenario": fields.boolean("scenario", False),
        "confidence": False,
        "must_pass": False,
        "stem": fields.text("stem"),
        "source": {},
    }
    area, difficulty = fields.id("area"), fields.choice("difficulty", DIFFICULTIES)
    question = Question(SingleItem.read(fields, common), area, difficulty)
    fields.done()
    if tuple(option.id for option in question.item.options) != OPTIONS:
        raise fields.fail("options", f"must have the ids {', '.join(OPTIONS)}, in that order.")
    return question


def _check_form(form: Form, fields: Fields) -> None:
    ids = [question.item.id for question in form.questions]
    if ids != (right := [f"t{form.id}-{number:02}" for number in range(1, QUESTIONS + 1)]):
        raise fields.fail("items", f"must have the ids {right[0]} to {right[-1]} in order, not {ids}.")
    if (scenarios := sum(question.item.scenario for question in form.questions)) < SCENARIOS:
        raise fields.fail("items", f"has {scenarios} scenarios; there must be at least {SCENARIOS}.")
    keys = Counter(question.item.key for question in form.questions)
    if any(keys[option] != QUESTIONS // len(OPTIONS) for option in OPTIONS):
        counts = ", ".join(f"{option} {keys[option]}" for option in OPTIONS)
        raise fields.fail("items", f"must have each option as key equally often; now {counts}.")
