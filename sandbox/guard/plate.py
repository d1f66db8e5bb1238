"""Finds number plates: two letters and five digits (AB 12 345), in lower case where the text speaks of a car; others,
such as four digits or a foreign plate, where the text calls them plates.

A vehicle's number points to its owner. Personal plates of free text are not found: nothing tells them from words.
It does not know the policy, nor which vehicles are the municipality's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from sandbox.guard import label
from sandbox.guard.finding import Finding
from sandbox.guard.plain import lower

KIND = "PLATE"
NEAR = 35
SURE = 0.9
LISTED, LISTED_SCORE = 60, 0.6  # characters from one plate to the next in a list
REACH = 250  # characters around a plate in which a word for a vehicle counts
# I, O, Q and W are not used; https://da.wikipedia.org/wiki/Danske_nummerplader
WRITTEN = re.compile(
    r"(?<![0-9A-Za-zÆØÅæøå])(?<![0-9A-Za-z][._/\-])(?:DK[ -])?(?P<letters>(?i:[a-hj-npr-vxyz]{2}))"
    r"(?P<gap>[ .\-]?)(?P<number>[0-9]{2}(?P<inner>[ .\-]?)[0-9]{3})(?![0-9A-Za-zÆØÅæøå]|[._/\-][0-9A-Za-z])"
)
# A plate that the text calls one: four digits (trailers, mopeds), other countries, any signs between.
CALLED = re.compile(
    r"(?<![a-zæøå])(?:num?merplade[nr]?|pladen?|nr\.? ?plade[nr]?|(?:indreg|reg)(?:\.|istrerings)?[ -]?(?:nr|nummer)"
    r"|(?:number|licen[cs]e) ?plate|(?:bil|bilen|trailer|traileren|knallert|knallerten|scooter|påhængsvogn|campingvogn"
    r"|(?:svensk|norsk|finsk|tysk|polsk|litauisk|lettisk|rumænsk|bulgarsk|hollandsk|engelsk|fransk|udenlandsk|swedish"
    r"|german"
    r"|polish|foreign)\w? (?:\w{0,12}bil\w{0,2}|varevogn|lastbil|plader?|nummerplade\w?|car|van|truck|trailer"
    r"|plates?))(?![a-zæøå]))"
    r"(?:[.:,(=\"' -]{0,3}(?:nr|nummer|er|is|den|på|med|med nr|hedder|lyder)?[.:,(=\"' -]{1,3})"
)
SPELT = re.compile(
    r"(?:(?i:[a-hj-npr-vxyz] ?[a-hj-npr-vxyz])[ .\-]?(?:[0-9][ .\-]?){3,4}[0-9]"  # AB 1234, A B 1 2 3 4 5
    r"|[A-Z]{3}[ -]?[0-9]{2}[0-9A-Z]|[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2} ?[0-9]{1,4}|[A-Z]{2,3} ?[0-9]{4,5}"  # SE, DE, PL
    r"|[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[0-9A-Z]{1,3}-[0-9A-Z]{2,3}-[0-9A-Z]{1,3})(?![0-9A-Za-zÆØÅæøå]|[._/\-][0-9A-Za-z])"
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
    r"|forsikring|påkør|kollision|\b\w{0,8}dæk(?:skift|kene|ket|tryk)?\b|hjulskift|hjulet|serviceeftersyn|bilsyn"
    r"|omsyn|easypark|parkman"
    r"|paybyphone|apcoa|brobizz|broafgift|tankkort|ladekort|bilvask|vaskehal|pickup|\bsuv\b|varebil|vognmand|taxi"
    r"|indkørsel"
    r"|carport|sidespejl|bagklap|kofanger|forrude|bagrude|køreplan|kilometer|kørebog|stelnr|stelnummer|minibus|motorvej"
    r"|overhal|\bkøretur|\bkør\b|\bplader\b|spærrer|blokerer|vejhjælp|starthjælp|el-?bil"
    r"|\b(?:Toyota|Volvo|Skoda|Škoda|Ford|Opel|Peugeot|Citro[eë]n|Kia|Tesla|VW|Volkswagen|Audi|BMW|Mercedes|Renault"
    r"|Fiat|Mazda|Hyundai|Suzuki|Nissan|Seat|Dacia|Polestar|Honda|Mitsubishi|Subaru|Lexus|Jeep|Cupra|Scania|Iveco"
    r"|Golf|Polo|Passat"
    r"|Fabia|Octavia|Yaris|Aygo|Corolla|Clio|Berlingo|Transit|Caddy|Sprinter|Kangoo|Picanto)\b"
)
OTHER = re.compile(
    r"(?i)(?:\b(?:tegning|\w*plan|prøve|lokale|rum|værelse|model|type|serie\w*|serial|s/n|sn|maskine|pc|computer"
    r"|printer|udstyr|vare\w*"
    r"|varenr|art|artikel"
    r"|standard|norm|iso|ds|en|din|patent|konto|faktura\w*|ordre\w*|bilag|kursus|hold|version|del|reservedel|fejl"
    r"|kode|batch|lot"
    r"|brugernavn|bruger|user|login|ref|rejse|fly|flight|tog|asset|inventar\w*|id|cvr|se|moms|vat|ean|postnr|skab"
    r"|nøgle|kort)"
    r"(?:e?n|et)?(?:[\s.\-]{0,2}(?:nr|nummer|no|id))?(?:\s(?:er|hedder|is))?[\s.:#=\-]*)$"
)
NOUN = re.compile(
    r"(?i)(?<![a-zæøå])(?!(?:i|med|af|på|er|den|det|for|fra|til|og|eller|ejer|the|of|with|and|is|owns|kan|har|hvis"
    r"|når|om|ved|mod|bag|foran|ejes|via|skal|må|vil|stod|står|også|at|men|så|nu|kun|fjerne?|hente?|flytte?"
    r"|tjekk?e?|se|undersøge?|kontroller|check|remove)\s)[a-zæøå]+\s$"
)
CODES = re.compile(r"DS|EN|DN|PN|NR|KR|TL|DK|EU|CE|PC|ID|KL|SE|CV|PR|CA|ML|KG|MM|CM|KM|ST|HK|SN|CN|GK|KB|MB|GB|TB")
# Units and abbreviations before a number: "km 45 678", "DK 45 000", "UN 12 345".
UNITS = re.compile("km|kr|kl|kg|nr|dk|ca|nb|un|tl|pr|eu", re.IGNORECASE)
CAR_BEFORE = re.compile(r"(?i)(?:bil|vogn|køretøj|plade)\w{0,3}[ ,:(]{1,3}\Z")
STANDARDS = re.compile("DS|EN|CE|DN|PN")
WORDS = re.compile(r"de|du|en|er|et|af|at|mh|må|nu|på|ca|kl|nr|kr|st|vi|se|da|tv|th|km|kg|cm|mm|dk|af|an|ad|gl")


def find(text: str) -> Iterator[Finding]:
    """Yield the number plates of a plain text."""
    called = _called(text)
    yield from (Finding(KIND, start, end, SURE, "plate.vehicle") for start, end in called.items())
    matches = [match for match in WRITTEN.finditer(text) if match.start() not in called]
    vehicles = [word.start() for word in VEHICLE.finditer(text)] if matches else []
    last = -LISTED
    for match in matches:
        score = _score(text, match, vehicles) or (LISTED_SCORE if _goes_on(text, last, match) else 0.0)
        if score:
            last = match.end()
            yield Finding(KIND, match.start(), match.end(), score, "plate.vehicle" if score > 0.6 else "plate.form")


def _called(text: str) -> dict[int, int]:
    """Return where plates that the text calls so begin and end."""
    matches = (SPELT.match(text, word.end()) for word in CALLED.finditer(lower(text)))
    return {match.start(): match.end() for match in matches if match and not UNITS.fullmatch(match[0][:2])}


def _score(text: str, match: re.Match[str], vehicles: list[int]) -> float:
    if match["gap"] == "" and match["inner"] not in ("", " "):
        return 0.0
    start, end = match.span()
    before = text[max(0, start - NEAR) : start]
    unit = match["gap"] == " " and UNITS.fullmatch(match["letters"]) and not CAR_BEFORE.search(before)
    if unit or OTHER.search(before):
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
