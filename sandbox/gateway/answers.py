"""The guard on a model's answer: what the policy hides in answers is masked before anyone reads it.

An answer comes in pieces, and what is to be hidden may be cut anywhere. So a short tail is held back: the last word,
and the numbers and signs before it, for they may be the beginning of one number. All else goes on at once. Each
stretch is read once, with a little of what came before it. It knows neither engines nor routes, and keeps nothing.
"""

from __future__ import annotations

import dataclasses
import re
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import aclosing

from sandbox import guard
from sandbox.engines.wire import Chosen, Piece, token_bytes
from sandbox.errors import ApiError

HOLD = 96  # characters held back at most
SEEN = 96  # characters before a stretch that the guard reads along with it
LETTERS = re.compile(r"\s*[\"'«»“”*#>]*[^\W\d_]*\Z")
WORD = re.compile(r"\S+\s*\Z")
PART = re.compile(r"\d|^[^\w\s]+$|^[A-ZÆØÅ]{2}$")  # a word that may stand inside a number with spaces
OPEN = re.compile(r"(?:\(|\[|\b(?:at|snabel-?a|dot|punktum)\b)\W*\Z", re.IGNORECASE)  # a written-out mail address


class AnswerGuard:
    """Masks one answer; `before` is the text that it goes on from, which is only read along."""

    def __init__(self, before: str = "") -> None:
        self.kinds: list[str] = []
        self._seen = before[-SEEN:]
        self._text = ""
        self._bytes = 0  # of the answer, before `_text`
        self._chosen: deque[tuple[int, Chosen]] = deque()  # with the byte where each begins
        self._told = 0  # bytes in all tokens so far
        self._hidden: list[tuple[int, int, str]] = []  # bytes from, to, mask
        self._open: str | None = None  # the kind whose end went out already masked, while more of it may come
        self._begun = False

    def add(self, piece: Piece) -> Piece:
        """The part of the answer that may go on now that `piece` came; the last one gives all that is left."""
        self._text += piece.text
        for item in piece.chosen:
            self._chosen.append((self._told, item))
            self._told += len(token_bytes(item.token))
        last = piece.finish is not None
        text, size = self._release(len(self._text) if last else self._certain())
        self._bytes += size
        found = dataclasses.replace(piece, text=text, chosen=self._tokens(last))
        return dataclasses.replace(found, masked=tuple(sorted(set(self.kinds)))) if last else found

    def rest(self) -> Piece:
        """What is held back when an answer ends without a last piece."""
        return self.add(Piece(finish="stop"))

    def _certain(self) -> int:
        """How many characters of the text no later one can make a part of something hidden."""
        if not self._begun and LETTERS.match(self._text):
            self._begun = bool(self._text.strip())
            return len(self._text)  # the first word's beginning: who waits sees at once that an answer comes
        self._begun, keep = self._begun or bool(self._text.strip()), 0
        while keep < len(self._text) and (found := WORD.search(self._text, 0, len(self._text) - keep)):
            word = found[0].strip()
            if keep and not PART.search(word) and not OPEN.search(word):
                break
            keep = len(self._text) - found.start()
            if keep >= HOLD:
                break
        return len(self._text) - min(keep, HOLD)

    def _release(self, size: int) -> tuple[str, int]:
        """The first `size` characters with their masks, and how many bytes they were."""
        if not size:
            return "", 0
        try:
            found = guard.find_in_answer(self._seen + self._text)
        except Exception as error:  # a guard that fails must not let an answer through
            why = f"The guard failed ({type(error).__name__}), so the answer was stopped."
            raise ApiError(500, why, "guard_failed", type="guard") from None
        parts, place, policy = [], 0, guard.load_policy()
        for finding in found:
            start, end = max(0, finding.start - len(self._seen)), finding.end - len(self._seen)
            if end <= place or start >= size:
                continue
            size = max(size, end)
            mask = policy.mask(finding)
            again = finding.start < len(self._seen) and self._open == finding.kind and start == 0
            parts += [self._text[place:start], "" if again else mask]
            self._hide(start, end, "" if again else mask)
            self.kinds.append(finding.kind)
            place = end
            self._open = finding.kind if end == size else None
        text, self._text, whole = self._text[place:size], self._text[size:], self._text[:size]
        self._open = None if text.strip() else self._open
        self._seen = (self._seen + whole)[-SEEN:]
        return "".join([*parts, text]), len(whole.encode())

    def _hide(self, start: int, end: int, mask: str) -> None:
        first = self._bytes + len(self._text[:start].encode())
        self._hidden.append((first, first + len(self._text[start:end].encode()), mask))

    def _tokens(self, last: bool) -> tuple[Chosen, ...]:
        """The tokens that lie in what has gone on; a hidden one keeps its logprob, not its text or alternatives."""
        gone = []
        while self._chosen and (last or self._end(0) <= self._bytes):
            end = self._end(0)
            start, item = self._chosen.popleft()
            gone.append(self._veiled(start, end, item))
        return tuple(gone)

    def _end(self, at: int) -> int:
        return self._chosen[at + 1][0] if len(self._chosen) > at + 1 else self._told

    def _veiled(self, start: int, end: int, item: Chosen) -> Chosen:
        over = [hidden for hidden in self._hidden if hidden[0] < end and hidden[1] > start]
        if not over:
            return item
        data, parts, place = token_bytes(item.token), [], start
        for first, after, mask in over:
            parts += [data[max(0, place - start) : max(0, first - start)], mask.encode() if first >= start else b""]
            place = after
        parts.append(data[max(0, place - start) :])
        return Chosen(b"".join(parts).decode(errors="replace"), item.logprob)


async def guarded_answer(pieces: AsyncGenerator[Piece, None], before: str = "") -> AsyncGenerator[Piece, None]:
    """The pieces of an answer as they may be read; the last says which kinds were masked."""
    answer, ended = AnswerGuard(before), False
    async with aclosing(pieces):
        async for piece in pieces:
            if ended:  # usage, after the end
                yield piece
                continue
            ended = piece.finish is not None
            yield answer.add(piece)
    if not ended:
        yield answer.rest()
