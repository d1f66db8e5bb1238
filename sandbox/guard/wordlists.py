"""The word lists in words/, read once at first use: what is known of a word, by its folded form.

Spelling differences that people do not see are folded away: capitals, accents, aa and å. It does not know any text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from enum import IntFlag
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")
KEPT = {"ä": "æ", "ö": "ø", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "ß": "ss", "þ": "th", "’": "'", "´": "'"}


class Known(IntFlag):
    """What the lists say of a word; several may hold at once."""

    GIVEN = 1
    SURNAME = 2
    WORD = 4  # a given name that is a word too, also with a capital
    LOWER_WORD = 8  # a given name that is a word in lower case
    SURNAME_WORD = 16  # a surname that is a word too
    COMMON = 32  # stands with a capital at the start of sentences, and is no part of a name
    TOWN = 64
    ENDING = 128  # no list has it, but it ends as surnames do
    NAME = GIVEN | SURNAME


FILES = {
    "given_names": Known.GIVEN,
    "surnames": Known.SURNAME,
    "names_that_are_words": Known.WORD | Known.LOWER_WORD,
    "names_that_are_lower_case_words": Known.LOWER_WORD,
    "surnames_that_are_words": Known.SURNAME_WORD,
    "common_words": Known.COMMON,
    "towns": Known.TOWN,
}


@lru_cache
def _table() -> dict[int, str]:
    """Return what each letter outside ASCII becomes; æ, ø and å stay."""
    table = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x300, 0x370)):
        letter = chr(code)
        bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
        table[code] = letter if letter in "æøå" else KEPT.get(letter, bare)
    return table | {ord(letter): other for letter, other in KEPT.items()}


def fold(word: str) -> str:
    """Return the form of a word that the lists are searched by."""
    low = word.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFC", low).translate(_table())
    return low.replace("aa", "å")


def read(name: str) -> list[str]:
    """Return the lines of the list `name`, without its header."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache
def lexicon() -> dict[str, int]:
    """Return what is known of each listed word, as the bits of `Known`."""
    known: dict[str, int] = {}
    for name, bits in FILES.items():
        for word in read(name):
            known[fold(word)] = known.get(fold(word), 0) | bits.value
    return known


@lru_cache
def _towns() -> list[str]:
    return sorted(word for word, bits in lexicon().items() if bits & Known.TOWN.value)


def begins_town(key: str) -> bool:
    """Say whether a folded word of five letters or more is the beginning of a town, as in "Københav"."""
    towns = _towns()
    place = bisect_left(towns, key)
    return len(key) > 4 and place < len(towns) and towns[place].startswith(key)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text in folded form."""
    return frozenset(fold(word) for word in text.split())
