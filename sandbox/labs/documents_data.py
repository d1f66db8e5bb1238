"""What "Ask the documents" needs beside the guides, read from `data/documents/*.yaml`: frames, drill, numbers.

It does not know models or pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.fields import Fields, Text, load_yaml, unique
from course.locale import LANGUAGES
from sandbox.documents import load_guides

DATA = Path(__file__).parent / "data" / "documents"
VERDICTS = ("yes", "partly", "no")


@dataclass(frozen=True)
class Case:
    """An author's answer with a reference; `mark` is the sentence of the passage that settles `verdict`."""

    id: str
    question: Text
    answer: Text
    passage: str
    other: str | None
    mark: Text
    verdict: str
    reason: Text


@dataclass(frozen=True)
class Frames:
    """What a question stands in, by language: `sourced` holds {question} and {sources}, `bare` {question} only."""

    sourced: Text
    bare: Text
    source: Text


@lru_cache
def load_cases(path: Path = DATA / "drill.yaml") -> tuple[Case, ...]:
    """Return the drill's cases; raises ContentError when one points to a passage, or a sentence, that is not there."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    cases = tuple(_case(child) for child in fields.children("cases"))
    fields.done()
    unique([case.id for case in cases], path.name, "case")
    return cases


@lru_cache
def load_frames(path: Path = DATA / "frames.yaml") -> Frames:
    """Return the texts that questions stand in; raises ContentError."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    frames = Frames(fields.text("sourced"), fields.text("bare"), fields.text("source"))
    fields.done()
    return frames


@lru_cache
def load_measured(language: str, path: Path = DATA / "measured.yaml") -> dict[str, Any]:
    """Return what benchmarks/documents measured last; the command writes the file, nobody else does.

    Counts by name (questions, among_three, with_sources, ...), `measured` (a date) and `model`,
    which is empty, and the counts of answers missing, when only the search was measured.
    """
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    return {"model": fields.any("model"), "measured": fields.string("measured"), **fields.any(language)}


def _case(fields: Fields) -> Case:
    other = fields.string("other") if fields.has("other") else None
    case = Case(
        fields.id(),
        fields.text("question"),
        fields.text("answer"),
        fields.string("passage"),
        other,
        fields.text("mark"),
        fields.choice("verdict", VERDICTS),
        fields.text("reason"),
    )
    fields.done()
    for language in LANGUAGES:
        texts = {passage.key: passage.text for guide in load_guides(language) for passage in guide.passages}
        for field, key in (("passage", case.passage), ("other", case.other)):
            if key is not None and key not in texts:
                raise fields.fail(field, f"is {key!r}; no guide in {language!r} has that passage.")
        if case.mark[language] not in texts[case.passage]:
            raise fields.fail("mark", f"is not in {case.passage} in {language!r}: {case.mark[language]!r}.")
    return case
