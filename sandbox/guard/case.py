"""Finds the numbers of cases and journals that a text ties to a person's case.

The form says that it is a case; whether it is a person's is said by its KLE group (27 is social services, 81 staff) and
by the words around it. The cases of tenders, plans and agendas are nobody's. It does not know the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard import label
from sandbox.guard.finding import Finding

KIND = "CASE"
REACH = 70
SENTENCE_REACH = 160
KLE = re.compile(
    r"(?<![0-9.\-])(?P<group>[0-9]{2})\.[0-9]{2}\.[0-9]{2}-[A-Z][0-9]{2}-[0-9]{1,6}-(?:20)?[0-9]{2}(?![0-9\-])"
)
# 2026-018442, 26/1234, 2026-31-4472, EMN-2026-04417, S2026-7719, SOC-26-00551, 2026-009321-4
NUMBER = re.compile(
    r"(?<![\w.,/\-])(?:(?P<code>[A-ZÆØÅ]{1,6})-?)?(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})"
    r"(?P<sign>[/\-])[0-9]{1,8}(?:-[0-9]{1,7}){0,2}(?![0-9A-Za-z]|[./\-,][0-9])"
)
PLAIN = re.compile(r"(?<![\w.,/\-])[0-9]{5,10}(?![0-9A-Za-z]|[./\-,][0-9])")
LABEL = re.compile(
    r"(?i)(?:(?<![a-zæøå])(?:[a-zæøå]*sag(?:en|er|ens|s)?|journal(?:en)?|jour|j|case|casen?|esdh|sbsys"
    r"|akt)(?:[\s.\-]{0,2}"
    r"(?:id|nummer|nummeret|numre|number|nr|no|ref))?|journaliser\w+|vedr(?:\.|ørende)?|acadre|getorganized|oprettet"
    r"|registreret|hjemvis\w+|genoptag\w+)"
    r"(?=[^a-zæøå])"
)
# What may stand between a label and its number: "Sagen har fået nummer", "sagen hos os hedder", 'sagsnr": "'.
GAP = re.compile(
    r"(?i)[\s.:#=()\"'|*\-]*(?:(?:(?:har|fået|med|nummer|nummeret|nr|number|no|er|is|hedder|under|hos|os|på|din"
    r"|vores|its|the|"
    r"som|i|klagen|notatet|brevet|den|det)\b|[0-9]{2,4}[/\-][0-9]+)[\s.:#=()\"',*\-]*){0,5}"
)
STRICT_LABEL = re.compile(r"(?i)(?:sag|journal|case|(?<![a-z])j|jour).{0,3}(?:nr|nummer|no|number|id)")
NOBODYS = re.compile(
    r"(?i)udbud|\btilbuds?(?:frist|give)|lokalplan|kommuneplan|\w+plan(?:en)?\b|dagsorden|\bpunkt\s?[0-9]"
    r"|økonomiudvalg|\budvalget\b"
    r"|byråd|kommunalbestyrelse|budget|høringsfrist|takst|leverandør|kontrakt|rammeaftale|indkøb|regulativ"
    r"|politik(?:ken)?\b"
    r"|strategi|\banlæg|tender|procurement|agenda|vedtægt|renovering|entreprise"
)
PERSON = re.compile(
    r"(?i)\bcpr|borger|ansøger|\bklage|klager|\bbarn|\bbørne|\belev|\bmor\b|\bfar\b|\bson\b|\bsøn|datter|forældre"
    r"|familie|\bdin\b|\bdit\b"
    r"|\bdu\b|\bhans\b|\bhendes\b|\bhan\b|\bhun\b|\bhe\b|\bshe\b|\bher\b|\bhis\b|medarbejder|personal|underretning"
    r"|partshøring|anmelder"
    r"|\bejer|lejer|patient|\bhr\.|\bfru\b|\b(?:[A-ZÆØÅ][a-zæøåéüö]+ ){1,2}[A-ZÆØÅ][a-zæøåéüö]+sen\b|afgørelse"
    r"|bevilling|anbring"
)
NAMES = re.compile(r"\b[A-ZÆØÅ][a-zæøåéüöç]+[ \-](?:[A-ZÆØÅ]\. ?)?[A-ZÆØÅ][a-zæøåéüöç]+")
PERSON_GROUPS = re.compile(r"15|16|17|22|23|26|27|28|29|32|41|55|56|81")
NOT_CASE = re.compile(
    r"(?i)(?:bilag|dok(?:ument)?|(?:print|udskrifts|kopi)?job|udskrift|annex|attachment|tegning|version|vare|tilbud)"
    r"(?:et|en|s)?[\s.\-]{0,2}(?:nr|nummer|no|id)?[\s.:#]{0,3}$"
)
EXAMPLE = re.compile(
    r"(?i)\beksempel\b(?! på en)|\bfor example\b|\bskrives (?:sådan|således|som)\b|\bformatet\b"
    r"|\bfx:|\be\.g\."
)
YEARS = re.compile(r"(?:19|20)[0-9]{2}[/\-](?:19|20)[0-9]{2}|[0-9]{2}[/\-][0-9]{1,2}")  # 2026-2029, 12/5: no case


def find(text: str) -> Iterator[Finding]:
    """Yield the case numbers of a plain text."""
    for match in KLE.finditer(text):
        if PERSON_GROUPS.fullmatch(match["group"]) or _is_persons(text, match, strict=True):
            yield Finding(KIND, match.start(), match.end(), 0.9, "case.kle")
    for match in NUMBER.finditer(text):
        score = _score(text, match)
        if score:
            yield Finding(KIND, match.start(), match.end(), score, "case.number")
    for match in PLAIN.finditer(text):
        before = text[max(0, match.start() - REACH) : match.start()]
        said = _label_before(before)
        if said and STRICT_LABEL.search(said) and _is_persons(text, match, strict=False):
            yield Finding(KIND, match.start(), match.end(), 0.7, "case.number")


def _score(text: str, match: re.Match[str]) -> float:
    before, after = text[max(0, match.start() - REACH) : match.start()], text[match.end() : match.end() + REACH]
    if YEARS.fullmatch(match[0]) or NOT_CASE.search(before):
        return 0.0
    if EXAMPLE.search(before.rpartition("\n")[2]) or EXAMPLE.search(after.partition("\n")[0]):
        return 0.0
    if _label_before(before) or label.is_heading(text, match.start(), label.CASE):
        return 0.8 if _is_persons(text, match, strict=False) else 0.0
    long = match["code"] and len(match[0]) - len(match["code"]) >= 8
    return 0.5 if long and _is_persons(text, match, strict=True) else 0.0


def _label_before(before: str) -> str:
    """Return the label that a number belongs to, or "" when there is none or something else stands between."""
    labels = list(LABEL.finditer(before))
    return labels[-1][0] if labels and GAP.fullmatch(before, labels[-1].end()) else ""


def _is_persons(text: str, match: re.Match[str], strict: bool) -> bool:
    """Say whether the words around tie a number to somebody; not `strict`: whether no plan or tender does."""
    before = text[max(0, match.start() - SENTENCE_REACH) : match.start()].rpartition("\n\n")[2]
    after = text[match.end() : match.end() + SENTENCE_REACH].partition("\n\n")[0]
    around = f"{before} {after}"
    if PERSON.search(around):
        return True
    if NOBODYS.search(around):
        return False
    return not strict or NAMES.search(around) is not None
