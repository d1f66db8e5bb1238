"""What stands around each word of a text: gaps, starts of sentences, titles, greetings and family.

It does not decide what is a name, nor how far one goes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sandbox.guard import name_cues as cues
from sandbox.guard.finding import Finding
from sandbox.guard.tokens import Word, words
from sandbox.guard.wordlists import Known

GIVEN, SURNAME, NAME = Known.GIVEN.value, Known.SURNAME.value, Known.NAME.value
WEAK, LOWER_WEAK, COMMON = Known.WORD.value, Known.LOWER_WORD.value, Known.COMMON.value
SURNAME_WORD, TOWN, ENDING = Known.SURNAME_WORD.value, Known.TOWN.value, Known.ENDING.value
STOPS = frozenset('.!?:;|\n\t•*>"»“”()[]{}=/#')


class Context:
    """One text, its words, and the places of those that a name cannot take: those of its addresses, to begin with."""

    def __init__(self, text: str, addresses: Sequence[Finding]) -> None:
        self.text, self.words = text, words(text)
        self.last = len(self.words) - 1
        self.taken: set[int] = set()
        self._leave_out([(finding.start, finding.end) for finding in addresses])

    def _leave_out(self, places: list[tuple[int, int]]) -> None:
        """No name begins or goes on in an address: it is found as a whole."""
        starts = [start for start, _ in places]
        for number, word in enumerate(self.words) if places else ():
            place = bisect_right(starts, word.start) - 1
            if place >= 0 and word.start < places[place][1]:
                self.taken.add(number)

    def _gap(self, place: int) -> str:
        """Return what stands between the word before and this one."""
        start = self.words[place - 1].after if place else 0
        return self.text[start : self.words[place].start]

    def _beside(self, place: int) -> Word | None:
        """Return the word after this one when only a space is between them."""
        word = self.words[place]
        if place >= self.last or word.genitive:
            return None
        return self.words[place + 1] if self._gap(place + 1) == " " else None

    def _first(self, place: int) -> bool:
        """Say whether a capital at this place says nothing: the start of a sentence, a line, a cell or a quotation."""
        gap = self._gap(place)
        return place == 0 or not STOPS.isdisjoint(gap) or "- " in gap

    def _cue(self, place: int) -> str:
        """Return what kind of cue stands right before: title, greeting, called, person, or nothing."""
        gap = self._gap(place)
        if not place:
            return "greeting" if gap.rstrip().endswith("/") else ""
        before, tight = self.words[place - 1], gap.strip(" ")
        if gap == " " and before.key == "o" and self.text[before.start - 2 : before.start].lower() == "c/":
            return "title"
        if len(gap) > 6 or (
            tight and tight not in (".", ",", ":", "-", "\n", ",\n", "\n\n", ",\n\n", ":\n", ': "', "/")
        ):
            return ""
        if before.key in cues.TITLES and tight in ("", "."):
            return "title"
        if before.key in cues.GREETINGS or (before.key == "fra" and tight == ":"):
            return "greeting"
        if before.key in cues.CALLED and tight in ("", ":"):
            return "called"
        return "person" if before.key in cues.PEOPLE and tight in ("", ",", ":") else ""

    def _has_surname(self, place: int) -> bool:
        after = self._beside(place)
        return after is not None and after.shape == self.words[place].shape and after.has(NAME | ENDING)

    def _before_is_lower(self, place: int) -> bool:
        return place > 0 and self.words[place - 1].shape == "l" and self._gap(place) == " "

    def _after_initial(self, place: int) -> bool:
        before = self.words[place - 1] if place else None
        if before is None or before.shape != "C" or self._gap(place) not in (". ", "."):
            return False
        return len(before.text) == 1 or before.key in cues.SHORTENED

    def _particle_before(self, place: int) -> bool:
        """Say whether "von" or "van" stands right before."""
        return (
            place > 0
            and self._gap(place) == " "
            and self.words[place - 1].text in ("von", "van", "af")
            and (self.words[place - 1].text != "af" or self.words[place].key.startswith("rosen"))
        )

    def _beside_another(self, place: int) -> bool:
        """Say whether a weak name stands as "Mark og Rose" or "Bos kone" does."""
        word, next_one = self.words[place], self.words[place + 1] if place < self.last else None
        if next_one is None or self._gap(place + 1) != " " or word.shape != "C":
            return False
        if word.genitive:
            return next_one.key in cues.PEOPLE and not word.has(COMMON)
        if next_one.key not in ("og", "and", "&") or place + 2 > self.last or word.has(COMMON):
            return False
        other = self.words[place + 2]
        return other.shape == "C" and other.has(GIVEN) and not other.has(WEAK if self._first(place) else COMMON)

    def _surname_stands_first(self, place: int, word: Word) -> bool:
        """Say whether this is the surname of "Jensen, Mette", which is found from its first name."""
        if place >= self.last or self._gap(place + 1) != ", " or not word.has(SURNAME | ENDING):
            return False
        after = self.words[place + 1]
        return self._first(place) and after.has(GIVEN) and not after.has(WEAK) and after.shape == word.shape
