"""An answer's words, each with how likely the model computed it to be, and what else it was chosen among.

A word of several tokens is as likely as all of them after one another. It does not know how anything looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sandbox.answer import Delta, Written

PART = re.compile(r"\s+|\w+(?:[-'’.,]\w+)*|[^\w\s]+")
DIGITS = 4


class Words:
    """The words of one answer while it grows."""

    def __init__(self) -> None:
        self.text = ""
        self._places: list[tuple[int, int, Written]] = []  # from and to in the text, and the token that stands there
        self._waiting: list[Written] = []
        self._read = 0

    def add(self, delta: Delta) -> None:
        """Add a part of the answer. Text that its tokens do not spell (it was masked) is left without a likelihood."""
        self.text += delta.text
        self._waiting += delta.tokens
        while self._waiting and self._fits(self._waiting[0]):
            token = self._waiting.pop(0)
            end = self._read + len(token.token)
            self._places.append((self._read, end, token))
            self._read = end
        if self._waiting and not self._waiting[0].token.startswith(self.text[self._read :]):
            self._waiting, self._read = [], len(self.text)

    def _fits(self, token: Written) -> bool:
        return self.text.startswith(token.token, self._read) and self._read + len(token.token) <= len(self.text)

    def views(self) -> list[dict[str, Any]]:
        """The whole text in parts; a word has its `logprob`, and `pieces` {text, logprob, others}."""
        parts: list[dict[str, Any]] = []
        first = 0
        for found in PART.finditer(self.text):
            tokens, first = self._tokens(found.start(), found.end(), first)
            known = not found[0].isspace() and _covers(tokens, found.start(), found.end())
            parts.append({"text": found[0], **(_word([token for *_, token in tokens]) if known else {})})
        return parts

    def _tokens(self, start: int, end: int, first: int) -> tuple[list[tuple[int, int, Written]], int]:
        """The tokens that stand in a part of the text, and the number of the first one that may stand in the next."""
        while first < len(self._places) and self._places[first][1] <= start:
            first += 1
        last = first
        while last < len(self._places) and self._places[last][0] < end:
            last += 1
        return self._places[first:last], first


def _covers(tokens: Sequence[tuple[int, int, Written]], start: int, end: int) -> bool:
    """Whether the tokens stand side by side from start to end."""
    for token_start, token_end, _ in tokens:
        if token_start > start:
            return False
        start = token_end
    return start >= end


def _word(tokens: Sequence[Written]) -> dict[str, Any]:
    pieces = [
        {"text": token.token, "logprob": round(token.logprob, DIGITS), "others": _others(token)} for token in tokens
    ]
    return {"logprob": round(sum(token.logprob for token in tokens), DIGITS), "pieces": pieces}


def _others(token: Written) -> list[list[Any]]:
    return [[one.token, round(one.logprob, DIGITS)] for one in token.top if one.token != token.token]
