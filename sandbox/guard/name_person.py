"""Whether a name is a person's: not a road, a firm, a school, a work or part of a mail address that is called by it.

It does not know where a name begins, nor how far it goes.
"""

from __future__ import annotations

from sandbox.guard import name_cues as cues
from sandbox.guard.name_context import GIVEN, LOWER_WEAK, NAME, SURNAME, SURNAME_WORD, WEAK, Context


class Persons(Context):
    """A text that can be asked whether a stretch of it is the name of a person."""

    def _is_person(self, start: int, stop: int) -> bool:
        first, last, text = self.words[start], self.words[stop], self.text
        if start and self._gap(start) in (" ", ". ", ' "') and self.words[start - 1].key in cues.NOT_BEFORE:
            return False
        if cues.FIRM_AFTER.match(text, last.after) or cues.FIRM_BEFORE.search(
            text, max(0, first.start - 5), first.start
        ):
            return self._is_couple(start, stop)
        if text[first.start - 1 : first.start] in ("@", "_", "#") or text[last.after : last.after + 1] in ("@", "_"):
            return False
        if (
            "-".join(word.key for word in self.words[start : stop + 1]) in cues.NOT_PEOPLE
            or first.key in cues.NOT_PEOPLE
        ):
            return False
        return not self._in_address(first.start, last.after) and not self._names_a_thing(start, stop)

    def _is_couple(self, start: int, stop: int) -> bool:
        """Say whether "&" stands between two first names, and not in a firm's name."""
        others = [stop + 1] if "&" in self.text[self.words[stop].after : self.words[stop].after + 3] else [start - 1]
        pair = [self.words[place] for place in (*others, start) if 0 <= place <= self.last]
        return len(pair) == 2 and all(word.has(GIVEN) and not word.has(LOWER_WEAK | SURNAME_WORD) for word in pair)

    def _in_address(self, start: int, end: int) -> bool:
        """Say whether a name is inside a mail or web address."""
        before, after = self.text[max(0, start - 30) : start].split(), self.text[end : end + 40].split(None, 1)
        glued = not self.text[start - 1 : start].isspace() and before[-1:] or [""]
        tail = after[0] if after and not self.text[end : end + 1].isspace() else ""
        chunk = glued[0] if start else ""
        hit = "://" in chunk or "www." in chunk or "@" in chunk or chunk.endswith(("\\", "."))
        return hit and chunk[-1:] not in "<(,;:" or tail[:1] in "@_." and bool(cues.ADDRESS_CHUNK.search(tail))

    def _names_a_thing(self, start: int, stop: int) -> bool:
        """Say whether the word after shows a road, a firm, a school, a prize that is called by the name."""
        last = self.words[stop]
        if stop == self.last or self._gap(stop + 1) != " " or stop + 1 in self.taken:
            return False
        after = self.words[stop + 1]
        if after.key in cues.PEOPLE and after.shape != "C":
            return False
        if after.shape == "-" and after.text[0].isupper() and not after.text[:2].isupper():
            return True
        if after.shape in "lU-" and last.shape != "U":
            return (
                after.key in cues.ROADS
                and (last.genitive or last.key.endswith("s"))
                or after.key in ("vej", "gade", "syndrom", "sygdom")
            )
        if last.genitive or (last.key.endswith("s") and not last.has(SURNAME | GIVEN)):
            return (
                after.shape == last.shape
                and after.key not in cues.PEOPLE
                and not (after.has(GIVEN) and not after.has(WEAK))
            )
        return after.key in cues.NOT_AFTER or (not after.has(NAME) and bool(cues.NOT_AFTER_ENDING.search(after.key)))
