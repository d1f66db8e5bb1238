"""Finds what a text calls a password, a key or a code: "adgangskoden er ...", "nøgleboks 1234", a column "password".

A place is the value alone; the word for it stays readable. Talk about passwords, placeholders and other codes (post
code, error code) are none. It does not know tokens by their form (secret.py), nor the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard import doorcode
from sandbox.guard.label import SEPARATORS
from sandbox.guard.plain import lower

Place = tuple[int, int, float, str]
"""Start, end, score, and why (a key of the catalogue `guard`)."""

# One of these stands in every text with such a value.
HINTS = [
    "pass",
    "pasor",
    "pwd",
    "pw",
    "psw",
    "pss",
    "kode",
    "løsen",
    "secret",
    "key",
    "nøgle",
    "token",
    "pin",
    "alarm",
    "code",
    "boks",
    "box",
    "login",
    "hemmelig",
    "adgang",
    "wifi",
    "wi-fi",
    "netværk",
    "puk",
    "ssh",
    "ftp",
    "salt",
    "tast",
    "session",
    "logge",
]
HINT = re.compile(r"log ?(?:ind|på)|\bp ?[:=]")
EDGE = r"(?:(?<![a-zæøå0-9])|(?-i:(?<=[a-z])(?=[A-Z])))"
PASSWORD = (
    r"pass(?:word|phrase|ord|wd|code)?|pwd|pw|p?ss?wd|passw[or]{1,2}d|pas+or[dt]|engangskode"
    r"|p(?:as)?ss?w(?:or)?d|pas+or[dt]|pssword|engangskode|adgangsfrase"
    r"|adgangs(?:kode[rn]?|koden|ord(?:et)?)|kodeord(?:et)?|løsen(?:et|ord|ordet)?"
)
KEY = (
    r"secret(?:[_\- ]?key)?|hemmelighed(?:en)?|(?:api|private|access|account|signing|license|encryption)[_\- ]?key"
    r"|(?<=[_\-])key"
    r"|api-?nøgle[rn]?|hemmelig nøgle|licensnøgle[n]?|[a-z]{0,10}token|session(?:_?id)?(?==)|passphrase|apikey|salt"
)
LINK = (
    r"(?:[\"']?[ \t]{0,3}(?::=|=>|[:=|]|->)\s{0,3}|\s{1,2}(?:(?:er|is|var|was|hedder|lyder|bliver|to|til|nu|now"
    r"|stadig|fortsat|sat|set"
    r"|skiftet|ændret|changed)\s{1,2}){1,4}:?\s{0,2}|\s{1,2})"
)
NAMED = re.compile(
    rf"(?i){EDGE}(?:(?P<password>{PASSWORD})|(?P<key>{KEY})|(?P<weak>(?:wi-?fi|net)?-?koden?|login))"
    rf"(?P<link>{LINK})(?P<quote>[\"'`«“]?)(?P<value>[^\s\"'`»”<>]{{3,200}})"
)
CODE = (
    r"pin(?:-?koden?)?|puk(?:-?koden?)?|koden?|(?:alarm|dør|port|adgangs|nøgleboks|nøgleskabs|boks|lås|låse|bom|print"
    r"|printer|skærm"
    r"|tænd|hoved|skabs?"
    r"|indgangs|kælder|opgangs|gate|door|safe|entre|entré|tele|sikkerheds|kort|mobil|wi-?fi|net)[ \-]?(?:koden?|code"
    r"|pin)"
    r"|(?:engangs|master|service|gæste|login|låge|garage|cykel|taste|start|opstarts|vagt|medicin)[ \-]?koden?|tast"
    r"|tastes"
    r"|(?:nøgle)?box(?:en)?|nøgleboks(?:en)?|nøgleskab(?:et)?|kodelås(?:en)?|alarm(?:en|koden?)?|pengeskab(?:et)?"
    r"|(?:key|lock) ?box|code"
)
FILLER = (
    r"[:=#(\"'\-]|(?:koden?|pin|nr|med|er|is|var|has|har|ved|på|til|for|nu|now|den|det|slås|slår|fra|tændes|slukkes"
    r"|tastes?|indtast|ny|nye"
    r"|hedder|lyder|bruges?|brug|use|the|to|with|at|of|hoveddøren|døren|porten|bommen|alarmen|printeren|lågen"
    r"|kælderen|skabet|boksen"
    r"|opgangen|[a-zæøå]{3,20}(?:pladsen|døren|porten|huset|rummet|skabet|hallen|gården|skolen|centret))\b"
)
# Other words stand between the word and the value: "koden til wifi er Hest4Bil", "koden er som sidst, Hest4Bil".
APART = re.compile(
    rf"(?i)(?<![a-zæøå0-9])(?:{PASSWORD}|(?:wi-?fi|net|gæste|service)?-?koden?|koder|wi-?fi|netværk(?:et)?|login"
    rf"|log ?ind|logger? (?:på|ind))"
    r"(?![a-zæøå])(?=[^\n]{0,120}[0-9!#$%&*+?^~])(?P<between>[^\n.!?]{1,60}?)(?:\s(?:er|is|blev|bliver|med|og|and"
    r"|with|hedder|lyder|til)|:|=|,|/| ?→| ?->)\s{1,2}"
    r"(?P<quote>[\"'`«“(]?)(?P<value>[^\s\"'`»”<>()]{6,60})"
)
# The value comes first: "brug Hest4Bil som adgangskode", "skriv Hest4Bil i feltet adgangskode", "Hest4Bil (password)".
FIRST = re.compile(
    rf"(?i)\s(?:(?:som|as|i feltet|i|er|is|-|in the)\s(?:(?:den|det|din|dit|ny|nye|nyt|the|your|new|our"
    rf"|vores)\s){{0,2}}|\()"
    rf"(?:{PASSWORD})(?![a-zæøå])"
)
VALUE_BEFORE = re.compile(r"(?<!\S)[\"'`«“(]?(?P<value>[^\s\"'`»”<>()]{6,60})[\"'`»”)]?\Z")
# "u: skole01 p: Hest4Bil"
SHORT_NAMES = re.compile(
    r"(?i)(?<![a-zæøå])(?:u|user|usr|bruger|b|bn|login)\s?[:=]\s?\S{2,40}[\s,;/]{1,3}(?:p|pw|pwd|pass|k|kode"
    r"|c)\s?[:=]\s?(?P<value>\S{6,60})"
)
SHELL = re.compile(
    r"(?i)(?:ssh|sftp|scp|ftp|rdp|smb|log(?:ge)?r? ?(?:ind|på|in))\s(?:ind\s|på\s|med\s|with\s|as\s"
    r"|som\s){0,2}\S{0,30}@\S{1,60}?"
    r"(?:\s(?:og|and|med|/|with)\s|\s?[(/,]\s?)(?P<value>[^\s()]{6,60})"
)
QUOTED = re.compile(
    rf"(?i)(?<![a-zæøå0-9])(?:{PASSWORD})(?:\s(?:er|is))?\s?[:=]?\s?[\"“«](?P<value>[^\"”»\n]{{6,60}})[\"”»]"
)
DIGITS = re.compile(
    rf"(?i)(?<![a-zæøå0-9_\-])(?<!fejl )(?:{CODE})(?P<between>\s{{0,2}}(?:(?:{FILLER})\s{{0,2}}){{0,7}})"
    r"(?P<value>[#*]?(?:[0-9]{4,8}|[0-9](?:-[0-9]){3,7}|[A-D][0-9]{3,6}(?<=[0-9]{3}))[#*]?)(?![0-9A-Za-z]"
    r"|[.,:/\-][0-9]|\s?(?:kr|%|stk|tegn|cifre|gange))"
)
UNIT = re.compile(
    r"(?i)[0-9.,]+(?:-?[a-zæøå.%/]+)|[a-zæøå]{2,12}[-/][0-9]{1,4}|[\w.-]+\.[a-z]{2,4}|(?:version|v|sha|md)[0-9.]+"
    r"|[a-z]+-?[0-9]+-?[a-z]*[.:][0-9]+|covid-?19|word2016|\w*(?:word|excel|office|windows|outlook|teams"
    r"|python)-?[0-9]+\S*|office365|windows[0-9]+|microsoft365|python[0-9.]+"
)
LONGEST = 64  # characters of a value with what is around it
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
CALL = re.compile(r"[\w.]+\(.*|[A-ZÆØÅ]+(?:_[A-ZÆØÅ]+)*|[a-zæøå]+(?:_[a-zæøå]+)*")  # in a program: a call or a name
PLACEHOLDER = re.compile(
    r"(?i)[*x.•·…_\-#?]{3,}|[<\[{(%$].*|.{0,40}(?:indsæt|insert|your|din[_\-]|dit[_\-]|placeholder|changeme"
    r"|change_me|example|eksempel|dummy"
    r"|redacted|skjult|\*{3}|xxxx|…).*|none|null|true|false|undefined|(?:os|process|env|config|settings|self)\..*"
    r"|getenv.*|pass(?:word)?"
    r"|pwd?|kode(?:ord)?|adgangskode|secret|token|https?:.*|(?:in)?valid|expired"
)
HEX_OR_BASE = re.compile(r"(?=[A-Za-z+/_\-]{0,60}[0-9])[A-Za-z0-9+/_\-]{20,200}={0,2}")
HEADING = re.compile(
    r"(?i)(?:(?:(?:adgangs|dør|alarm|port|pin|nøgle|nøgleboks|boks|lås|hoved|opgangs|skabs)[ \-]?)?kode(?:ord|r|n)?"
    r"(?: (?:til|for|på) [a-zæøå ]{2,20})?|(?P<box>(?:nøgle)?(?:boks|skab)(?:snr|nr)?\.?)"
    r"|(?:door|gate|alarm|lock)[ \-]?code|key[ \-]?box|pass(?:word|ord)?|pin(?:-?kode)?|pw|secret|token|api[ _\-]?key"
    r"|løsen)"
)
HOMES = re.compile(r"(?i)adresse|vej|borger|navn|rute|kunde|sted|nøgle|beboer|address|name")
TALK = re.compile(r"(?i)\b(?:passwords?|adgangskode\w*|kodeord\w*|login|logger?|loginoplysninger|brugernavn\w*)\b")
TALK_REACH = 90
CHOSEN = r"[^\s,;|\"'<>()/]"
LOOKS_CHOSEN = re.compile(
    rf"(?<![\w.@/:\-])(?![=:])(?={CHOSEN}{{0,30}}[0-9])(?={CHOSEN}{{0,30}}[^\W\d_])(?={CHOSEN}{{0,30}}[!#$%&?*+])"
    rf"{CHOSEN}{{7,40}}"
)


def find(text: str) -> Iterator[Place]:
    """Yield the places of values that the words of a plain text call a password, a key or a code."""
    yield from doorcode.find(text)
    low = lower(text)
    if not (any(hint in low for hint in HINTS) or HINT.search(low)):
        return
    for match in NAMED.finditer(text):
        yield from _named(text, match)
    for pattern, score in ((APART, 0.6), (SHORT_NAMES, 0.8), (SHELL, 0.7)):
        for match in pattern.finditer(text):
            yield from _apart(match, score)
    for word in FIRST.finditer(text):
        if before := VALUE_BEFORE.search(text, max(0, word.start() - LONGEST), word.start()):
            yield from _apart(before, 0.6)
    for match in QUOTED.finditer(text):
        if not is_placeholder(match["value"]) and " " in match["value"].strip():
            yield *match.span("value"), 0.6, "secret.password"
    for match in DIGITS.finditer(text):
        if not (YEAR.fullmatch(match["value"]) and re.search(r"(?i)\bfra\b|^\s*$", match["between"])):
            yield match.start("value"), match.end("value"), 0.8, "secret.code"
    yield from _columns(text)
    for talk in TALK.finditer(text):
        for match in LOOKS_CHOSEN.finditer(text, talk.end(), talk.end() + TALK_REACH):
            end = match.start() + len(match[0].rstrip(".,;:"))
            if not is_placeholder(text[match.start() : end]):
                yield match.start(), end, 0.6, "secret.password"


def is_placeholder(value: str) -> bool:
    """Say whether a value only holds the place of a secret: stars, <your key>, a variable."""
    return PLACEHOLDER.fullmatch(value) is not None


def _named(text: str, match: re.Match[str]) -> Iterator[Place]:
    value = match["value"].partition(";")[0].rstrip(".,:)]}")
    assigned = re.search(r"[:=|>]", match["link"]) is not None or bool(match["quote"])
    if match["weak"] and "\n" in match["link"]:
        return
    if len(value) < 3 or is_placeholder(value) or "://" in value or (CALL.fullmatch(value) and not match["password"]):
        return
    place = match.start("value"), match.start("value") + len(value)
    if _mixed(value) or HEX_OR_BASE.fullmatch(value):
        yield *place, 0.9 if assigned else 0.75, "secret.password" if not match["key"] else "secret.token"
    elif match["password"] and assigned and (value.isdigit() and len(value) >= 4 or _alone(text, match, value)):
        yield *place, 0.6, "secret.password"


def _apart(match: re.Match[str], score: float) -> Iterator[Place]:
    """Yield the value of a form where other words stand between: it must look chosen, as no date does."""
    start = match.start("value")
    value = match["value"].partition(";")[0].rstrip(".,:)]}")
    if _is_chosen(value) and not is_placeholder(value) and "://" not in value and "@" not in value:
        yield start, start + len(value), score, "secret.password"


def _is_chosen(value: str) -> bool:
    """Say whether a value looks like a chosen password: a word with digits or signs in it, "Hest4Bil", "Fjord88"."""
    letters = sum(character.isalpha() for character in value)
    figures = sum(character.isdigit() for character in value)
    signs = any(character in "!#$%&*+?=^~" for character in value[:-1]) or value[-1:] in "!#$*"
    if letters < 3 or not (figures or signs) or UNIT.fullmatch(value) or not _mixed(value):
        return False
    return letters >= 4 or any(character.islower() for character in value)


def _mixed(value: str) -> bool:
    """Say whether a value is built as people build passwords: letters with digits or signs, at least six."""
    letters, figures = any(c.isalpha() for c in value), any(c.isdigit() for c in value)
    signs = any(c in "!#$%&@*+?=^~" for c in value.rstrip("?!"))
    return len(value) >= 6 and letters and (figures or signs) and not value.startswith("/") and "(" not in value


def _alone(text: str, match: re.Match[str], value: str) -> bool:
    """Say whether a plain word after "password:" ends its line: then it is the password, else the sentence goes on."""
    rest = text[match.start("value") + len(value) : match.start("value") + len(value) + 3]
    return len(value) >= 4 and "\n" not in match["link"] and re.match(r"[\"'`»”.,;]*(?:\n|$)", rest) is not None


def _is_heading(cell: str, line: str) -> bool:
    """Say whether a heading is that of codes; "Boks" alone is only beside a column of homes, people or keys."""
    match = HEADING.fullmatch(cell)
    return match is not None and (not match["box"] or "nøgle" in cell.lower() or HOMES.search(line) is not None)


def _columns(text: str) -> Iterator[Place]:
    """Yield the cells under a heading that says password, code or the like."""
    place, heads = 0, (-1, "", 0)
    for line in text.splitlines(keepends=True):
        separator = next((sign for sign in SEPARATORS if sign in line), "")
        cells = line.split(separator) if separator and len(line) < 2000 else []
        at = next((number for number, cell in enumerate(cells) if _is_heading(cell.strip(), line)), -1)
        if at >= 0:
            heads = at, separator, len(cells)
        elif cells and heads[1:] == (separator, len(cells)):
            cell = cells[heads[0]]
            value = cell.strip()
            if len(value) >= 4 and not is_placeholder(value) and (_mixed(value) or value.isdigit()):
                start = place + sum(len(other) + 1 for other in cells[: heads[0]]) + cell.index(value)
                yield start, start + len(value), 0.8, "secret.password"
        elif not line.strip():
            heads = (-1, "", 0)
        place += len(line)
