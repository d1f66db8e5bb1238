"""Finds people's names: full names, first names, surnames after a title, in any case and of any origin.

A list of names says what may be a name, and what stands around says whether it is one; a word that a text has once
used as a name is a name wherever it stands in it. Initials are in initials.py.
It does not know the policy, nor whether a name is anybody's. Others than listed names need a cue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sandbox.guard import address
from sandbox.guard import name_cues as cues
from sandbox.guard.finding import Finding
from sandbox.guard.initials import find_initials
from sandbox.guard.name_context import COMMON, ENDING, GIVEN, LOWER_WEAK, NAME, SURNAME, SURNAME_WORD, TOWN, WEAK
from sandbox.guard.name_person import Persons
from sandbox.guard.tokens import PARTICLES, Word
from sandbox.guard.wordlists import begins_town, word_set

KIND = "NAME"
LONGEST = 6  # words in a name
VERBS = word_set("said")  # in lower case the word of another language, not the name
NEVER_AGAIN = word_set("per min mine den det dan hans bo alle du an anden ask aske dag sol maj vil fra")


def find(text: str, addresses: Sequence[Finding] | None = None) -> Iterator[Finding]:
    """Yield the names of persons in a plain text; its `addresses` are looked for when they are not given."""
    reader = _Reader(text, list(address.find(text)) if addresses is None else addresses)
    found = reader.read()
    taken = [(finding.start, finding.end) for finding in found]
    yield from found
    yield from find_initials(text, taken)


class _Reader(Persons):
    """One text, and the names found in it so far."""

    def __init__(self, text: str, addresses: Sequence[Finding]) -> None:
        super().__init__(text, addresses)
        self.seen: set[str] = set()
        self.found: list[Finding] = []

    def read(self) -> list[Finding]:
        """Return the names, in the order of the text."""
        for place, word in enumerate(self.words):
            if place not in self.taken and len(word.key) > 1 and not self._is_thing(place, word):
                why, score = self._seed(place, word)
                if score:
                    self._take(*self._stretch(place), score, why)
        if self.seen:
            self._again()
        return sorted(self.found, key=lambda finding: finding.start)

    def _is_thing(self, place: int, word: Word) -> bool:
        """Say whether a word only goes before names: a title ("Dear Sir"), a storm or a house ("Storm Ingunn")."""
        if word.key in cues.TITLES:
            return True
        after = self._beside(place) if word.key in cues.NOT_BEFORE else None
        return after is not None and after.has(GIVEN)

    def _seed(self, place: int, word: Word) -> tuple[str, float]:
        """Return why a name begins with this word and how sure that is; 0 when none does."""
        if word.shape in "x-":
            return "", 0.0
        if word.shape == "l":
            return self._seed_lower(place, word)
        if word.has(GIVEN):
            short = word.shape == "U" and len(word.text) < 4 and not self._has_surname(place)
            if not word.has(WEAK | COMMON) and not short:
                return ("name.full", 0.85) if self._has_surname(place) else ("name.given", 0.7)
            return self._seed_weak(place, word)
        return self._seed_other(place, word)

    def _seed_lower(self, place: int, word: Word) -> tuple[str, float]:
        if word.key in VERBS:
            return "", 0.0
        if not word.has(GIVEN):
            named = word.has(SURNAME | ENDING) and not word.has(COMMON) and self._cue(place) == "title"
            return ("name.context", 0.55) if named else ("", 0.0)
        after = self._beside(place)
        surname = (
            after is not None and after.shape == "l" and after.has(SURNAME | ENDING) and not after.has(COMMON | GIVEN)
        )
        if not word.has(LOWER_WEAK | COMMON | WEAK):
            return ("name.lower", 0.65 if surname else 0.55)
        if surname and after and not after.has(SURNAME_WORD):
            return "name.lower", 0.6
        cue = self._cue(place)
        if word.has(COMMON) or not cue or word.key in NEVER_AGAIN:
            return "", 0.0
        aged = cues.AGE_AFTER.match(self.text, word.after)
        ends = (
            self.text[word.after : word.after + 1] in ("", ",", ".", "\n", ")")
            or self.text[word.after + 1 : word.after + 2].isdigit()
        )
        ends = ends or (cue != "greeting" and after is not None and after.key in cues.DOES)
        return ("name.context", 0.5) if aged or cue == "called" or ends else ("", 0.0)

    def _seed_weak(self, place: int, word: Word) -> tuple[str, float]:
        """A given name that is a word too: what is around must say that it is a name."""
        cue, first, after = self._cue(place), self._first(place), self._beside(place)
        capital = after is not None and after.shape == word.shape
        if capital and after and after.has(NAME | ENDING) and not after.has(COMMON):
            return "name.full", 0.7
        if self._beside_another(place):
            return "name.given", 0.6
        if cue in ("title", "called", "greeting") and not (word.has(COMMON) and capital):
            return "name.context", 0.65
        if cues.AGE_AFTER.match(self.text, word.after):
            return "name.context", 0.6
        if (
            word.shape == "C"
            and not first
            and self._before_is_lower(place)
            and not capital
            and word.key not in cues.NO_NAMES
        ):
            return "name.given", 0.55
        if word.has(COMMON) or word.shape == "U":
            return "", 0.0
        if cue and not capital:
            return "name.context", 0.6
        does = after is not None and after.key in cues.DOES and word.key not in NEVER_AGAIN
        return ("name.context", 0.5) if first and does and not word.genitive else ("", 0.0)

    def _seed_other(self, place: int, word: Word) -> tuple[str, float]:
        """A surname, or a word on no list: a cue, or the word after, must say that it is a name."""
        if word.has(COMMON | TOWN) and not word.has(SURNAME) or word.key in cues.NOT_AFTER:
            return "", 0.0
        cue, after = self._cue(place), self._beside(place)
        thing = cues.NOT_AFTER_ENDING.search(word.key) or cues.NOUN_ENDING.search(word.key)
        unlikely = word.key in cues.ACRONYMS or (not word.has(NAME) and thing)
        if word.has(COMMON) or word.key in PARTICLES or unlikely or (word.shape == "U" and not word.has(NAME | ENDING)):
            return "", 0.0
        if (
            cue == "title"
            or (cue == "greeting" and word.shape == "C")
            or (cue == "called" and word.has(SURNAME | ENDING))
        ):
            return "name.context", 0.6
        if word.shape == "C" and (cue in ("person", "called")) and not word.has(TOWN) and not begins_town(word.key):
            return "name.context", 0.55
        if word.shape == "C" and self._particle_before(place) and not word.has(TOWN):
            return "name.surname", 0.55
        if word.shape == "C" and word.has(SURNAME | ENDING) and self._after_initial(place):
            return "name.full", 0.6
        return self._seed_pair(place, word, after)

    def _seed_pair(self, place: int, word: Word, after: Word | None) -> tuple[str, float]:
        if self._surname_stands_first(place, word):
            return "", 0.0
        patronymic = word.has(SURNAME) and not word.has(SURNAME_WORD) and word.key.endswith("sen")
        if after is None or after.shape != word.shape or after.has(COMMON):
            if patronymic and word.shape == "C" and len(word.text) > 5 and not word.has(TOWN):
                return "name.surname", 0.5
            return "", 0.0
        strong = after.has(SURNAME | GIVEN) and not after.has(SURNAME_WORD | TOWN | WEAK)
        if strong and len(after.key) > 2 and not (word.shape == "U" and not word.has(NAME)):
            return "name.full", 0.6
        if word.has(SURNAME) and after.has(SURNAME) and not after.has(TOWN) and not word.has(TOWN):
            return "name.full", 0.5
        stop = self._stretch(place)[1]
        if stop > place and cues.DATA_AFTER.match(self.text, self.words[stop].after):
            return "name.context", 0.55
        return "", 0.0

    def _stretch(self, place: int) -> tuple[int, int]:
        """Return the first and the last word of the name that this word is in."""
        stop = place
        while stop < self.last and stop - place < LONGEST - 1:
            step = self._next(stop, self.words[place].shape)
            if not step:
                break
            stop += step
        start = place
        while start and place - start < LONGEST and start - 1 not in self.taken and self._belongs_before(start):
            start -= 1
        return self._surname_first(start, place), stop

    def _next(self, place: int, shape: str) -> int:
        """Return how many words the name goes on with after this one: 1, 2 with a particle, or 0."""
        word, after = self.words[place], self.words[place + 1]
        gap = self._gap(place + 1)
        initial = len(word.text) == 1 and gap in (". ", ".")
        if word.genitive or not (gap == " " or initial) or place + 1 in self.taken:
            return 0
        if (
            after.key in PARTICLES
            and after.shape in ("l", shape)
            and place + 2 <= self.last
            and self._gap(place + 2) == " "
        ):
            other = self.words[place + 2]
            wanted = "l" if shape == "l" else "CU"
            if (
                other.shape in wanted
                and not other.has(COMMON)
                and (shape != "l" or other.has(SURNAME) and after.key != "de")
            ):
                return 2
        return int(self._goes_on(after, shape))

    def _goes_on(self, after: Word, shape: str) -> bool:
        if shape == "l":
            known = after.has(SURNAME) or (after.has(GIVEN) and not after.has(LOWER_WEAK)) or after.has(ENDING)
            return after.shape == "l" and known and not after.has(COMMON) and after.key not in cues.NOT_AFTER
        if len(after.text) == 1:
            return after.shape == "C" and (after.text != "I" or self.text[after.after : after.after + 1] == ".")
        if after.shape not in "CU" or (after.shape == "U" and shape == "C" and not after.has(NAME)):
            return False
        if after.has(NAME):
            return not (after.has(COMMON) and not after.has(SURNAME))
        unlikely = after.key in cues.NOT_AFTER or cues.NOT_AFTER_ENDING.search(after.key) or after.key in cues.ACRONYMS
        return (
            not after.has(COMMON)
            and not (after.has(TOWN) and shape != "C")
            and not unlikely
            and not (shape == "U" and len(after.text) < 4)
        )

    def _belongs_before(self, start: int) -> bool:
        """Say whether the word before is part of the name too: an initial, or an unknown first name."""
        before, word = self.words[start - 1], self.words[start]
        gap = self._gap(start)
        if before.shape == "C" and (len(before.text) == 1 or (before.key in cues.SHORTENED and gap == ". ")):
            return gap in (". ", ".") or (gap == " " and before.text not in "IÅ")
        if gap != " " or before.genitive or before.shape != word.shape or before.shape == "l":
            return False
        if (
            before.has(COMMON)
            or before.key in cues.ACRONYMS
            or before.key in cues.TITLES | cues.PEOPLE | cues.GREETINGS
        ):
            return False
        if before.shape == "U" and not before.has(NAME):
            return False
        return before.has(NAME) or not self._first(start - 1)

    def _surname_first(self, start: int, place: int) -> int:
        """Return where "Jensen, Mette" begins: a surname at the start of a line or a cell, and a comma."""
        if start != place or start == 0 or self._gap(start) != ", " or start - 1 in self.taken:
            return start
        before = self.words[start - 1]
        alike = before.shape == self.words[start].shape and before.has(SURNAME | ENDING) and not before.genitive
        return start - 1 if alike and self._first(start - 1) and not before.has(COMMON) else start

    def _take(self, start: int, stop: int, score: float, why: str) -> None:
        if not self._is_person(start, stop):
            return
        first, last = self.words[start], self.words[stop]
        end = last.end
        if len(last.text) == 1 and self.text[end : end + 1] == "." and stop > start:
            end += 1
        self.taken.update(range(start, stop + 1))
        self.seen.update(
            word.key for word in self.words[start : stop + 1] if len(word.key) > 1 and not word.has(COMMON)
        )
        self.found.append(Finding(KIND, first.start, end, score, why))

    def _again(self) -> None:
        """A word that was a name once is one wherever it has a capital (or is on the list of names)."""
        for place, word in enumerate(self.words):
            if word.key not in self.seen or place in self.taken or word.shape not in "CU" or word.key in NEVER_AGAIN:
                continue
            after = self._beside(place)
            if (
                self._first(place)
                and word.has(WEAK)
                and after is not None
                and (after.shape != "l" or after.key == "og")
            ):
                continue
            if word.has(COMMON | TOWN) or len(word.key) < 3:
                continue
            self._take(place, place, 0.6, "name.again")
