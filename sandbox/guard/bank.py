"""Finds bank accounts: a Danish registration number with its account, and IBANs of all countries.

An IBAN counts when its check digits do (ISO 13616, by `python-stdnum`), or when the text calls it one. A Danish account
has no check that all banks use, so its form and the words around it decide. It does not know the policy, nor the
municipality's own accounts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from stdnum import iban

from sandbox.guard import label
from sandbox.guard.finding import Finding

KIND = "BANK"
LEAST = 0.3
REACH = 150
CLOSE = 60
UNSURE = 0.1
WHOLE = 10  # digits of an account with its leading zeros: with a registration number no telephone number is as long
LISTED = 110  # characters from one account to the next in a list
# A Danish, Faroese or Greenlandic IBAN is all digits, so it is known in any grouping, over two lines too.
HOME_IBAN = re.compile(r"(?i)(?<![0-9a-z])(?:dk|fo|gl)[ .\-]?[0-9](?:(?:[ .\-]|\s?\n[ >]{0,3})?[0-9]){15}(?![0-9a-z])")
IBAN = re.compile(r"(?i)(?<![0-9a-z])[a-z]{2}[0-9]{2}(?:[ \-]?[a-z0-9]{4}){2,7}(?:[ \-]?[a-z0-9]{1,3})?(?![0-9a-z])")
GROUP_END = re.compile(r"(?=[ \-])|$")
MOST_GROUPS = 9
# Misspelt too: kotonr, kontornr, kontnr. "kt." and "k:" only beside a word for the registration number.
NUMBER = r"(?:[ .\-]{0,2}(?:nummer(?:et)?|number|nr|no)(?![a-zæøå]))"
ACCOUNT_WORD = rf"(?:(?:bank)?kon?to|kto|account)(?:{NUMBER}|(?![a-zæøå]))|(?:kontor|kontp|konot|knoto|kont){NUMBER}"
BRANCH_WORD = rf"(?:(?:bank)?reg(?:(?:istrerings?|istration)?{NUMBER})?|r(?=[.:])|branch{NUMBER}?)(?![a-zæøå])"
DIGITS = r"(?:[0-9]{6,10}|[0-9]{2,4}(?:[ .\-][0-9]{1,4}){1,4})"
DANISH = re.compile(
    rf"""(?i)(?<![0-9a-z])(?<![0-9][.,/\-])(?<![+<])
    (?P<branch>[0-9]{{4}})
    (?P<gap>[ \t]?[\-/.|:;,]?[ \t]{{0,3}}|[ ](?:og|and)[ ]
      |[ \t]{{0,2}}[,;:./|\-]?\s{{0,3}}(?:(?:og|and|samt)\s)?(?:{ACCOUNT_WORD})[ \t]?[.:=|\-]{{0,2}}\s{{0,3}})
    (?P<account>[0-9]{{6,10}}|[0-9]{{2,4}}(?:[ .\-][0-9]{{2,4}}){{1,4}}(?:[ .\-][0-9])?)
    (?![0-9a-z])(?![,.\-/][0-9])""",
    re.VERBOSE,
)
# Both numbers are named, in either order, with some words between: "reg.nr. 5479 (Nordea), konto 556 677 8".
PAIRED = re.compile(
    rf"""(?i)(?<![a-zæøå0-9])(?:
    {BRANCH_WORD}[^0-9\n]{{0,20}}(?P<start>[0-9]{{4}})(?![0-9])
      [^0-9]{{0,35}}?(?<![a-zæøå])(?:{ACCOUNT_WORD}|kt{NUMBER}?(?![a-zæøå])|k(?=[.:]))[^0-9\n]{{0,20}}(?P<end>{DIGITS})
    |(?:{ACCOUNT_WORD}|kt{NUMBER}?(?![a-zæøå])|k(?=[.:]))[^0-9\n]{{0,20}}(?P<begin>{DIGITS})
      [^0-9]{{0,35}}?(?<![a-zæøå]){BRANCH_WORD}[^0-9\n]{{0,20}}(?P<stop>[0-9]{{4}}))
    (?![0-9a-z])(?![,.\-/][0-9])""",
    re.VERBOSE,
)
NO_DIGIT, LETTER = re.compile("[^0-9]"), re.compile("[A-Za-z]")
NAMED = re.compile(r"(?i)reg|\br[.:]|branch")
ASKED = re.compile(r"(?i)\breg[^\n]{0,30}\bkonto|\bkonto[^\n]{0,30}\breg")
TIED = re.compile(
    r"(?i)\b[a-zæøå]{0,12}(?:konto(?:en|nr|nummer|nummeret|numre|oplysninger|udtog\w*|haver\w*)?|kto)\b|\breg(?:\."
    r"|istrerings|nr)|\biban\b"
    r"|\b(?:over|ud)?(?:før|betal)\w*\s[^\n]{0,40}?\b(?:til|på|fra)\b|\bpenge\w*\s[^\n]{0,30}?\b(?:til|på|ind)\b"
    r"|\bindsæt\w*\b|\b(?:sæt|sat|sættes|går?|komme?r?|står|indsat)\s(?:gerne\s|penge\w*\s)?ind\b"
    r"|\bindbetal\w*|\budbetal\w*|\boverfør\w*|\brefunder\w*|\btilbagebetal\w*|\btransfer\b|\bpengene\b|\bbeløbet\b"
    r"|\bdepositum|\brefusion|\bhonorar|\budlæg|\bkontohaver|\brefund|\bpayment|\bsalary"
    r"|\bindsaml|\bgave(?:n|r|kasse\w*)?\b|\bsend\b[^\n]{0,30}?\bpå\b|\bkontingent|\bopsparing"
    r"|\bsparekasse|\bnetbank|\btilskud|\bbetales\b|\btilgode|\bbank\w*|\bpengeinstitut|\bandelskasse"
    r"|\b(?:feriepenge|børnepenge|dagpenge|sygedagpenge|boligstøtte|boligsikring|kontanthjælp|folkepension|pension"
    r"|legat|løn)"
    r"(?:en|ne|erne|seddel|sedlen|kørsel|kørslen)?\b|\b(?:dan|betalings|hæve|visa)kort"
)
SENT = re.compile(r"(?i)\b(?:udbetal|overfør|indsæt|refunder|tilbagebetal|nemkonto|pengene|transfer)")
LEDGER = re.compile(
    r"(?i)\bart(?:s)?konto|\bkonto(?:plan|streng|gruppe|art|en i)|\bkontering|\bbudget|\bomplacer|\bfunktion\s[0-9]"
    r"|\bbogfør|\bposter(?:es|ing)\b|\bpsp\b|\bomkostningssted"
    r"|\bfinanskonto|\bdrift(?:s)?konto|\bdebet|\bkredit(?:eres|konto)|\bmoms|\bsted\s[0-9]|\bdelregnskab|\bledger"
)
DIRECT = re.compile(r"(?P<word>[^\W\d_]{2,30})[.:]?(?P<number>[ .\-](?i:nummer|nr|no)[.:]?)?[ =#]{0,2}\Z")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Words:
    """The words around numbers that say what the numbers are: where they stand, so that each is looked for once."""

    def __init__(self, pattern: re.Pattern[str], text: str, stretches: list[tuple[int, int]]) -> None:
        matches = [match.span() for stretch in stretches for match in pattern.finditer(text, *stretch)]
        self.starts = [start for start, _ in matches]
        self.ends = [end for _, end in matches]

    def between(self, start: int, end: int) -> bool:
        """Say whether one of the words lies from `start` to `end`."""
        return bisect_left(self.starts, start) < bisect_right(self.ends, end)


@dataclass(frozen=True)
class Around:
    """Where a text speaks of money and accounts, of sending it, and of ledgers."""

    tied: Words
    sent: Words
    ledger: Words


def find(text: str) -> Iterator[Finding]:
    """Yield the bank accounts of a plain text."""
    sure = list(_ibans(text))
    if NAMED.search(text):
        sure += _free(sure, (_pair(match) for match in PAIRED.finditer(text)))
    sure.sort(key=lambda finding: finding.start)
    yield from sure
    matches = list(DANISH.finditer(text))
    if not matches:
        return
    stretches = _stretches(matches)
    around = Around(Words(TIED, text, stretches), Words(SENT, text, stretches), Words(LEDGER, text, stretches))
    scored = ((match, *_score(text, match, around)) for match in matches)
    written = [Finding(KIND, match.start(), match.end(), score, why) for match, score, why in scored if score]
    yield from _confirmed(_free(sure, written))


def _stretches(matches: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return the stretches of the text in which words may say something of a match; those that meet are one."""
    stretches: list[tuple[int, int]] = []
    for match in matches:
        start, end = max(0, match.start() - REACH), match.end() + REACH
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], end
        else:
            stretches.append((start, end))
    return stretches


def _free(taken: list[Finding], others: Iterable[Finding]) -> list[Finding]:
    """Return those of the others that do not overlap what is taken; `taken` is in the order of the text."""
    starts = [finding.start for finding in taken]
    free = []
    for other in others:
        before = bisect_left(starts, other.end)
        if not before or taken[before - 1].end <= other.start:
            free.append(other)
    return free


def _pair(match: re.Match[str]) -> Finding:
    """Return an account whose two numbers are named, from the first number to the end of the second."""
    return Finding(KIND, match.start("start" if match["start"] else "begin"), match.end(), 0.95, "bank.word")


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


def _ibans(text: str) -> Iterator[Finding]:
    """Yield the IBANs in the order of the text."""
    home = [_home_iban(text, match) for match in HOME_IBAN.finditer(text)]
    found = [finding for finding in home if finding]
    found += _free(found, (finding for match in IBAN.finditer(text) for finding in _iban(text, match)))
    yield from sorted(found, key=lambda finding: finding.start)


def _home_iban(text: str, match: re.Match[str]) -> Finding | None:
    digits = re.sub(r"[^0-9A-Za-z]", "", match[0])
    return Finding(KIND, match.start(), match.end(), 0.97, "bank.iban") if iban.is_valid(digits) else None


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


def _is_ledger(around: Around, match: re.Match[str]) -> bool:
    """Say whether the number belongs to a chart of accounts, and nothing right before it says that money is sent."""
    start, end = match.span()
    ledger = around.ledger.between(start - CLOSE, start) or around.ledger.between(end, end + CLOSE // 2)
    return ledger and not around.sent.between(start - CLOSE, start)


def _is_other(text: str, match: re.Match[str], said: str, around: Around) -> bool:
    """Say whether the text calls it some other number, and not merely in a sentence on where money is to go."""
    if said in (label.BANK, label.NONE):
        return False
    direct = DIRECT.search(text, max(0, match.start() - CLOSE), match.start())
    if direct and label.word_kind(direct["word"], bool(direct["number"])) not in (label.BANK, label.NONE):
        return True
    return not around.sent.between(match.start() - CLOSE, match.start())


def _score(text: str, match: re.Match[str], around: Around) -> tuple[float, str]:
    account = NO_DIGIT.sub("", match["account"])
    # Run together, only the full lengths count: an account of ten digits, alone or with its registration number.
    if not 6 <= len(account) <= 10 or (not match["gap"] and len(account) not in (6, 10)):
        return 0.0, ""
    start, end = match.span()
    if match["gap"].strip().casefold() in ("og", "and"):
        return (0.8, "bank.word") if ASKED.search(text, max(0, start - REACH), start) else (0.0, "")
    said = label.label(text, start, end)
    year = YEAR.fullmatch(match["branch"]) is not None
    if LETTER.search(match["gap"]) and not (year and said != label.BANK):
        return 0.95, "bank.word"
    if said in (label.PHONE, label.CALL) and len(account) == WHOLE:
        said = label.NONE
    if _is_other(text, match, said, around):
        return 0.0, ""
    if _is_ledger(around, match) and not (
        said == label.BANK and len(account) == WHOLE and not around.ledger.between(start - REACH, start)
    ):
        return 0.0, ""
    return (0.95, "bank.word") if said == label.BANK else _by_form(match, account, around)


def _by_form(match: re.Match[str], account: str, around: Around) -> tuple[float, str]:
    """Return how sure it is where no label stands by the number."""
    start, end = match.span()
    if not match["gap"]:
        return 0.0, ""
    year = YEAR.fullmatch(match["branch"]) is not None
    tied = around.tied.between(start - REACH, start) or around.tied.between(end, end + CLOSE)
    if tied and not (year and len(account) < WHOLE):
        return 0.85, "bank.word"
    if year or "|" in match["gap"] or ";" in match["gap"]:
        return 0.0, ""
    # Ten digits in one piece after four are rarely anything else; fewer often are.
    whole = len(account) == WHOLE and match["account"].isdigit()
    return (0.6 if whole else UNSURE), "bank.form"
