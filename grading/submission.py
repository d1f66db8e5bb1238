"""Reads the one thing a submission contributes, its answers.json, and tells what in it cannot be used.

A fault costs the item it is in, or every item when the whole file is unusable; it never stops the grading of others.
It does not know nbgrader, points or pages.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course import answers
from course.errors import AnswerFileError
from course.fields import Text
from course.locale import LANGUAGES, translator

MAX_NAME = 60
MAX_UNKNOWN = 5


@dataclass(frozen=True)
class Problem:
    """Something in the answer file that cannot be used; `item` is the module's item that it costs, if any."""

    item: str | None
    key: str
    text: Text

    @property
    def whole_file(self) -> bool:
        """Whether no answer at all could be read."""
        return self.key.startswith("file.")


@dataclass(frozen=True)
class Submission:
    """A learner's answers by item id (values as sent), and what could not be used."""

    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_submission(folder: Path, module: str, known: Collection[str]) -> Submission:
    """Return the answers in a submission's folder; `known` are the module's item ids. Raises nothing."""
    file = folder / answers.FILE_NAME
    if not file.exists() and not file.is_symlink():
        return Submission(problems=(_problem(None, "file.missing"),))
    problems: list[Problem] = []
    try:
        values = dict(answers.read(folder, module).records)
    except AnswerFileError as fault:
        values, problems = _salvage(file, module)
        if not problems:
            return Submission(problems=(_problem(None, "file.unusable", detail=str(fault)),))
    except OSError as fault:
        return Submission(problems=(_problem(None, "file.unusable", detail=str(fault.strerror)),))
    foreign = [item for item in values if item not in known]
    problems += [_problem(None, "item.unknown", item=_short(item)) for item in foreign[:MAX_UNKNOWN]]
    kept = {item: record["value"] for item, record in values.items() if item in known}
    return Submission(kept, tuple(problems))


def _salvage(file: Path, module: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the records that can be used one by one, and the items whose record cannot; none for a broken file."""
    good: dict[str, Any] = {}
    bad: list[Problem] = []
    for item, record in _records(file).items():
        alone = {"schema": answers.SCHEMA, "module": module, "answers": {item: record}}
        try:
            good |= answers.parse(json.dumps(alone).encode(), module).records
        except AnswerFileError:
            bad.append(_problem(item, "item.unusable", item=_short(item)))
    return good, bad


def _records(file: Path) -> dict[str, Any]:
    """Return the raw records of a file whose frame (JSON, schema, module) is sound, else none."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > answers.MAX_BYTES:
            return {}
        data = json.loads(file.read_bytes())
        frame = json.dumps({**data, "answers": {}}).encode()
        answers.parse(frame, data["module"])
        return data["answers"] if isinstance(data["answers"], dict) else {}
    except (AnswerFileError, OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}


def _problem(about: str | None, key: str, /, **values: object) -> Problem:
    texts = {language: translator("grading", "feedback", language)(key, **values) for language in LANGUAGES}
    return Problem(about, key, texts)


def _short(name: str) -> str:
    """Return a name from a learner's file as it may stand in a sentence or a log: short and printable."""
    shown = "".join(c if c.isprintable() else "?" for c in name)
    return shown if len(shown) <= MAX_NAME else f"{shown[:MAX_NAME]}…"
