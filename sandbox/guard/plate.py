"""Finds Danish number plates: two letters and five digits (AB 12 345), in lower case where the text speaks of a car.

A vehicle's number points to its owner. Personal plates of free text are not found: nothing tells them from words.
It does not know the policy, nor which vehicles are the municipality's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from sandbox.guard import label
from sandbox.guard.finding import Finding

KIND = "PLATE"
NEAR = 35
LISTED, LISTED_SCORE = 60, 0.6  # characters from one plate to the next in a list
REACH = 250  # characters around a plate in which a word for a vehicle counts
# I, O, Q and W are not used; https://da.wikipedia.org/wiki/Danske_nummerplader
WRITTEN = re.compile(
    r"(?<![0-9A-Za-zÆØÅæøå])(?<![0-9A-Za-z][._/\-])(?:DK[ -])?(?P<letters>(?i:[a-hj-npr-vxyz]{2}))"
    r"(?P<gap>[ .\-]?)(?P<number>[0-9]{2}(?P<inner>[ .\-]?)[0-9]{3})(?![0-9A-Za-zÆØÅæøå]|[._/\-][0-9A-Za-z])"
)
VEHICLE = re.compile(
    r"(?i)nummerplade|\bplade(?:n|r|rne)?\b|\breg(?:\.|istrerings)?[\s\-]?(?:nr|nummer)|\w*bil(?:en|er|erne|ens"
    r"|s)?\b|køretøj|varevogn"
    r"|vogn(?:en|e)?\b|parker|\bp-(?:licens|plads|afgift|vagt|skive|tilladelse)|beboerlicens|motorcykel|\bmc\b"
    r"|knallert|scooter"
    r"|trailer|campingvogn|traktor|\bkørsel|\bkørt?e?r?\b|\bholder\b|\bbus(?:sen)?\b|taxa|lastbil|stationcar|\bkm\b"
    r"|\bvan\b"
    r"|\bcars?\b|vehicle|number ?plate|licen[cs]e plate|parking|\bejer\b|transport|chauffør|\bbøden?\b|\bafgift"
    r"|\bmotor|\btank|brændstof|leas|værksted|færdsel|hastighed|garage"
    r"|ladestander|\b\w{0,12}bus(?:sen|ser)?\b|\btruck|anhænger|autocamper|ambulance|\buheld|\bfører\b|\bskiltet?\b"
    r"|patrul|\bholdt\b|\bholdende|ulovligt|standset|standsning|bugser|kørekort|vejkant|fortov|skrot|afmeld|synet?\b"
    r"|forsikring|påkør|kollision"
    r"|\b(?:Toyota|Volvo|Skoda|Škoda|Ford|Opel|Peugeot|Citro[eë]n|Kia|Tesla|VW|Volkswagen|Audi|BMW|Mercedes|Renault"
    r"|Fiat|Mazda|Hyundai)\b"
)
OTHER = re.compile(
    r"(?i)(?:\b(?:tegning|\w*plan|prøve|lokale|rum|værelse|model|type|serie\w*|serial|s/n|sn|maskine|pc|computer"
    r"|printer|udstyr|vare\w*"
    r"|varenr|art|artikel"
    r"|standard|norm|iso|ds|en|din|patent|konto|faktura\w*|ordre\w*|bilag|kursus|hold|version|del|reservedel|fejl"
    r"|kode|batch|lot"
    r"|brugernavn|bruger|user|login|ref|rejse|fly|flight|tog|asset|inventar\w*|id|cvr|se|moms|vat|ean|postnr|skab"
    r"|nøgle|kort)"
    r"(?:[\s.\-]{0,2}(?:nr|nummer|no|id))?[\s.:#=\-]*)$"
)
NOUN = re.compile(
    r"(?i)(?<![a-zæøå])(?!(?:i|med|af|på|er|den|det|for|fra|til|og|eller|ejer|the|of|with|and|is|owns)\s)[a-zæøå]+\s$"
)
CODES = re.compile(r"DS|EN|DN|PN|NR|KR|TL|DK|EU|CE|PC|ID|KL|SE|CV|PR|CA|ML|KG|MM|CM|KM|ST|HK|SN|CN|GK|KB|MB|GB|TB")
STANDARDS = re.compile("DS|EN|CE|DN|PN")
WORDS = re.compile(r"de|du|en|er|et|af|at|mh|må|nu|på|ca|kl|nr|kr|st|vi|se|da|tv|th|km|kg|cm|mm|dk|af|an|ad|gl")


def find(text: str) -> Iterator[Finding]:
    """Yield the number plates of a plain text."""
    matches = list(WRITTEN.finditer(text))
    vehicles = [word.start() for word in VEHICLE.finditer(text)] if matches else []
    last = -LISTED
    for match in matches:
        score = _score(text, match, vehicles) or (LISTED_SCORE if _goes_on(text, last, match) else 0.0)
        if score:
            last = match.end()
            yield Finding(KIND, match.start(), match.end(), score, "plate.vehicle" if score > 0.6 else "plate.form")


def _score(text: str, match: re.Match[str], vehicles: list[int]) -> float:
    if match["gap"] == "" and match["inner"] not in ("", " "):
        return 0.0
    start, end = match.span()
    before = text[max(0, start - NEAR) : start]
    if OTHER.search(before):
        return 0.0
    if _between(vehicles, start - NEAR, start):
        return 0.9
    said = label.label(text, start, end)
    if said not in (label.NONE, label.CALL, label.CASE):
        return 0.0
    letters = match["letters"]
    about_vehicles = _between(vehicles, start - REACH, end + REACH)
    if not letters.isupper():
        return 0.7 if about_vehicles and letters.islower() and not WORDS.fullmatch(letters) else 0.0
    if about_vehicles:
        return 0.85 if not CODES.fullmatch(letters) else 0.0 if STANDARDS.fullmatch(letters) else 0.6
    # The official grouping, AB 12 345, is rarely anything else, unless a noun stands right before it.
    official = match["gap"] == match["inner"] == " " and not CODES.fullmatch(letters)
    return 0.5 if official and not NOUN.search(before) else 0.0


def _goes_on(text: str, last: int, match: re.Match[str]) -> bool:
    """Say whether a plate follows another in a list."""
    near = 0 < match.start() - last < LISTED and match["letters"].isupper() and not CODES.fullmatch(match["letters"])
    return near and not OTHER.search(text, max(0, match.start() - NEAR), match.start())


def _between(places: list[int], start: int, end: int) -> bool:
    """Say whether one of the sorted places lies from start to end."""
    return bisect_left(places, start) < bisect_left(places, end)
