"""The forms and words of addresses: house numbers, floors and doors, towns, endings of roads, and what is no road.

It does not know how they are put together (address.py).
"""

from __future__ import annotations

import re

from sandbox.guard.tokens import LETTERS
from sandbox.guard.wordlists import word_set

UNSURE = 0.25
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
    r"parken|haven|lunden|krogen?|torv(?:et)?|pladsen|plads|stien|vangen|bakken|engen|marken|agre|"
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
DEFINITE = re.compile(r"[a-zæøåéü]{4,}(?:et|en|erne|ene)$")
# What such a name is not: a room, a group, a stage.
NO_HOME = re.compile(r"(?i)(?<!\w)(?:lokale|rum|hold(?:et)?|gruppe|stue|stuen|klasse|etape|projekt|team|camp|i uge)\b")
DOORED = re.compile(rf"(?i)[ ,.]{{1,3}}(?:{FLOOR})[ ,.]{{0,3}}{SIDE}")
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
