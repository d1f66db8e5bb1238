"""Finds codes of doors, alarms and key boxes where the word for them stands farther off: in a sentence or a list.

"Nøglebokse: Skolevej 3: boks 1234", "koden til skuret: 1234", "boksen åbnes med 1234". What stands right beside its
word, and columns of tables, are found by password.py. It does not know the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard.plain import lower

Place = tuple[int, int, float, str]
"""Start, end, score, and why (a key of the catalogue `guard`)."""

WHY = "secret.code"
LIST_REACH = 600  # characters after the heading of a list
VALUE = r"(?P<value>[0-9]{4,8})(?![0-9A-Za-z]|[.,:/\-][0-9]|\s?(?:kr|%|stk|tegn|cifre|gange))"
OF = (
    r"(?:pin|alarm|dør|port|adgangs|(?:nøgle)?boks|nøgleskabs|lås|bom|hoved|hoveddørs|entré?|opgangs|nøgle"
    r"|tyverialarm|kælder)"
)
IS = r"(?:\s(?:er|is)(?:\s(?:nu|blevet|now|igen))?(?:\s(?:ændret|skiftet|sat|lavet om|changed|set)(?:\stil|\sto)?)?|:)"
# "Koden til kopimaskinen i stuen er 1234", "kode til skuret: 1234", "alarmkoden er ændret til 12345"
SAID = re.compile(
    rf"(?i)(?<![a-zæøå])(?:{OF}?-?koden|{OF}?-?koder?(?= (?:til|for|på)\b)|the (?:pin|alarm|door|gate|safe)?\s?code)"
    rf"(?!\s(?:til|for|på)\s(?:ydelse|konto|kontering|opgave|tid|fravær|moms|aktivitet|stilling|indsats|diagnose))"
    rf"\s?(?:[^\n.:;!?0-9]|[0-9]\. ){{0,45}}{IS}\s{VALUE}"
)
AGAIN = re.compile(rf"(?i)[^\n!?]{{0,40}}\b(?:er (?:den|det|koden)|it is|is it)\s{VALUE}")
# "Nøgleboksen ved bagdøren åbnes med 1234", "har nøgleboks på muren (1234)"
OPENED = re.compile(
    r"(?i)(?<![a-zæøå])(?:nøgle)?(?:boks|skab|lås|dør|port|alarm|bom|låge|pengeskab)[a-zæøå]*\b[^\n.!?0-9]{0,60}"
    r"(?:\((?:kode\w*:?\s)?|\b(?:åbnes?|låses? op|slås? (?:fra|til)|tændes|slukkes|aktiveres|deaktiveres)"
    rf"(?:[^\n.!?0-9]{{0,20}})?\s(?:med|på|ved)\s(?:koden?\s)?){VALUE}"
)
# "Døren til depotet: 1234*": a star or a hash is a key of a keypad.
KEYPAD = re.compile(
    r"(?i)(?<![a-zæøå])(?:[a-zæøå]{0,12})(?:boks|skab|lås|dør|port|alarm|bom|låge|door|gate"
    r"|keypad)[a-zæøå]*\b[^\n!?0-9]{0,50}"
    r"(?<![0-9])(?P<value>[0-9]{4,8}[*#])"
)
# "Nøglebokse til ruten:", "Koder pr. 1. juni:"; then "hoveddør 1234, depot 5678" or a line for each.
HEAD = re.compile(
    rf"(?i)(?<![a-zæøå]){OF}?-?(?:koder(?:ne)?|nøglebokse(?:ne)?|bokse(?:ne)?|key ?boxes|door codes)\b[^\n:]{{0,45}}:"
)
ITEM = re.compile(rf"(?:[^\W\d_]|[\])])[ :=\-|]{{1,3}}{VALUE}(?=\s*(?:[,;.|)\n]|$|og\b|and\b))")
# "boks 1234" where the text speaks of keys or codes
BOX = re.compile(rf"(?i)(?<![a-zæøå])(?:boks|box)\s?(?:nr\.?|kode)?\s?[:=]?\s?{VALUE}")
KEYS = re.compile(r"(?i)nøgle|\bkode|låge|låst|låse|key|\bcode|hjemmepleje|hjemmehjælp|nødkald")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
HINTS = [
    "kode",
    "boks",
    "box",
    "code",
    "nøgle",
    "lås",
    "alarm",
    "dør",
    "port",
    "bom",
    "låge",
    "skab",
    "pin",
    "door",
    "gate",
    "keypad",
]
KEYS_END = re.compile(r"[0-9][*#]")


def find(text: str) -> Iterator[Place]:
    """Yield the places of the codes in a plain text, some of them twice."""
    low = lower(text)
    if not any(hint in low for hint in HINTS):
        return
    for match in SAID.finditer(text):
        yield *match.span("value"), 0.7, WHY
        if again := AGAIN.match(text, match.end()):
            yield *again.span("value"), 0.6, WHY
    for match in OPENED.finditer(text):
        if not YEAR.fullmatch(match["value"]):
            yield *match.span("value"), 0.7, WHY
    for match in KEYPAD.finditer(text) if KEYS_END.search(text) else ():
        yield *match.span("value"), 0.7, WHY
    if KEYS.search(text):
        for match in BOX.finditer(text):
            yield *match.span("value"), 0.7, WHY
    yield from _listed(text)


def _listed(text: str) -> Iterator[Place]:
    """Yield the codes of lists that a heading announces; a blank line ends a list."""
    done = 0
    for head in HEAD.finditer(text):
        if head.start() < done:
            continue
        blank = text.find("\n\n", head.end(), head.end() + LIST_REACH)
        done = blank if blank > 0 else min(len(text), head.end() + LIST_REACH)
        for match in ITEM.finditer(text, head.end(), done):
            yield *match.span("value"), 0.7, WHY
