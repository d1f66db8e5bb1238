"""A text as the recognisers see it: one kind of dash, of space and of digit, and no invisible characters.

A number pasted from a PDF or a web page is full of other dashes and spaces. It does not know what is searched for.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
INVISIBLE = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\ufe0f\ufeff\u20e3"
)
LOOK_ALIKES = {"\u2044": "/", "\u2215": "/", "\uff0f": "/", "\uff0e": ".", "\u2024": ".", "\uff20": "@", "\ufe6b": "@"}


@dataclass(frozen=True)
class Plain:
    """The plain text, and for each of its characters the place in the original (None: the same place)."""

    text: str
    places: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the plain text lies in the original."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Return `text` as the recognisers see it."""
    if text.isascii():
        return Plain(text, None)
    characters = [_plain_character(character) for character in text]
    if all(characters):
        return Plain("".join(characters), None)
    places = tuple(place for place, character in enumerate(characters) if character)
    return Plain("".join(characters), places)


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if character in DASHES:
        return "-"
    if character in INVISIBLE:
        return ""
    if character in LOOK_ALIKES:
        return LOOK_ALIKES[character]
    if character.isspace():
        return "\n" if character in "\u2028\u2029\u0085" else " "
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
