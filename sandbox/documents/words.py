"""Cuts a text into the terms that are searched for: words in lower case, their stems, and the parts of long compounds.

How well each step does is measured by benchmarks/documents. It does not know passages, nor how they are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

STEMMERS = {"da": "danish", "en": "english"}
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
COMPOUNDING = ("da",)
SHORTEST_PART = 4
SHORTEST_COMPOUND = 7


@dataclass(frozen=True)
class Term:
    """A word of a text: the characters from `start` to `end` (not included), and the terms it is found by."""

    start: int
    end: int
    terms: tuple[str, ...]


class Cutter:
    """Cuts texts of one language; `vocabulary` holds the stems that a compound may be put together from."""

    def __init__(self, language: str, stem: bool = True, compounds: bool | None = None) -> None:
        self._language = language
        self._stem = stem
        self._compounds = language in COMPOUNDING if compounds is None else compounds
        self.vocabulary: frozenset[str] = frozenset()

    def learn(self, texts: Collection[str]) -> None:
        """Take the words of some texts as the vocabulary."""
        stems = {self._root(match[0]) for text in texts for match in WORD.finditer(text)}
        self.vocabulary = frozenset(stem for stem in stems if len(stem) >= SHORTEST_PART and stem.isalpha())

    def cut(self, text: str) -> Iterator[Term]:
        """Yield the words of a text that carry meaning."""
        for match in WORD.finditer(text):
            if match[0].lower() not in _idle(self._language):
                root = self._root(match[0])
                yield Term(match.start(), match.end(), (root, *self._parts(root)))

    def terms(self, text: str) -> list[str]:
        """Return all terms of a text, in order."""
        return [term for word in self.cut(text) for term in word.terms]

    def _root(self, word: str) -> str:
        return str(_stemmer(self._language).stemWord(word.lower())) if self._stem else word.lower()

    def _parts(self, root: str) -> list[str]:
        """The words of the vocabulary that a compound begins or ends with, the longest of each."""
        if not self._compounds or len(root) < SHORTEST_COMPOUND:
            return []
        cuts = range(SHORTEST_PART, len(root) - 1)
        begins = [root[:cut] for cut in cuts if root[:cut] in self.vocabulary]
        ends = [root[cut:] for cut in cuts if root[cut:] in self.vocabulary]
        return list(dict.fromkeys([*begins[-1:], *ends[:1]]))


@lru_cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # a page that searches nothing need not load it

    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache
def _idle(language: str) -> frozenset[str]:
    """Words that say nothing of what a text is about."""
    from bm25s import stopwords

    return frozenset(stopwords.STOPWORDS_DANISH if language == "da" else stopwords.STOPWORDS_EN_PLUS)
