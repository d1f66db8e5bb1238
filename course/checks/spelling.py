"""Is every word spelt as the dictionary has it? hunspell with da_DK and en_GB, and the project's own words.

Own words stand in words.*.txt, one a line, sorted: those of a language, and names and abbreviations. One with a capital
counts only so; a genitive s is allowed; given names are those that the guard knows; a quotation may be in the other
language. It knows words, not whether they are the right ones. Where hunspell is not installed, this is left out, but
never in CI.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from course.checks.content import Content
from course.checks.fault import Check, Fault
from course.checks.personal import GIVEN_NAMES
from course.checks.texts import Passage, passages, sentences, words
from course.locale import LANGUAGES, translator
from course.paths import ROOT

DICTIONARIES = {"da": "da_DK", "en": "en_GB"}
BREAKS = {"da": re.compile(r"[.'’]"), "en": re.compile(r"[.-]")}
"""Where a dictionary's words end: the Danish one knows words with hyphens, the English one words with apostrophes."""
WORDS = Path(__file__).parent
CATALOGUES = ("course", "sandbox", "grading")
FOREIGN = 2
"""So many words of the other language in one sentence are a quotation from it."""
MISSING = (
    "hunspell or one of its dictionaries is not installed, so the spelling was not checked "
    "(Debian: apt install hunspell hunspell-da hunspell-en-gb)."
)
_ENDING = re.compile(r"(?:['’](?:s|en|ens|er|ne)?|s|-)$")
_PLACE = re.compile(r"\{[^}]*\}|<[^>]*>|&\w+;")


def faults(content: Content) -> Iterator[Fault]:
    """Yield the words that neither the dictionary nor the project knows, each once, where it first stands."""
    if not installed():
        yield Fault("spelling", MISSING, warning=os.environ.get("CI") != "true")
        return
    listed = [*passages(content), *(catalogue_texts() if content.guides else ())]
    for language in LANGUAGES:
        own = [passage for passage in listed if passage.language == language]
        wrong = unknown({word for passage in own for word in words(passage.text)}, language)
        for word, where in _first_places(own, wrong, wrong - unknown(wrong, _other(language))).items():
            yield Fault(
                where, f"{word!r} is in no dictionary ({language}); mend it, or add it to words.{language}.txt."
            )


def _first_places(listed: Iterable[Passage], wrong: set[str], of_the_other: set[str]) -> dict[str, str]:
    """Return where each wrong word first stands outside a quotation from the other language."""
    places: dict[str, str] = {}
    for passage in listed:
        for sentence in sentences(passage.text):
            found = [word for word in words(sentence) if word in wrong]
            foreign = {word for word in found if word in of_the_other}
            for word in found:
                if len(foreign) < FOREIGN or word not in foreign:
                    places.setdefault(word, passage.where)
    return places


def catalogue_texts() -> Iterator[Passage]:
    """Yield the texts of the pages themselves, without the places for values."""
    for package in CATALOGUES:
        for language in LANGUAGES:
            folder = ROOT / package / "locale" / language
            for po in sorted(folder.rglob("*.po")):
                domain = po.relative_to(folder).with_suffix("").as_posix()
                for key, text in translator(package, domain, language).all().items():
                    where = f"{package}/locale/{language}/{domain}.po, {key}"
                    yield Passage(where, language, _PLACE.sub(" ", text))


def installed() -> bool:
    """Return whether hunspell and both dictionaries are there."""
    if shutil.which("hunspell") is None:
        return False
    return all(_hunspell(name, "") is not None for name in DICTIONARIES.values())


def unknown(found: Iterable[str], language: str) -> set[str]:
    """Return the words that are in no dictionary; a word with hyphens is known when its parts are."""
    asked = {
        word: [part for part in BREAKS[language].split(word) if part] for word in found if not _is_own(word, language)
    }
    wrong = _wrong((part for parts in asked.values() for part in parts), language)
    pieces = {part: [piece for piece in part.split("-") if piece] for part in wrong if "-" in part}
    wrong_pieces = _wrong((piece for parts in pieces.values() for piece in parts), language)
    known = {part for part, parts in pieces.items() if not wrong_pieces.intersection(parts)}
    return {word for word, parts in asked.items() if (wrong - known).intersection(parts)}


def _wrong(asked: Iterable[str], language: str) -> set[str]:
    listed = sorted({word for word in asked if not _is_own(word, language)})
    return set((_hunspell(DICTIONARIES[language], "\n".join(listed)) or "").split()) & set(listed)


def _hunspell(dictionary: str, text: str) -> str | None:
    """Return the words of `text`, one a line, that a dictionary does not know; None where there is no dictionary."""
    command = ["hunspell", "-i", "utf-8", "-d", dictionary, "-l"]
    ran = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8")
    return None if ran.returncode or "Can't open" in ran.stderr else ran.stdout


def _other(language: str) -> str:
    return next(other for other in LANGUAGES if other != language)


@lru_cache(maxsize=4)
def own_words(language: str) -> frozenset[str]:
    """Return the words of the project in a language, and names."""
    files = (WORDS / f"words.{language}.txt", WORDS / "words.names.txt", GIVEN_NAMES)
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _is_own(word: str, language: str) -> bool:
    bare, own = _ENDING.sub("", word), own_words(language)
    return any(form in own for form in (word, word.lower(), bare, bare.lower()))


CHECK = Check("spelling", "Is every word spelt as the dictionary has it?", faults)
