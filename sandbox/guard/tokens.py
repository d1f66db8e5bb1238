"""A text as words with what is known of each: its place, its capitals, its lists, and whether it is a genitive.

It does not decide what is a name.
"""

from __future__ import annotations

import re

from sandbox.guard.wordlists import Known, fold, lexicon, word_set

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ\u0300-\u036f"
WORD = re.compile(rf"[{LETTERS}]+(?:['’´][{LETTERS}]+)*(?:-[{LETTERS}]+)*")
PARTICLES = word_set("el al von van de der den bin ben abu abou da dos das di del della af la le zu ter abd ibn")
ENDING = re.compile(
    r"..(?:sen|gård|lund|borg|holm|skov|bæk|dahl|strup|rup|toft|kjær|bjerg|berg|quist|qvist|strøm|gren|mark|sted|mann|"
    r"stein|sson|dottir|ova|eva|ski|ska|cki|cka|czyk|enko|chuk|vic|oglu|escu|zade|zadeh|zai|shvili|poulos|idis|akis|"
    r"lingam|nathan|rajah|ratnam|moorthy|eddine|ullah|nen|auskas|evicius)$"
)
LONGEST = 40  # characters: what is longer is no word
NAME, ENDS = Known.NAME.value, Known.ENDING.value
SURNAME, GIVEN = Known.SURNAME.value, Known.GIVEN.value


class Word:
    """One word: `start` and `end` without a genitive's s, `after` with it; `shape` is C, U (capitals), l or x."""

    __slots__ = ("text", "key", "start", "end", "after", "shape", "known", "genitive")

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.after = text, start, start + len(text)
        self.end, self.genitive = self.after, False
        self.shape = _shape(text)
        self.key = fold(text) if len(text) <= LONGEST else ""
        self.known = lexicon().get(self.key, 0)
        if not self.known & NAME and self.shape != "x" and len(text) > 2:
            self._look_closer()

    def has(self, bits: int) -> bool:
        """Say whether any of the bits of `Known` holds."""
        return bool(self.known & bits)

    def _look_closer(self) -> None:
        """Try the word without a genitive's s, the parts of a double name, and the endings of surnames."""
        bare = len(self.text) - (2 if self.key[-2:-1] == "'" else 1)
        if self.key.endswith("s") and not self.known and self.key[-2:-1] != "s":
            base = self.key[: bare - len(self.text)].rstrip("'")
            known = 0 if base.endswith("s") else lexicon().get(base, 0) or _parts(self.text[:bare]) or _ending(base)
            if known & (NAME | ENDS):
                self.known, self.key, self.genitive, self.end = known, base, True, self.start + bare
                return
        self.known |= _parts(self.text) or (0 if self.known else _ending(self.key))


def _shape(text: str) -> str:
    if text.islower():
        return "l"
    if text.isupper():
        return "U" if len(text) > 1 else "C"
    parts = re.split("['’´-]", text)
    if all(part[:1].isupper() for part in parts if part and fold(part) not in PARTICLES):
        return "C" if text[0].isupper() or fold(parts[0]) in PARTICLES else "x"
    return "x" if len(parts) == 1 or not text[0].isupper() else "-"


def _parts(text: str) -> int:
    """Return what a double name is (Anne-Marie, El-Sayed, Holm-Diaz): 0 when a part is a word and no name."""
    if "-" not in text:
        return 0
    known, particle = 0, False
    for part in text.split("-"):
        key = fold(part)
        if key in PARTICLES:
            particle = True
            continue
        bits = lexicon().get(key, 0)
        if not bits & NAME and (bits or not part[:1].isupper() or len(part) < 3):
            return 0
        known |= bits & NAME
    return known or (SURNAME if particle and text[-2:].islower() else 0)


def _ending(key: str) -> int:
    return ENDS if len(key) > 5 and ENDING.search(key, max(0, len(key) - 12)) else 0


def words(text: str) -> list[Word]:
    """Return the words of a plain text, in order."""
    return [Word(match[0], match.start()) for match in WORD.finditer(text)]
