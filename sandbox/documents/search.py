"""Finds the passages that a question's words stand in: BM25, which weighs rare words more than common ones.

It compares words, not meaning: no model takes part. It does not know who asks, nor how a result is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.documents.guides import Passage
from sandbox.documents.words import Cutter, Term

TOP = 3
LEAST = 2.0
"""Under this score no passage is a source; chosen on benchmarks/documents, where it lets every question through."""


@dataclass(frozen=True)
class Weight:
    """A word of the question, and how much it counted in a passage (0: it is not there)."""

    word: str
    score: float


@dataclass(frozen=True)
class Found:
    """A passage with its BM25 score, what each word of the question gave to it, and where in its text they stand."""

    passage: Passage
    score: float
    weights: tuple[Weight, ...]
    places: tuple[tuple[int, int], ...]


class Index:
    """Passages that can be searched; made in milliseconds, kept in memory only."""

    def __init__(self, passages: Sequence[Passage], cutter: Cutter) -> None:
        from bm25s import BM25  # brings numpy: a page that searches nothing need not load it

        self._passages, self._cutter = tuple(passages), cutter
        texts = [f"{passage.title}. {passage.heading}. {passage.text}" for passage in passages]
        cutter.learn(texts)
        self._bm25 = BM25()
        self._bm25.index([cutter.terms(text) for text in texts], show_progress=False)

    def search(self, question: str, top: int = TOP) -> list[Found]:
        """Return the passages that fit a question, the best first; none that has no word of it."""
        words = {word.terms[0]: word for word in self._cutter.cut(question)}
        rows = [(word, self._bm25.get_scores(list(word.terms))) for word in words.values()]
        totals = [sum(float(scores[place]) for _, scores in rows) for place in range(len(self._passages))]
        best = sorted(range(len(totals)), key=lambda place: -totals[place])[:top]
        return [self._found(place, totals[place], question, rows) for place in best if totals[place] > 0]

    def _found(self, place: int, score: float, question: str, rows: Sequence[tuple[Term, Any]]) -> Found:
        passage = self._passages[place]
        weights = [Weight(question[word.start : word.end], float(scores[place])) for word, scores in rows]
        asked = {term for word, _ in rows for term in word.terms}
        places = [(word.start, word.end) for word in self._cutter.cut(passage.text) if asked & set(word.terms)]
        return Found(passage, score, tuple(sorted(weights, key=lambda one: -one.score)), tuple(places))
