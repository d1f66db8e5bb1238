"""Bias: sentences that differ in one word, and which of the two a model holds likelier, over many sentences.

A word that is rare everywhere makes no bias: what is told is how the preference differs between two groups of
sentences. A learner's own sentence passes the guard and is kept nowhere. It does not know how anything looks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain, zip_longest
from typing import Any

import traitlets

from sandbox.labs import interval
from sandbox.labs.base import LabWidget, Start, css, esm
from sandbox.labs.pairs import BAR, SLOT, Dimension, Pair, Side, Words, load_dimensions
from sandbox.labs.reading import read
from sandbox.labs.scoring import Scorer
from sandbox.labs.tasks import Task

BLANK = re.compile(r"_+")
OWN = "own"


class BiasLab(LabWidget):
    """Measures a dimension's sentence pairs one by one, or a pair of the learner's own."""

    lab = "bias"
    _esm = traitlets.Unicode(esm("bias_chart", "bias")).tag(sync=True)
    _css = traitlets.Unicode(css("bias")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        self._dimensions = load_dimensions(start.language)
        views = [_view(dimension) for dimension in self._dimensions.values()]
        super().__init__(replace(start, settings={**start.settings, "dimensions": views}))

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer with the pairs measured so far, after each one, and with means and intervals."""
        if content["what"] == OWN:
            self._own(task, content)
            return
        dimension = self._dimensions[str(content["dimension"])]
        scorer = Scorer(self.client, content["model"])
        if not scorer.can_score and not all(pair.ends_with_word for pair in dimension.pairs):
            task.end("lacking")
            return
        rows: list[dict[str, Any]] = []
        pairs = list(_in_turns(dimension))
        for done, pair in enumerate(pairs, 1):
            if task.stopped:
                return
            measured = _measure(scorer, pair.sides, pair.words if pair.ends_with_word else None)
            if measured is not None:
                rows.append({"group": pair.group, "text": _shown(pair.sentence, _named(dimension, pair)), **measured})
            tell = task.end if done == len(pairs) else task.say
            tell("measured", rows=list(rows), done=done, total=len(pairs), **_means(dimension, rows))

    def _own(self, task: Task, content: Mapping[str, Any]) -> None:
        words = (str(content["words"][0]).strip(), str(content["words"][1]).strip())
        sides, last = own_sides(str(content["sentence"]), words)
        for side in sides:
            result, reading = read(side.whole, self.language)
            if result.verdict != "allow":
                task.end("guard", **reading)
                return
            if result.findings:
                task.say("masked", **reading)
        scorer = Scorer(self.client, content["model"])
        measured = _measure(scorer, sides, ((words[0],), (words[1],)) if last else None)
        if measured is None:
            task.end("lacking")
        else:
            task.end(
                OWN, row={"group": OWN, "text": _shown(str(content["sentence"]), words), "words": words, **measured}
            )


def own_sides(sentence: str, words: tuple[str, str]) -> tuple[tuple[Side, Side], bool]:
    """Return a learner's sentence with each word in its blank, and whether the words themselves are measured.

    What stands after the blank is measured; where nothing but signs does, the words are.
    """
    before, after = BLANK.split(sentence.strip(), maxsplit=1)
    if re.search(r"\w", after):
        one, other = (Side(before + word, after) for word in words)
        return (one, other), False
    one, other = (Side(before.rstrip(), f" {word}") for word in words)
    return (one, other), True


def _measure(scorer: Scorer, sides: tuple[Side, Side], words: Words | None) -> dict[str, Any] | None:
    """Return how much likelier the first is (natural log), and both log probabilities; None where nobody can tell.

    With `words` these are what is measured, and the model's likeliest next tokens usually hold them.
    """
    found = scorer.next_words(sides[0].context, words) if words else None
    lists = words is not None and max(map(len, words)) > 1
    if found is None and scorer.can_score and not lists:
        found = scorer.logprob(sides[0]), scorer.logprob(sides[1])
    return {"value": found[0] - found[1], "shares": [math.exp(one) for one in found]} if found else None


def _means(dimension: Dimension, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    values = [[row["value"] for row in rows if row["group"] == group] for group in dimension.groups]
    means = dict(zip(dimension.groups, map(_plain, map(interval.mean, values)), strict=True))
    return {"means": means, "difference": _plain(interval.difference(values[0], values[1]))}


def _plain(found: interval.Interval | None) -> dict[str, Any] | None:
    return {**asdict(found), "holds_zero": found.holds_zero} if found else None


def _in_turns(dimension: Dimension) -> Iterator[Pair]:
    """Yield the pairs, a sentence of each group in turn, so that the first results already show both."""
    groups = [[pair for pair in dimension.pairs if pair.group == group] for group in dimension.groups]
    return (pair for pair in chain.from_iterable(zip_longest(*groups)) if pair)


def _named(dimension: Dimension, pair: Pair) -> tuple[str, str]:
    """Return a pair's words as the page names them: where there are lists of words, by their kind."""
    kinds = max(map(len, pair.words)) > 1
    return (dimension.a, dimension.b) if kinds else (pair.words[0][0], pair.words[1][0])


def _shown(sentence: str, words: tuple[str, str]) -> str:
    """Return the sentence with both words in its place."""
    both = " / ".join(words)
    return BLANK.sub(lambda _: both, sentence.replace(BAR, " ").replace(SLOT, "_"), count=1).strip()


def _view(dimension: Dimension) -> dict[str, Any]:
    named = {name: getattr(dimension, name) for name in ("id", "title", "about", "a", "b", "groups")}
    return {**named, "count": len(dimension.pairs)}
