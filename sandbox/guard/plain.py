"""A text as the recognisers see it: one kind of dash, of space and of digit, and no invisible characters.

A number pasted from a PDF or a web page is full of other dashes and spaces. It does not know what is searched for.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
INVISIBLE = "\ufe00\ufe0e\ufe0f\u20e3\u034f\u115f\u3164"  # and all that Unicode calls format characters (Cf)
# Tag characters are invisible letters: a whole instruction can hide in them, so they are read as what they stand for.
TAGS, TAGS_END, TAGS_AT = 0xE0020, 0xE007E, 0xE0000
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


def lower(text: str) -> str:
    """Return `text` in lower case and as long as it was: a few letters would become two."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(letter.lower()[0] for letter in text)


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if character in DASHES:
        return "-"
    if TAGS <= ord(character) <= TAGS_END:
        return chr(ord(character) - TAGS_AT)
    if character in INVISIBLE or unicodedata.category(character) == "Cf":
        return ""
    if character in LOOK_ALIKES:
        return LOOK_ALIKES[character]
    if character.isspace():
        return "\n" if character in "\u2028\u2029\u0085" else " "
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
