"""Finds addresses: a road and a house number, with letter, floor, door, post code and town as one place.

A road is a word that ends as roads do, or one that a post code or a cue ("bor på") shows to be a road. A road without a
number is nobody's address. It does not know the policy, nor which roads exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard.finding import Finding
from sandbox.guard.tokens import LETTERS
from sandbox.guard.wordlists import Known, fold, lexicon, word_set

KIND = "ADDRESS"
REACH = 64  # characters before a number in which its road is sought
LETTER = f"[{LETTERS}]"
ONES = "en|et|to|tre|fire|fem|seks|syv|otte|ni"
SPOKEN = (
    rf"(?:(?:{ONES})og(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems)|tyve|tredive|"
    rf"fyrre|halvtreds|tres|halvfjerds"
    rf"|firs|halvfems|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|"
    rf"(?:(?:et)?hundrede(?:og(?:{ONES}))?)|{ONES})"
)
NUMBER = re.compile(
    rf"(?<=[ ,\n])(?:(?:nr\.?|nummer|no\.) ?)?(?:[0-9]{{1,3}}(?:-[0-9]{{1,3}})?(?: ?[A-HJ-Z]|[a-z]|"
    rf" [a-h])?|(?<=nummer )(?i:{SPOKEN})|(?<=(?:vej|ade|llé|lle|nge|ken|ven|"
    rf"den) )(?!e[nt] )(?i:{SPOKEN}))(?![\w§%])(?![.,:/-][0-9])"
)
SIDE = r"(?:t\.?[vh]|m\.?f|til (?:venstre|højre)|midtfor)(?![a-zæøå])\.?"
DOOR = (
    rf"(?:{SIDE}|(?:dør|lejl(?:ighed)?|værelse|vær|bolig|lej)\.? ?(?:nr\.? ?)?[0-9]{{1,4}}(?!\w)|"
    rf"[0-9]{{1,3}}(?![\w.]| [A-ZÆØÅ]))"
)
FLOOR = (
    rf"(?:st(?:uen)?(?!\w)\.?|(?:kl|kld|kælder(?:en)?|mezz?)\.?(?=[ ,.]+{SIDE}|, ?[0-9]{{4}} )|"
    rf"[0-9]{{1,2}}\.? ?(?:sal(?!\w)\.?|(?={SIDE}))|[0-9]{{1,2}}\.(?![0-9]))"
)
INSIDE = re.compile(rf"(?i:[ ,]{{1,3}}(?:{FLOOR}(?:[ ,.]{{0,3}}{DOOR})?|{DOOR}))")
TOWN_WORD = rf"(?:[A-ZÆØÅ]{LETTER}{{1,25}}(?:-{LETTER}{{2,20}})?)"
TOWN = (
    rf"(?:(?:Kgs\.|Kongens|Nr\.|Sdr\.|St\.|Ll\.|Gl\.|Store|Lille|Nørre|Sønder|Øster|Vester|Ny|Høje|"
    rf"Sankt) ?)?{TOWN_WORD}(?: (?:NV|SV|[CFKMNØSVJ])(?!\w))?"
)
CODE = re.compile(
    rf"(?:[ ]?,[ ]?|[ ]|[ ]?,?\n[ \t]*|[ ]?[|;/][ ]?)(?:D[KE]?-|S-|DK )?(?P<code>[0-9]{{4,5}}|"
    rf"[0-9]{{3}} [0-9]{{2}}) +(?P<town>{TOWN}|"
    rf"[a-zæøå]{{2,20}}(?: [cfkmnøsv](?!\w))?)(?P<more>,? [A-ZÆØÅ][a-zæøå]{{3,}})?"
)
TOWN_ALONE = re.compile(rf"(?:, ?|,?\n *|,? i )(?P<town>{TOWN})")
CODE_ALONE = re.compile(r", ?(?:DK-)?[0-9]{4}(?![\w-])")
# Endings of roads. Those that are mostly roads count with a capital; the others need more.
SURE = re.compile(
    r"(?:..(?:vej|vejen|gade|gaden|stræde|strædet|alle|alleen|vænge|vænget|boulevard|boulevarden|"
    r"bulevard|esplanaden|promenaden|toften?|"
    r"parken|haven|lunden|krogen?|torvet?|pladsen|plads|stien|vangen|bakken|engen|marken|agre|"
    r"ageren?|løkken|brinken|dalen|"
    r"skellet|hegnet|leddet|kæret|sløjfen|svinget|buen|højen|kvarteret|terrasserne|terrassen|"
    r"skrænten|passagen|kajen|gangen|gyden?|"
    r"linien|linjen|ringen|slippen|stræder|hjørnet|kilen|kanten|grunden|sletten|mosen|pynten|gården|"
    r"husene|gatan|vägen|vægen|gata|veien|strasse|weg))$"
)
LIKELY = re.compile(
    r"(?:.{3}(?:park|have|lund|toft|bakke|høj|sti|gang|passage|kaj|bro|broen|brink|dal|eng|mark|skov|"
    r"skoven|kær|mosen?|hegn|skel|"
    r"led|ager|løkke|ring|sving|slette|sletten|sløjfe|hus|huse|huset|gård|gårde|vang|dam|dammen|sø|"
    r"søen|strand|stranden|vig|vigen|"
    r"næs|kyst|kysten|holm|holmen|odden?|høje|bjerg|bjerget|bæk|bækken|åsen|å|åen|port|porten|"
    r"terrasse|kilde|kilden|minde|lyst|ro|fryd|"
    r"hvile|kolonien|haveforening|banken?|banke|volden?|gærdet?|røddet?|hulen?|stub|stubben|dyssen?|"
    r"tofter|vænger|haver|kroge|bo))$"
)
# Words that end so and are no roads.
NO_ROAD = word_set(
    "vejen gaden pladsen torvet parken haven stien alle alleen stræde strædet gade vej plads torv "
    "park have marken bakken engen dalen skoven "
    "legeplads legepladsen arbejdsplads arbejdspladsen parkeringsplads parkeringspladsen p-plads "
    "praktikplads praktikpladsen plejehjemsplads "
    "byggeplads byggepladsen holdeplads genbrugsplads genbrugspladsen rasteplads losseplads "
    "boldbane børnehave børnehaven skovbørnehave dagplejen "
    "kolonihave kolonihaven baghave forhave forhaven frugthave køkkenhave skolehave motorvej "
    "motorvejen landevej landevejen hovedvej hovedvejen sidevej "
    "omvej udvej genvej adgangsvej tilkørselsvej privatvej fællesvej cykelsti cykelstien gangsti "
    "gangstien stisti indgang indgangen opgang "
    "opgangen udgang adgang overgang overgangen undergang fremgang tilgang afgang gangen omgang "
    "omgangen nedgang danmark denmark rådhus rådhuset "
    "sygehus sygehuset plejehjem klubhus klubhuset børnehus børnehuset familiehuset kulturhus "
    "kulturhuset varmehus fodgængerovergang "
    "anbefaling stilling motorring ordning uddannelsesplads afsnitslinjen linien linjen hotline "
    "kantlinjen sporvej rutevej vinkelvej hjemmebo bybo livsforløb "
    "elevgang tommelfingerring vielsesring boldgade bogade årgang årgangen udgave tilgave opgave "
    "dragsholm forhold indhold sommerhus sommerhuset rækkehus rækkehuset "
    "længerevejen familieparken trafikplads affaldsplads studieplads elevplads skoleplads sovesal "
    "samtalehaven oplevelsen mødested skolegården skolegård "
    "gården bondegården herregård ringen kajen kvarteret passagen hjørnet kanten buen krogen højen "
    "baggård medgang afgangen"
)
LEADERS = word_set(
    "gl gammel gamle ny nye nørre nordre nr sønder søndre sdr øster østre vester vestre lille ll "
    "store stor st sankt skt sct kong kongens "
    "høje dronning prins prinsesse gl-kongevej indre ydre øvre nedre neder over"
)
PLACES = word_set("ved på bag over under langs mellem bagved for i inden uden")
STREET = re.compile(
    rf"(?<![\w.,])[0-9]{{1,4}}[A-Da-d]? (?:[A-Z]{LETTER}{{1,20}} ){{1,3}}(?:Street|St|Road|Rd|Avenue|"
    rf"Ave|Lane|Drive|Close|Court|Square|Terrace|Crescent|Way)(?!\w)"
    rf"(?:, ?[A-Z]{LETTER}{{2,20}}(?: [A-Z]{{1,2}}[0-9][A-Z0-9 ]{{2,5}})?)?"
)
CUE = re.compile(
    r"(?i)(?<!\w)(?:bor(?: nu| alene| sammen| stadig| midlertidigt)?(?: i| på| ved)?|boende|"
    r"bopæl(?:en)?|bosat|(?:hjemme|post|folkeregister|privat|besøgs|ny |nye |"
    r"gamle )?adr(?:essen?)?\.?(?: er)?|flytte[rt]?(?: ind| hen)?(?: til| på| fra)?"
    r"|hjemmebesøg(?: på| hos)?|c/o[^\n,]{2,30},|ejendommen|lejemålet|lejligheden|boligen|huset|"
    r"lives at|address)[ :]{1,3}$"
)
NOT_AFTER = re.compile(
    r"(?i)[ -]?(?:gange?|år(?:ige)?|børn|dage?|uger?|måneder|personer|m|m2|m²|meter|km|kilometer|stk|"
    r"timer|min(?:utter)?|kr|procent|elever|biler|pladser|borgere|mio|etaper?|spor)(?!\w)|"
    r"\.? ?(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|"
    r"december)(?!\w)"
    r"|\.? ?(?:klasse|etape|behandling|udkast|udgave|punkt|kvartal)(?!\w)| ?(?:til|-|"
    r"og frem til) ?(?:nr\.? ?)?[0-9]{1,3}(?!\w)"
)
DATE = re.compile(r"(?i)[ ,]{1,3}[0-9]{1,2}\.? ?(?:januar|februar|marts|april|maj|juni|juli|august|sept|okt|nov|dec)")
STRETCH = re.compile(
    r"(?i)(?<!\w)(?:fra|mellem|matr(?:ikel)?(?:\.| |nr)*|rute|linje|bus|lokale|etape|parcel|grund|"
    r"delområde|lokalplan|km|stationering|§) *$"
)
BEFORE_CELL = re.compile(r"[,;|:\n\t] {0,2}$|^$")
AFTER_CELL = re.compile(r" {0,2}(?:[,;|\n\t]|$)")
WORDS = re.compile(rf"(?:(?:[A-ZÆØÅ]\.){{1,4}}|{LETTER}+\.?(?:-{LETTER}+)*)$")


def find(text: str) -> Iterator[Finding]:
    """Yield the addresses of a plain text."""
    end_of_last = 0
    for match in NUMBER.finditer(text):
        if match.start() < end_of_last:
            continue
        found = _address(text, match, end_of_last)
        if found:
            end_of_last = found.end
            yield found
    for match in STREET.finditer(text):
        yield Finding(KIND, match.start(), match.end(), 0.6, "address.road")


def _address(text: str, number: re.Match[str], least: int) -> Finding | None:
    """Return the address whose house number this is, or None."""
    low = max(least, number.start() - REACH)
    start, certainty = _road(text, low, number.start(), spoken=not re.search("[0-9]", number[0]))
    if start is None or STRETCH.search(text, max(0, number.start() - 12), number.start()):
        return None
    cue = CUE.search(text, max(0, start - 45), start)
    end, placed = _rest(text, number.end())
    if end == number.end() and NOT_AFTER.match(text, end):
        return None
    span = re.fullmatch(r"([0-9]+)-([0-9]+).*", number[0])
    if span and int(span[2]) - int(span[1]) > 8:
        return None
    if text[number.start() - 2 : number.start()] == ", " and text[end : end + 1] == ")":
        return None
    listed = BEFORE_CELL.search(text, max(0, start - 4), start) and AFTER_CELL.match(text, end)
    score = certainty + (0.2 if listed else 0) + (0.3 if placed else 0) + (0.2 if cue else 0)
    if score < 0.5:
        return None
    why = "address.place" if placed else "address.cue" if cue else "address.road"
    return Finding(KIND, start, end, round(min(score, 0.95), 2), why)


def _rest(text: str, end: int) -> tuple[int, bool]:
    """Return where floor, door, post code and town end, and whether there were any."""
    start = end
    inside = INSIDE.match(text, end)
    if inside and not DATE.match(text, end):
        end = inside.end()
    placed = end > start and bool(re.search(rf"(?i)st\b|sal|{SIDE}|dør|lejl", text[start:end]))
    if (code := CODE.match(text, end)) and _is_town(code["town"]):
        return code.end("town"), True
    if (town := TOWN_ALONE.match(text, end)) and _listed(town["town"]):
        return (town.end(), True) if " i " not in town[0] else (end, True)
    if code := CODE_ALONE.match(text, end):
        return code.end(), True
    if end > start and not placed:
        end = start
    return end, placed


def _is_town(town: str) -> bool:
    return town[0].isupper() or _listed(town)


def _listed(town: str) -> bool:
    """Say whether a town, or the first or last word of it, is in the list."""
    parts = re.split(r"[ .]+", town)
    return any(lexicon().get(fold(part), 0) & Known.TOWN.value for part in parts if len(part) > 1)


def _road(text: str, low: int, end: int, spoken: bool) -> tuple[int | None, float]:
    """Return where the road before a number begins and how much like a road it is; None when there is none."""
    before = _words_before(text, low, end)
    if not before:
        return None, 0.0
    start, word = before[0]
    key, capital = fold(word.rstrip(".")), word[0].isupper()
    certainty = _certainty(key, before)
    if not certainty and not (capital and len(word) > 2):
        return None, 0.0
    if not certainty and (lexicon().get(key, 0) & Known.COMMON.value or word.isupper()):
        return None, 0.0
    if not capital:
        certainty = _lower(key, before, certainty)
        if not certainty:
            return None, 0.0
    return _first_word(before, capital or key in NO_ROAD, certainty), certainty or 0.25


def _words_before(text: str, low: int, end: int) -> list[tuple[int, str]]:
    """Return up to five words that run up to a number, the nearest first, each with its place."""
    found: list[tuple[int, str]] = []
    place = end
    for _ in range(5):
        stop = place
        if found or text[place - 1 : place] in (" ", ","):
            while stop > low and text[stop - 1] in (" ," if not found else " "):
                stop -= 1
        if found and place - stop != 1:
            break
        match = WORDS.search(text, max(low, stop - 30), stop)
        if not match or (match.start() and text[match.start() - 1].isalnum()):
            break
        if found and match[0].endswith(".") and len(match[0]) > 4:
            break
        found.append((match.start(), match[0]))
        place = match.start()
    return found


def _is_bare(key: str) -> bool:
    """Say whether a word is an ending alone: Vænge, Allé, Plads."""
    return bool(SURE.search("xx" + key)) and not SURE.search(key)


def _certainty(key: str, before: list[tuple[int, str]]) -> float:
    """Return 0.6 for the ending of a road, 0.3 for one that may be, 0 for others; "Vænge" needs a word before."""
    if len(before) > 1 and fold(before[1][1]) in PLACES and before[0][1][0].isupper() and before[1][1][0].isupper():
        return 0.5
    if key in NO_ROAD or _is_bare(key):
        beside = before[1][1] if len(before) > 1 else ""
        bare = _is_bare(key)
        named = beside[:1].isupper() or (beside.rstrip(".").endswith("s") and len(beside) > 4)
        return 0.6 if bare and named and not lexicon().get(fold(beside), 0) & Known.COMMON.value else 0.0
    if SURE.search(key):
        return 0.6
    return 0.3 if LIKELY.search(key) else 0.0


def _lower(key: str, before: list[tuple[int, str]], certainty: float) -> float:
    """Return how much a road in lower case is one: the word must end as roads do, and be no usual word."""
    if len(before) > 1 and fold(before[1][1]) in PLACES and before[1][1][0].isupper():
        return 0.5
    return certainty if certainty >= 0.6 and not lexicon().get(key, 0) & Known.COMMON.value else 0.0


def _first_word(before: list[tuple[int, str]], capital: bool, certainty: float) -> int:
    """Return where a road of several words begins: "Gl. Teglværksvej", "Ved Skellet", "mosekonens vænge"."""
    start = before[0][0]
    bare = _is_bare(fold(before[0][1]))
    for place, (where, word) in enumerate(before[1:4], 1):
        key = fold(word.rstrip("."))
        if key in LEADERS or (len(word.rstrip(".")) < 3 and word.endswith(".")):
            start = where
        elif key in PLACES:
            if word[0].isupper() and place == 1 and certainty != 0.25:
                start = where
            break
        elif (
            place <= 2
            and not lexicon().get(key, 0) & Known.COMMON.value
            and _is_part(word, before[place - 1][1], bare, place)
        ):
            start = where
        else:
            break
    return start


def _is_part(word: str, after: str, bare: bool, place: int) -> bool:
    """Say whether a word belongs to the road after it: "H.C. Andersens Boulevard", "Buddinge Hovedgade"."""
    if bare and place == 1 or re.fullmatch(r"(?:[A-ZÆØÅ]\.)+", word):
        return True
    if not (word[0].isupper() and after[0].isupper()) or word.endswith("."):
        return False
    if bare:
        return after.endswith("s")
    known = lexicon().get(fold(word), 0)
    return place == 1 and (not known & Known.NAME.value or bool(known & Known.TOWN.value))
