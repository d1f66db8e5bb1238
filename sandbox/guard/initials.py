"""Finds initials that stand for a person: "MK har ringet", "hilsen JBN", "/abc", "initialer: L.K.M.".

Capitals are initials only where a cue says so, and never when they are a known abbreviation. It does not know names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sandbox.guard import name_cues as cues
from sandbox.guard.finding import Finding
from sandbox.guard.wordlists import fold

CAPITALS = r"[A-ZÆØÅ](?:\.?[A-ZÆØÅ]){1,3}\.?"
DOTTED = re.compile(r"(?<![\w.])(?P<all>(?:[A-ZÆØÅ]\.){2,4})(?! ?[A-ZÆØÅ]\w)(?![\w.])")
ACTS = re.compile(rf"(?<![\w./§-])(?P<all>[A-ZÆØÅ]{{2,3}}) {cues.ACTS}(?!\w)")
LABELLED = re.compile(
    rf"(?<!\w)(?i:initialer|barnets initialer|init\.|ref\.?|ansvarlig|sagsbeh\.|kontakt|skrevet af|"
    rf"udfyldt af|journalført af|oprettet af|noteret af|referent|v/){{1}}"
    rf"[ :=(]{{0,3}}(?P<all>{CAPITALS})(?![\w-])"
)
ALONE = re.compile(r"(?<=[a-zæøå.] )(?P<all>[A-ZÆØÅ]{2,4}|(?:[A-ZÆØÅ]\.){1,4})(?![\w-])")
BEFORE = re.compile(r"[a-zæøåA-ZÆØÅ]{2,24}\.? $")
SIGNED = re.compile(
    r"(?<!\w)(?i:hilsen|hilsner|mvh|kh|vh)[.,!]?(?:[ /]{1,3}|\n{1,2})(?P<all>[A-ZÆØÅ]{2,4}|"
    r"[a-zæøå]{2,3}|[A-ZÆØÅ]\.?)[ .]*(?=\n|$)"
)
SLASH = re.compile(r"(?:^|[\s.!?])/ ?(?P<all>[A-ZÆØÅ]{2,4}|[a-zæøå]{2,3})[ .]*(?=\n|$)", re.MULTILINE)
AGAIN = re.compile(r"(?<![\w-])[A-ZÆØÅ.]{2,8}(?![\w-])")
LISTED = re.compile(
    rf"(?<!\w)(?i:deltagere|til stede|fremmødte?|afbud|fraværende|kopi til|cc|referent|ordstyrer|vagt|"
    rf"ansvarlige?)[ :]{{1,3}}(?=(?P<list>{CAPITALS}(?:(?:, | og |"
    rf" & )(?:{CAPITALS})){{0,20}})(?![\w-]))"
)
RULES = ((DOTTED, 0.55), (ACTS, 0.55), (LABELLED, 0.55), (SIGNED, 0.6), (SLASH, 0.6))


def find_initials(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield initials outside the places that are `taken` (in order); those found once are found wherever they stand."""
    starts, found = [start for start, _ in taken], dict[tuple[int, int], float]()
    for rule, score in RULES:
        for match in rule.finditer(text):
            if fold(match["all"].strip(".")) not in cues.ACRONYMS:
                found.setdefault(match.span("all"), score)
    for match in ALONE.finditer(text):
        before = BEFORE.search(text, max(0, match.start() - 26), match.start())
        role = fold(before[0].rstrip(". ")) if before else ""
        if role in cues.PEOPLE | {"hr", "fru"} and fold(match["all"].strip(".")) not in cues.ACRONYMS:
            found.setdefault(match.span("all"), 0.5)
    for match in LISTED.finditer(text):
        for one in re.finditer(r"[A-ZÆØÅ.]{2,8}", match["list"]):
            if fold(one[0].strip(".")) not in cues.ACRONYMS:
                found.setdefault((match.start("list") + one.start(), match.start("list") + one.end()), 0.55)
    again = {text[start:end] for start, end in found if end - start > 1 and text[start:end].isupper()}
    for match in AGAIN.finditer(text) if again else ():
        if match[0] in again:
            found.setdefault(match.span(), 0.5)
    for (start, end), score in sorted(found.items()):
        place = bisect_right(starts, start) - 1
        if place < 0 or taken[place][1] <= start:
            yield Finding("NAME", start, end, score, "name.initials")
