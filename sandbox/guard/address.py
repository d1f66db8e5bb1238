"""Finds addresses: a road and a house number, with letter, floor, door, post code and town as one place.

A road is a word that ends as roads do, or one that a post code or a cue ("bor på") shows to be a road. A road without a
number is nobody's address. It does not know the policy, nor which roads exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard.address_words import (
    AFTER_CELL,
    BEFORE_CELL,
    CODE,
    CODE_ALONE,
    CUE,
    DATE,
    DEFINITE,
    DOORED,
    INSIDE,
    LEADERS,
    LIKELY,
    NO_HOME,
    NO_ROAD,
    NOT_AFTER,
    NUMBER,
    PLACES,
    REACH,
    SIDE,
    STREET,
    STRETCH,
    SURE,
    TOWN_ALONE,
    UNSURE,
    WORDS,
)
from sandbox.guard.finding import Finding
from sandbox.guard.wordlists import Known, fold, lexicon

KIND = "ADDRESS"
FLOOR = re.compile(rf"(?i)st\b|sal|{SIDE}|dør|lejl")
SPAN = re.compile(r"([0-9]+)-([0-9]+).*")
BETWEEN = re.compile(r"[ .]+")


def find(text: str) -> Iterator[Finding]:
    """Yield the addresses of a plain text."""
    end_of_last = 0
    for match in NUMBER.finditer(text):
        if match.start() < end_of_last:
            continue
        found = _address(text, match, end_of_last)
        if found:
            end_of_last = found.end
            yield found
    for match in STREET.finditer(text):
        yield Finding(KIND, match.start(), match.end(), 0.6, "address.road")


def _address(text: str, number: re.Match[str], least: int) -> Finding | None:
    """Return the address whose house number this is, or None."""
    low = max(least, number.start() - REACH)
    doored = DOORED.match(text, number.end()) is not None
    start, certainty = _road(text, low, number.start(), doored)
    if start is None or STRETCH.search(text, max(0, number.start() - 12), number.start()):
        return None
    cue = CUE.search(text, max(0, start - 45), start)
    end, placed = _rest(text, number.end())
    if end == number.end() and NOT_AFTER.match(text, end):
        return None
    if cue and certainty <= UNSURE and not placed and not _is_home(text, start, number):
        return None
    span = SPAN.fullmatch(number[0])
    if span and int(span[2]) - int(span[1]) > 8:
        return None
    if text[number.start() - 2 : number.start()] == ", " and text[end : end + 1] == ")":
        return None
    listed = BEFORE_CELL.search(text, max(0, start - 4), start) and AFTER_CELL.match(text, end)
    score = certainty + (0.2 if listed else 0) + (0.3 if placed else 0) + (0.25 if cue else 0)
    if score < 0.5:
        return None
    why = "address.place" if placed else "address.cue" if cue else "address.road"
    return Finding(KIND, start, end, round(min(score, 0.95), 2), why)


def _rest(text: str, end: int) -> tuple[int, bool]:
    """Return where floor, door, post code and town end, and whether there were any."""
    start = end
    inside = INSIDE.match(text, end)
    if inside and not DATE.match(text, end):
        end = inside.end()
    placed = end > start and bool(FLOOR.search(text[start:end]))
    if (code := CODE.match(text, end)) and _is_town(code["town"]):
        return code.end("town"), True
    if (town := TOWN_ALONE.match(text, end)) and _listed(town["town"]):
        return (town.end(), True) if " i " not in town[0] else (end, True)
    if code := CODE_ALONE.match(text, end):
        return code.end(), True
    if end > start and not placed:
        end = start
    return end, placed


def _is_town(town: str) -> bool:
    return town[0].isupper() or _listed(town)


def _listed(town: str) -> bool:
    """Say whether a town, or the first or last word of it, is in the list."""
    parts = BETWEEN.split(town)
    return any(lexicon().get(fold(part), 0) & Known.TOWN.value for part in parts if len(part) > 1)


def _is_home(text: str, start: int, number: re.Match[str]) -> bool:
    """Say whether a word that is no road by its ending may be one after "bor på": a definite form, and no room."""
    word = text[start : number.start()].rstrip(" ,").rpartition(" ")[2].lower()
    return bool(DEFINITE.match(word)) and not NO_HOME.search(text, max(0, start - 40), number.end() + 8)


def _road(text: str, low: int, end: int, doored: bool) -> tuple[int | None, float]:
    """Return where the road before a number begins and how much like a road it is; None when there is none."""
    before = _words_before(text, low, end)
    if not before:
        return None, 0.0
    start, word = before[0]
    key, capital = fold(word.rstrip(".")), word[0].isupper()
    certainty = _certainty(key, before)
    cued = not capital and DEFINITE.match(key) and CUE.search(text, max(0, start - 45), start)
    if not certainty and not (capital and len(word) > 2) and not doored and not cued:
        return None, 0.0
    if not certainty and (lexicon().get(key, 0) & Known.COMMON.value or word.isupper()):
        return None, 0.0
    if not capital and not doored and not cued:
        certainty = _lower(key, before, certainty)
        if not certainty:
            return None, 0.0
    return _first_word(before, capital or key in NO_ROAD, certainty), certainty or UNSURE


def _words_before(text: str, low: int, end: int) -> list[tuple[int, str]]:
    """Return up to five words that run up to a number, the nearest first, each with its place."""
    found: list[tuple[int, str]] = []
    place = end
    for _ in range(5):
        stop = place
        if found or text[place - 1 : place] in (" ", ","):
            while stop > low and text[stop - 1] in (" ," if not found else " "):
                stop -= 1
        if found and place - stop != 1:
            break
        match = WORDS.search(text, max(low, stop - 30), stop)
        if not match or (match.start() and text[match.start() - 1].isalnum()):
            break
        if found and match[0].endswith(".") and len(match[0]) > 4:
            break
        found.append((match.start(), match[0]))
        place = match.start()
    return found


def _is_bare(key: str) -> bool:
    """Say whether a word is an ending alone: Vænge, Allé, Plads."""
    return bool(SURE.search("xx" + key)) and not SURE.search(key)


def _certainty(key: str, before: list[tuple[int, str]]) -> float:
    """Return 0.6 for the ending of a road, 0.3 for one that may be, 0 for others; "Vænge" needs a word before."""
    if len(before) > 1 and fold(before[1][1]) in PLACES and before[0][1][0].isupper() and before[1][1][0].isupper():
        return 0.0 if lexicon().get(key, 0) & Known.TOWN.value else 0.5
    if key in NO_ROAD or _is_bare(key):
        beside = before[1][1] if len(before) > 1 else ""
        bare = _is_bare(key)
        titled = (
            bare and beside[:1].isupper() and before[0][1][0].isupper()
        )  # "Kong Hans Allé", also where Hans is "his"
        named = beside[:1].isupper() or (beside.rstrip(".").endswith("s") and len(beside) > 4)
        return 0.6 if titled or bare and named and not lexicon().get(fold(beside), 0) & Known.COMMON.value else 0.0
    if SURE.search(key):
        return 0.6
    return 0.3 if LIKELY.search(key) else 0.0


def _lower(key: str, before: list[tuple[int, str]], certainty: float) -> float:
    """Return how much a road in lower case is one: the word must end as roads do, and be no usual word."""
    if len(before) > 1 and fold(before[1][1]) in PLACES and before[1][1][0].isupper():
        return 0.5
    return certainty if certainty >= 0.6 and not lexicon().get(key, 0) & Known.COMMON.value else 0.0


def _first_word(before: list[tuple[int, str]], capital: bool, certainty: float) -> int:
    """Return where a road of several words begins: "Gl. Teglværksvej", "Ved Skellet", "mosekonens vænge"."""
    start = before[0][0]
    bare = _is_bare(fold(before[0][1]))
    for place, (where, word) in enumerate(before[1:4], 1):
        key = fold(word.rstrip("."))
        if key in LEADERS or (len(word.rstrip(".")) < 3 and word.endswith(".")):
            start = where
        elif key in PLACES:
            if word[0].isupper() and place == 1 and certainty != 0.25:
                start = where
            break
        elif (
            place <= 2
            and (
                not lexicon().get(key, 0) & Known.COMMON.value
                or (bare and place == 1 and capital and word[0].isupper())
            )
            and _is_part(word, before[place - 1][1], bare, place)
        ):
            start = where
        else:
            break
    return start


def _is_part(word: str, after: str, bare: bool, place: int) -> bool:
    """Say whether a word belongs to the road after it: "H.C. Andersens Boulevard", "Buddinge Hovedgade"."""
    if bare and place == 1 or re.fullmatch(r"(?:[A-ZÆØÅ]\.)+", word):
        return True
    if not (word[0].isupper() and after[0].isupper()) or word.endswith("."):
        return False
    if bare:
        return after.endswith("s")
    known = lexicon().get(fold(word), 0)
    return place == 1 and (not known & Known.NAME.value or bool(known & Known.TOWN.value))
