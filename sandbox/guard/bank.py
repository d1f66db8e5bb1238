"""Finds bank accounts: a Danish registration number with its account, and IBANs of all countries.

An IBAN counts when its check digits do (ISO 13616, by `python-stdnum`), or when the text calls it one. A Danish account
has no check that all banks use, so its form and the words around it decide. It does not know the policy, nor the
municipality's own accounts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from stdnum import iban

from sandbox.guard import label
from sandbox.guard.finding import Finding

KIND = "BANK"
LEAST = 0.3
REACH = 150
UNSURE = 0.1
LISTED = 110  # characters from one account to the next in a list
IBAN = re.compile(r"(?i)(?<![0-9a-z])[a-z]{2}[0-9]{2}(?:[ \-]?[a-z0-9]{4}){2,7}(?:[ \-]?[a-z0-9]{1,3})?(?![0-9a-z])")
GROUP_END = re.compile(r"(?=[ \-])|$")
MOST_GROUPS = 9
ACCOUNT_WORD = r"(?:(?:bank)?konto|kto|account)(?:[ .\-]{0,2}(?:nummer|number|nr|no))?"
DANISH = re.compile(
    rf"""(?i)(?<![0-9a-z])(?<![0-9][.,/\-])(?<![+<])
    (?P<branch>[0-9]{{4}})
    (?P<gap>[ \t]?[\-/.|:;,]?[ \t]{{0,3}}
      |[ \t]{{0,2}}[,;:./|\-]?\s{{0,3}}(?:(?:og|and|samt)\s)?{ACCOUNT_WORD}[ \t]?[.:=|\-]{{0,2}}\s{{0,3}})
    (?P<account>[0-9]{{6,10}}|[0-9]{{2,4}}(?:[ .\-][0-9]{{2,4}}){{1,4}})
    (?![0-9a-z])(?![,.\-/][0-9])""",
    re.VERBOSE,
)
TIED = re.compile(
    r"(?i)\b(?:nem|løn|bank|giro|projekt|klasse|fælles|gave|forenings|børne|rejse|privat|ferie|klub)?(?:konto(?:en|nr"
    r"|nummer|nummeret|numre|oplysninger)?|kto)\b|\breg(?:\.|istrerings"
    r"|nr)|\biban\b"
    r"|\b(?:over|ud)?(?:før|betal)\w*\s[^\n]{0,40}\b(?:til|på|fra)\b|\bpenge\w*\s[^\n]{0,30}\b(?:til|på|ind)\b"
    r"|\bindsæt\w*\b"
    r"|\bindbetal\w*|\budbetal\w*|\boverfør\w*|\brefunder\w*|\btilbagebetal\w*|\btransfer\b|\bpengene\b|\bbeløbet\b"
    r"|\bdepositum|\brefusion|\bhonorar|\budlæg|\bkontohaver"
    r"|\bindsaml|\bgave(?:n|r|kasse\w*)?\b|\bgår? ind på|\bsend\b[^\n]{0,30}\bpå\b|\bkontingent|\bopsparing"
    r"|\bsparekasse|\bnetbank|\btilskud|\bbetales\b|\btilgode|\bbank\w*"
)
SENT = re.compile(r"(?i)\b(?:udbetal|overfør|indsæt|refunder|tilbagebetal|nemkonto|pengene|transfer)")
LEDGER = re.compile(
    r"(?i)\bart(?:s)?konto|\bkonto(?:plan|streng|gruppe|art|en i)|\bkontering|\bbudget|\bomplacer|\bfunktion\s[0-9]"
    r"|\bbogfør|\bposter(?:es|ing)\b|\bpsp\b|\bomkostningssted"
    r"|\bfinanskonto|\bdrift(?:s)?konto|\bdebet|\bkredit(?:eres|konto)|\bmoms|\bsted\s[0-9]|\bdelregnskab|\bledger"
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def find(text: str) -> Iterator[Finding]:
    """Yield the bank accounts of a plain text."""
    ibans = [finding for match in IBAN.finditer(text) for finding in _iban(text, match)]
    yield from ibans
    written: list[Finding] = []
    for match in DANISH.finditer(text):
        before = bisect_right(ibans, match.start(), key=lambda finding: finding.start)
        if before and match.start() < ibans[before - 1].end:
            continue
        score, why = _score(text, match)
        if score:
            written.append(Finding(KIND, match.start(), match.end(), score, why))
    yield from _confirmed(written)


def _confirmed(written: list[Finding]) -> Iterator[Finding]:
    """Yield those that are sure enough, and those that only look like accounts but stand in a list with a sure one."""
    for place, finding in enumerate(written):
        beside = [other for other in written[max(0, place - 1) : place + 2] if other.score > finding.score]
        near = any(abs(other.start - finding.start) < LISTED for other in beside)
        if finding.score >= LEAST:
            yield finding
        elif near:
            written[place] = replace(finding, score=0.6)
            yield written[place]


def _iban(text: str, match: re.Match[str]) -> Iterator[Finding]:
    """The longest run of groups that is an IBAN; a Danish one with a wrong digit where the text calls it an IBAN."""
    whole = match[0]
    ends = [place.start() for place in GROUP_END.finditer(whole)][:MOST_GROUPS]
    for end in reversed(ends):
        if iban.is_valid(whole[:end]):
            yield Finding(KIND, match.start(), match.start() + end, 0.97, "bank.iban")
            return
    before = text[max(0, match.start() - 20) : match.start()].casefold()
    if "iban" in before and sum(character.isdigit() for character in whole) >= 12:
        yield Finding(KIND, match.start(), match.end(), 0.7, "bank.iban-like")


def _is_ledger(before: str, after: str) -> bool:
    """Say whether the number belongs to a chart of accounts, and nothing right before it says that money is sent."""
    ledger = LEDGER.search(before[-60:]) or LEDGER.search(after[:30])
    return ledger is not None and not SENT.search(before[-60:])


def _score(text: str, match: re.Match[str]) -> tuple[float, str]:
    account = re.sub(r"[^0-9]", "", match["account"])
    # Run together, only the full lengths count: an account of ten digits, alone or with its registration number.
    if not 6 <= len(account) <= 10 or (not match["gap"] and len(account) not in (6, 10)):
        return 0.0, ""
    before, after = text[max(0, match.start() - REACH) : match.start()], text[match.end() : match.end() + REACH]
    named = re.search(r"[a-z]", match["gap"], re.IGNORECASE) is not None
    said = label.label(text, match.start(), match.end())
    if not named and (
        (said not in (label.BANK, label.NONE) and not SENT.search(before[-60:]))
        or (_is_ledger(before, after) and not (said == label.BANK and len(account) == 10 and not LEDGER.search(before)))
    ):
        return 0.0, ""
    if named or said == label.BANK:
        return 0.95, "bank.word"
    if not match["gap"]:
        return 0.0, ""
    tied = TIED.search(before) is not None or TIED.search(after[:60]) is not None
    if tied and not (YEAR.fullmatch(match["branch"]) and len(account) < 10):
        return 0.85, "bank.word"
    # Ten digits in one piece after four are rarely anything else; fewer, or a year before them, often are.
    whole = len(account) == 10 and match["account"].isdigit() and not YEAR.fullmatch(match["branch"])
    if "|" in match["gap"] or ";" in match["gap"]:
        return 0.0, ""
    return (0.6 if whole else 0.0 if YEAR.fullmatch(match["branch"]) else UNSURE), "bank.form"
