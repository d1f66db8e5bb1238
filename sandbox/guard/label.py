"""Says what kind of number a text itself says that a number is: "fakturanr.", "ring på", "Konto:", a column's heading.

One vocabulary for all recognisers, so that what one of them takes as its own the others leave alone.
It does not know what the numbers look like, nor the policy.
"""

from __future__ import annotations

import re

from sandbox.guard.wordlists import Known, fold, lexicon

CPR, PHONE, CALL, BANK, CASE, OTHER, NONE = "cpr", "phone", "call", "bank", "case", "other", ""
REACH = 80  # characters before a number in which its label must stand
TABLE_REACH = 4000  # characters before a number in which its table must begin
MOST_FILLERS = 5
LONGEST_HEADING = 30

STEMS = re.compile(
    r"""(?P<cpr>e?cpr\w*|person|personn\w*|civilregist\w*)
    |(?P<phone>tlf|tel|telf|telefon\w*|mobil|mobilt?e?l?e?f?o?n?|mob|phones?|cell|cellphone|mobile|fax|telefax|sms|whatsapp
      |(?:vagt|privat|arbejds|hjemme|udlands|nød|hotline|kontakt|døgn|akut|pårørende|omstilling)\w*)
    |(?P<call>ring\w*|kald|kaldes|opkald\w*|call|text|dir|direkte|træffes|fanges|nås)
    |(?P<bank>(?:nem|bank|løn|opsparings|giro|projekt|klasse|fælles|gave|forenings|børne|rejse|privat|ferie|klub|aktivitets)?konto(?:en|er|oplysninger)?|kto|reg|registrering|registrerings|iban|bank|accounts?)
    |(?P<case>sag|sags|sagen|sagens|sagsakt\w*|[a-zæøå]+sag|journal|journals|jour|j|case|esdh|ref\.?sag|akt)
    |(?P<other>p|se|pnr|ean|gln|gtin|upc|rma|cvr|vat|moms|kle|bfe|bbr|fik|ocr|kid|isbn|issn|imei|uuid|ip|id|sku|lot|url|port|version\w*
      |faktura\w*|invoices?|kreditnota\w*|rykker\w*|ordre\w*|orders?|bestilling\w*|rekv|rekvisition\w*|følgesed\w*
      |booking\w*|reservations?\w*|bilag\w*|kvittering\w*|receipts?|vouchers?|kundes?|customer|debitor\w*|kreditor\w*|terminal\w*|anlæg\w*|container\w*|medlem|medlems|member
      |lån|lånerkort|løbe|serie\w*|serial|track\w*|pakke\w*|forsendelse\w*|ticket\w*|billet\w*|projekt\w*|projects?
      |kontrakt\w*|contracts?|aftale|police|policy|måler|målers?|vandmåler|elmåler|installation\w*|abonnement\w*|abo
      |matrikel\w*|matr|ejendom\w*|produktionsenhed\w*|leverandør|ref|reference\w*|vare|varer|item|items|artikel\w*|art
      |parti|model\w*|type|transaktion\w*|betaling\w*|afgift\w*|licens\w*|tilbud\w*|udbud\w*|skade\w*|inventar\w*
      |saldo|beløb\w*|sum|følgebrev\w*|vægt|timestamp|build|commit|kursus|delegation|bestillings|stregkode|barcode|kontering\w*|art(?:s)?konto\w*
      |kontoplan\w*|kontostreng\w*|omkostningssted\w*|psp\w*|kampagne\w*|chassis\w*|stel|løbenr
      |linjer?|zoner?|timer|uge|uger|ugerne|side|sider|sidetal|bus|busser|ruter?|klasser?|lokaler?|rum|kapitel|punkt\w*
      |størrelser?|koordinat\w*|årgange?|årene|trin|løntrin|postnumre|elever|børn|borgere|antal|point|\w*score|(?:an|lotto|sats|nøgle|i)?tal|lottotal)""",
    re.VERBOSE,
)
NUMBERED = re.compile(
    r"(?P<stem>[a-zæøåé\-]*?)-?(?P<ending>numre(?:ne|s)?|nummer(?:et|s)?|numrene|numbers?|nrs?|no|num|id|ids?|koden?"
    r"|code)"
)
FILLERS = re.compile(
    r"nr|no|nummer|nummeret|numre|numrene|number|numbers|num|er|is|are|på|on|lyder|hedder|hed|med|og|and|eller"
    r"|or|samt|den|det|the|dk|har|fået|fik|min|mit|din|dit|vores|jeres|hendes|hans|ny|nyt|nye|new|gammel|gamle"
    r"|gl|følgende|under"
)
NUMBER_WORDS = re.compile(r"nr|no|nummer|nummeret|numre|numrene|number|numbers|num")
# Before "nr." these say whose number it is, or which, and not what kind of number.
WHOSE = re.compile(
    r"mor|far|søn|datter|kone|mand|mand|bror|søster|borger(?:en)?|læge(?:n)?|nabo(?:en)?|leder(?:en)?|chef(?:en)?"
    r"|kollega|vikar(?:en)?"
    r"|hemmelig\w*|udenlandsk\w*|dansk\w*|svensk\w*|tysk\w*|dette|andet|rigtige|forkert\w*|samme|alternativ\w*|ekstra"
    r"|et|tast|skriv"
    r"|prøv|kontakt|brug|via|fra|til|for|at|bare|også|kun|så|her|der|nyt?|nye|anden|andre|this|that|his|her|same"
    r"|correct|wrong|use|try"
)
# These are labels only beside a word for number: "p-nr.", "kundenr."; "ring til min bank" and "denne person" are none.
NUMBER_ONLY = frozenset(
    ("p", "j", "se", "person", "bank", "kunde", "customer", "medlem", "member", "akt", "art", "type", "registrering")
)
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[0-9]+(?:[ ./\-][0-9]+)*|[^\w\s]|_|\n")
AFTER = re.compile(
    r"\s?(?:\(|(?:er|is|som|=)\s)\s?(?:(?:vores|jeres|mit|min|hans|hendes|en|et|the|our"
    r"|my)\s)?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)"
)
LETTER = re.compile(r"[^\W\d_]")
SEPARATORS = "|;\t,"


def word_kind(word: str, beside_number: bool = False) -> str:
    """Return what kind of number one word announces, or NONE; `beside_number`: "nr." or the like stands by it."""
    low = word.casefold()
    if low in NUMBER_ONLY and not beside_number:
        return NONE
    numbered = NUMBERED.fullmatch(low)
    stem = numbered["stem"].strip("-") if numbered else low
    match = STEMS.fullmatch(stem) or STEMS.fullmatch(stem.rstrip("s"))
    if match:
        return match.lastgroup or NONE
    if "-" in low:
        parts = (word_kind(part, beside_number) for part in reversed(low.split("-")))
        return next((kind for kind in parts if kind), OTHER if numbered and stem else NONE)
    return OTHER if numbered and stem else NONE


def label(text: str, start: int, end: int) -> str:
    """Return what kind of number the words around a number say that it is, or NONE."""
    return _before(text, start, end) or _after(text, end) or word_kind_of_cell(heading(text, start))


def is_heading(text: str, start: int, kind: str) -> bool:
    """Say whether a place stands in a table's column whose heading announces a kind."""
    return word_kind_of_cell(heading(text, start)) == kind


def word_kind_of_cell(cell: str) -> str:
    """Return the kind that a table's heading announces, or NONE."""
    words = [match[0] for match in TOKEN.finditer(cell) if match[0][0].isalpha()]
    kinds = [word_kind(word, len(words) > 1) for word in words]
    return next((kind for kind in kinds if kind), NONE)


def _before(text: str, start: int, end: int) -> str:
    if not LETTER.search(text, max(0, start - REACH), start):
        return NONE
    tokens = TOKEN.findall(text[max(0, start - REACH) : start])
    digits = sum(character.isdigit() for character in text[start:end])
    fillers, lines, numbered, listed = 0, 0, False, False
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token == "\n":
            lines += 1
            if lines > 1:
                return NONE
        elif token[0].isdigit():
            # A list of numbers shares one label; anything else between a label and a number parts them.
            if sum(character.isdigit() for character in token) % max(1, digits):
                return NONE
        elif not token[0].isalpha():
            listed |= token == ":"
            if token in "!?":
                return NONE
        elif FILLERS.fullmatch(token.casefold()) and fillers < MOST_FILLERS:
            fillers += 1
            numbered = numbered or NUMBER_WORDS.fullmatch(token.casefold()) is not None
        else:
            kind = word_kind(token, numbered) or (_clause(tokens[:place]) if listed else NONE)
            return kind or (OTHER if _names_a_number(tokens, place) else NONE)
    return NONE


def _names_a_number(tokens: list[str], place: int) -> bool:
    """Say whether "nr." stands right behind a word that is no person: "Dok.nr.", "Brobizz nr.", not "Mors nr."."""
    word, behind = tokens[place].casefold(), [token for token in tokens[place + 1 : place + 3] if token != "."]
    if not behind or not NUMBER_WORDS.fullmatch(behind[0].casefold()):
        return False
    return not (word.endswith("s") or WHOSE.fullmatch(word) or lexicon().get(fold(word), 0) & Known.NAME.value)


def _clause(tokens: list[str]) -> str:
    """Return the nearest label in the clause that a colon ends, as in "P-numre hos tre leverandører: ..."."""
    for token in reversed(tokens):
        if token in (".", "\n", "!", "?", ":", ";") or token[0].isdigit():
            return NONE
        if token[0].isalpha() and (kind := word_kind(token)):
            return kind
    return NONE


def _after(text: str, end: int) -> str:
    match = AFTER.match(text, end)
    return word_kind(match["word"]) if match else NONE


def heading(text: str, start: int) -> str:
    """Return the heading of the column that a place stands in, or "" when it stands in no table with headings."""
    line_start = text.rfind("\n", max(0, start - TABLE_REACH), start) + 1
    if not line_start:
        return ""
    row = text[line_start:start]
    separator = next((sign for sign in SEPARATORS if sign in row or text[start : start + 40].find(sign) >= 0), None)
    if separator is None:
        return ""
    block_start = text.rfind("\n\n", max(0, start - TABLE_REACH), line_start)
    lines = text[max(block_start, start - TABLE_REACH, 0) : line_start].splitlines()
    whole = text[line_start : _line_end(text, start)]
    for line in lines:
        if line.count(separator) == whole.count(separator) and not re.search(r"[0-9]{3}", line):
            cell = line.split(separator)[row.count(separator)].strip()
            return cell if len(cell) <= LONGEST_HEADING else ""
    return ""


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start, start + TABLE_REACH)
    return min(len(text), start + TABLE_REACH) if end < 0 else end
