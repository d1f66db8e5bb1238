"""The answer file: one learner's answers to one module, `answers.json` beside the notebook.

Written by locked read-modify-write of one item and an atomic replacement: a crash leaves the old file or the new.
A file that cannot be used is kept beside as `answers.json.bad-<time>`. It does not know what answers are worth.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from course.errors import AnswerFileError

SCHEMA = 1
FILE_NAME = "answers.json"
MAX_BYTES = 1_000_000
LOCK_SECONDS = 5.0


@dataclass(frozen=True)
class Answers:
    """A learner's answers by item id; a record is `{"value": ..., "confidence": 0.75}`."""

    module: str
    language: str = "da"
    saved: str = ""
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def value(self, item_id: str) -> Any:
        """Return the answer's value, or None for an item left unanswered."""
        return self.records.get(item_id, {}).get("value")

    def confidence(self, item_id: str) -> float | None:
        """Return how sure the learner was (0–1), or None."""
        return self.records.get(item_id, {}).get("confidence")


def read(folder: Path, module: str) -> Answers:
    """Return the answers in a folder; none where there is no file yet.

    Raises:
        AnswerFileError: the file is broken, of another schema or module, or holds a wrong type.
    """
    file = folder / FILE_NAME
    if not file.exists() and not file.is_symlink():
        return Answers(module)
    return parse(_bytes(file), module)


def parse(content: bytes, module: str) -> Answers:
    """Return the answers in a file's content; raises AnswerFileError that says what is wrong and where."""
    if len(content) > MAX_BYTES:
        raise AnswerFileError(f"{FILE_NAME} is larger than {MAX_BYTES} bytes, so it is not read.")
    try:
        data = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise AnswerFileError(f"{FILE_NAME} is not valid JSON: {fault}.") from fault
    if not isinstance(data, dict):
        raise AnswerFileError(f"{FILE_NAME} must hold an object, not {type(data).__name__}.")
    if data.get("schema") != SCHEMA:
        raise AnswerFileError(f"{FILE_NAME} has schema {data.get('schema')!r}; this program reads {SCHEMA}.")
    if data.get("module") != module:
        raise AnswerFileError(f"{FILE_NAME} belongs to the module {data.get('module')!r}, not {module!r}.")
    records = data.get("answers")
    if not isinstance(records, dict):
        raise AnswerFileError(f"{FILE_NAME}: 'answers' must be an object, not {type(records).__name__}.")
    for item_id, record in records.items():
        _check_record(item_id, record)
    return Answers(module, str(data.get("language", "da")), str(data.get("saved", "")), records)


def save(
    folder: Path, module: str, language: str, item_id: str, value: Any, confidence: float | None = None
) -> Answers:
    """Write one item's answer to the disk and return all answers; a value of None takes the answer away.

    Raises:
        AnswerFileError: the disk would not take it, or another program holds the file.
    """
    try:
        with FileLock(folder / f"{FILE_NAME}.lock", timeout=LOCK_SECONDS):
            records = dict(_read_or_set_aside(folder, module).records)
            if value is None:
                records.pop(item_id, None)
            else:
                records[item_id] = {"value": value} | ({} if confidence is None else {"confidence": confidence})
            answers = Answers(module, language, _now().strftime("%Y-%m-%dT%H:%M:%SZ"), records)
            _replace(folder / FILE_NAME, _dump(answers))
            return answers
    except Timeout:
        raise AnswerFileError(f"{FILE_NAME} is held by another program; close it and try again.") from None
    except OSError as fault:
        raise AnswerFileError(f"{FILE_NAME} could not be written: {fault.strerror}.") from fault


def _bytes(file: Path) -> bytes:
    if file.is_symlink() or not file.is_file():
        raise AnswerFileError(f"{FILE_NAME} is not an ordinary file, so it is not read.")
    with file.open("rb") as handle:
        return handle.read(MAX_BYTES + 1)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that can be used")


def _check_record(item_id: str, record: object) -> None:
    if not isinstance(record, dict) or "value" not in record:
        raise AnswerFileError(f"{FILE_NAME}, item {item_id!r}: expected {{'value': ...}}, found {record!r:.80}.")
    confidence = record.get("confidence")
    usable = isinstance(confidence, int | float) and not isinstance(confidence, bool) and 0 <= confidence <= 1
    if confidence is not None and not usable:
        raise AnswerFileError(
            f"{FILE_NAME}, item {item_id!r}: confidence must be a number from 0 to 1, not {confidence!r:.80}."
        )


def _read_or_set_aside(folder: Path, module: str) -> Answers:
    """Return the answers; a file that cannot be used is renamed first, so that nothing is lost."""
    try:
        return read(folder, module)
    except AnswerFileError:
        set_aside(folder)
        return Answers(module)


def set_aside(folder: Path) -> Path:
    """Rename the answer file to `answers.json.bad-<time>` and return its new path."""
    target = folder / f"{FILE_NAME}.bad-{_now().strftime('%Y%m%dT%H%M%S%fZ')}"
    (folder / FILE_NAME).rename(target)
    return target


def _dump(answers: Answers) -> bytes:
    data = {
        "schema": SCHEMA,
        "module": answers.module,
        "language": answers.language,
        "saved": answers.saved,
        "answers": answers.records,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _replace(file: Path, content: bytes) -> None:
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _now() -> datetime:
    return datetime.now(UTC)
