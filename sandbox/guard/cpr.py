"""Finds CPR numbers: ten digits, DDMMYY-SSSS, in every way that people write them.

The rule is the form and a date that exists (day + 60 for erstatningspersonnumre; the seventh digit gives the
century). Modulus 11 only raises the score: since 2007 valid numbers are issued without it
(https://www.cpr.dk/cpr-systemet/personnumre-uden-kontrolciffer-modulus-11-kontrol/). Birth dates to come count too.
It does not know the policy, nor whether a number belongs to anyone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from stdnum.dk import cpr as stdnum_cpr
from stdnum.exceptions import ValidationError

from sandbox.guard import label
from sandbox.guard.finding import Finding

KIND = "CPR"
LEAST = 0.3
CONTROL_BONUS = 0.1
WORD_BONUS = 0.3
LOOKALIKE_PENALTY = 0.35

# Overlapping on purpose: a wrong match must not hide a right one that begins inside it.
WRITTEN = re.compile(
    r"""(?<![0-9])(?=(?P<all>
        (?P<day>[0-9]{2})(?P<part>[ .\-/]|\.[ ]|)(?P<month>[0-9]{2})(?P<second>(?P=part)|[ .\-/](?=[0-9]{2}[ ]?-))
        (?P<century>18|19|20)?(?P<year>[0-9]{2})
        (?P<gap>[ \t]{0,3}(?:[\-/_:.~=+]|--)[ \t\r\n]{0,3}|[ \t]{1,3}|)
        (?P<serial>[0-9]{4}))(?![0-9]))""",
    re.VERBOSE,
)
SPELT = re.compile(r"(?<![0-9])(?=(?P<all>[0-9](?:[ .\-,/|(\n]{0,3}[0-9]){9})(?![0-9]))")
SHORT = re.compile(  # 3/5-31-4567, 13.5.31-4567: no zeros before
    r"(?<![0-9])(?P<all>(?P<day>[0-9]{1,2})[./] ?(?P<month>[0-9]{1,2})[./\-] ?(?:20"
    r"|19)?(?P<year>[0-9]{2}) ?[\- ] ?(?P<serial>[0-9]{4}))"
    r"(?![0-9])"
)
WORD_BEFORE = re.compile(
    r"(?i)\b(?:e-?)?cpr|person(?:nummer|numre|nr|\snr|\.?\s?nr)|fødsels|\bfødt\b|\bf\.\s*$"
    r"|civil registration|personal (?:id|number|identification)|date of birth|\bborn\b|\bdob\b"
)
WORD_AFTER = re.compile(r"(?i)[\s(\[,;:\-]{0,4}(?:er\s|is\s)?(?:mit |my |hans |hendes )?(?:e-?)?cpr")
WORD_REACH = 40
OTHERS = (label.PHONE, label.BANK, label.CASE, label.OTHER)
# A P-number (a place of business) has ten digits and begins with 10.
P_NUMBER = re.compile(r"(?i)\b(?:p-?\s?n(?:r|ummer|umre)|produktionsenhed)")
FAR = 300
ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S*$")
CODE_BEFORE = re.compile(r"(?i)(?<![a-zæøå])(?!(?:e?cpr|nr|no|nummer)$)[a-zæøå]{1,30}\Z")
RUNS_ON = re.compile(r"[.\-/][0-9]|[A-Za-z]")
AMOUNT = re.compile(r"(?i),[0-9]{2}(?![0-9,;])|,-|\s?(?:kr\b|kroner|dkk|eur\b|euro|€)")
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")


def find(text: str) -> Iterator[Finding]:
    """Yield the CPR numbers of a plain text, overlapping ones too."""
    words = [match.end() for match in WORD_BEFORE.finditer(text)]
    for match in WRITTEN.finditer(text):
        digits = match["day"] + match["month"] + match["year"] + match["serial"]
        birth = _birth_date(digits)
        if birth is None or not _century_fits(match, birth.year):
            continue
        score, why = _base(match)
        other = _looks_like_other(text, match)
        score += CONTROL_BONUS if stdnum_cpr.checksum(digits) == 0 else 0
        score += WORD_BONUS if _word_near(text, match, words, alone=other) else 0
        score -= LOOKALIKE_PENALTY if other else 0
        score -= LOOKALIKE_PENALTY if _in_a_chain(text, match) else 0
        if score >= LEAST:
            yield Finding(KIND, match.start("all"), match.end("all"), round(min(score, 0.99), 2), why)
    if words or WORD_AFTER.search(text):
        yield from _spelt(text, words)


def _spelt(text: str, words: list[int]) -> Iterator[Finding]:
    """Digits in any grouping ("13 05 31 45 67") are a CPR number only where a word says so."""
    for match in SPELT.finditer(text):
        if match["all"].isdigit():
            continue
        if _word_near(text, match, words) and _birth_date(re.sub(r"[^0-9]", "", match["all"])):
            yield Finding(KIND, match.start("all"), match.end("all"), 0.6, "cpr.word")
    for match in SHORT.finditer(text):
        digits = f"{match['day']:0>2}{match['month']:0>2}{match['year']}{match['serial']}"
        if _word_near(text, match, words) and _birth_date(digits):
            yield Finding(KIND, match.start("all"), match.end("all"), 0.6, "cpr.word")


def _birth_date(digits: str) -> date | None:
    """Return the date that ten digits begin with, in the century that the seventh gives; None if there is none."""
    day = int(digits[:2])
    try:
        return stdnum_cpr.get_birth_date(f"{day - 60:02d}{digits[2:]}" if day > 60 else digits)
    except ValidationError:
        return None


def _century_fits(match: re.Match[str], year: int) -> bool:
    """Four digits of a year must agree with the seventh digit; otherwise it is a date and some other number."""
    if match["century"] is None:
        return True
    return match["gap"] != "" and year == int(match["century"] + match["year"])


def _base(match: re.Match[str]) -> tuple[float, str]:
    gap = match["gap"].strip()
    if gap and gap != ".":
        return 0.85, "cpr.separator"
    if match["gap"] or match["part"]:
        is_clock = match["part"] != "" and not gap and CLOCK.fullmatch(match["serial"])
        return (0.35, "cpr.date-and-time") if is_clock else (0.65, "cpr.spaced")
    return 0.5, "cpr.bare"


def _word_near(text: str, match: re.Match[str], words: list[int], alone: bool = False) -> bool:
    """Say whether a word for CPR ends shortly before a number (`alone`: in the same breath), or follows right after."""
    start, end = match.span("all")
    if WORD_AFTER.match(text, end):
        return True
    place = bisect_right(words, start)
    if not place or start - words[place - 1] > WORD_REACH:
        return False
    return not (alone and re.search(r"[0-9]{4}|[.;]\s|[\]\n]", text[words[place - 1] : start]))


def _looks_like_other(text: str, match: re.Match[str]) -> bool:
    """Say whether what stands right around a number shows another kind: an invoice, an account, an amount, a code."""
    start, end = match.span("all")
    before = text[max(0, start - 40) : start]
    if label.label(text, start, end) in OTHERS or re.search(r"[0-9][.\-/]\Z", before) or CODE_BEFORE.search(before):
        return True
    if (
        match["all"].startswith("10")
        and match["all"].isdigit()
        and P_NUMBER.search(text, max(0, start - FAR), end + FAR)
    ):
        return True
    if RUNS_ON.match(text, end):
        return True
    if match["gap"].strip():
        return False
    return bool(_after_digits(before, match["part"]) or AMOUNT.match(text, end) or ADDRESS.search(before))


def _in_a_chain(text: str, match: re.Match[str]) -> bool:
    """Say whether the date's own sign joins it to digits before: "94-13-05-31" is no date."""
    return match["part"] in (".", "-", "/") and text.endswith(match["part"], 0, match.start("all"))


def _after_digits(before: str, part: str) -> bool:
    """Say whether a longer number in groups (bank account, card) runs on into this one; a year does not."""
    if part == " " and re.search(r"(?<![0-9])[0-9]{2} $", before):
        return True
    group = re.search(r"(?<![0-9])([0-9]{4}) $", before)
    return group is not None and group[1][:2] not in ("19", "20")
