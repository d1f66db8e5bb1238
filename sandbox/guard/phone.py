"""Finds telephone numbers: Danish ones in the usual groupings, with and without +45, and foreign ones with + or 00.

What may be a number at all is settled by the `phonenumbers` library. It does not know the policy, nor which
numbers are the municipality's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum.dk import cvr

from sandbox.guard import label
from sandbox.guard.finding import Finding

KIND = "PHONE"
REGION = "DK"
LEAST = 0.3
DANISH = re.compile(
    r"""(?<![0-9A-Za-z_+<])(?<![0-9][.,\-/])
    (?P<prefix>(?:\((?:\+|00)\s?45\)|(?:\+|00)\s?45)[\s.\-]{0,2}|(?P<naked>45[ .\-]))?
    (?:(?P<pairs>[2-9][0-9](?P<between>[ ]{1,3}|[.\-]|[ ]-[ ])[0-9]{2}(?P=between)[0-9]{2}(?P=between)[0-9]{2})
      |(?P<fours>[2-9][0-9]{3}[ \-][0-9]{4})
      |(?P<uneven>[2-9][0-9]{2}[ ][0-9]{2}[ ][0-9]{3}|[2-9][0-9][ ][0-9]{3}[ ][0-9]{3})
      |(?P<bare>[2-9][0-9]{7}))
    (?![0-9A-Za-z_]|[.,\-/][0-9])""",
    re.VERBOSE,
)
# In any grouping, where the text calls it a telephone number: (28) 12 34 56, 2812 34 56, 28/123456.
LOOSE = re.compile(
    r"(?<![0-9A-Za-z+<])(?<![0-9][.,/\-])(?:45[ \-]?)?"
    r"\(?(?P<number>[2-9][0-9]?\)?(?:[ ./\-]{0,3}[0-9]){6,7})(?![0-9A-Za-z]|[.,/\-][0-9])"
)
SAID_REACH = 25
ABROAD = re.compile(r"(?<![0-9])(?:\+|00)[ (]{0,2}[1-9]")
WORD = re.compile(
    r"(?i)\b(?:tlf|telefon\w*|mobil\w*|ring(?:e|er|et)?|kald|sms\w*|nummer(?:et)?|phone|mobile|cell|call|text|fax"
    r"|whatsapp"
    r"|dir(?:ekte)?|træffes|fanges)\b|\b(?:t|m)\s?[:.]\s*$|☎|📞"
)
NOT_PHONE = (label.CPR, label.BANK, label.CASE, label.OTHER)
MONEY_BEFORE = re.compile(r"(?i)(?:\bkr\.?|\bdkk|\beur|€|\$)\s*$")
MONEY_AFTER = re.compile(r"(?i:[ ]{0,2}(?:kr\b|kroner|dkk|eur\b|euro|€|%|stk|,-))|[ ]{0,2}(?:mio|mia)\b")
IN_CODE = re.compile(r"(?<![A-Z])(?:[A-Z]{2}[0-9]{2}(?: [0-9]{4})* |[A-Z]{1,5}-)$")  # an IBAN, "BF-2026-3304"
FIRM = re.compile(r"(?:A/S|ApS|I/S|K/S|P/S|IVS|A\.m\.b\.a\.?|Aps|AS|Ltd\.?|GmbH)[\s|;,()\"]{1,6}$")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
DATE = re.compile(
    r"(?:[0-2][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]"
)


def find(text: str) -> Iterator[Finding]:
    """Yield the telephone numbers of a plain text."""
    for match in DANISH.finditer(text):
        score, why = _score(text, match)
        if score >= LEAST and _is_number(match):
            yield Finding(KIND, match.start(), match.end(), round(min(score, 0.99), 2), why)
    if WORD.search(text):
        yield from _loose(text)
    if ABROAD.search(text):
        yield from _foreign(text)


def _foreign(text: str) -> Iterator[Finding]:
    for match in PhoneNumberMatcher(text, REGION, leniency=Leniency.VALID):
        raw = match.raw_string
        if raw.lstrip("(").startswith(("+", "00")) and match.number.country_code != 45:
            start = match.start + (raw.startswith("(") and ")" not in raw)
            yield Finding(KIND, start, match.end, 0.9, "phone.international")


def _loose(text: str) -> Iterator[Finding]:
    for match in LOOSE.finditer(text):
        before = text[max(0, match.start() - SAID_REACH) : match.start()]
        said = label.label(text, match.start(), match.end())
        tied = said in (label.PHONE, label.CALL) or (
            not said and WORD.search(before) and not re.search("[0-9]", before)
        )
        is_year = YEAR.match(match["number"]) and not match["number"].isdigit()
        if tied and not is_year and not MONEY_AFTER.match(text, match.end()) and _is_valid(match["number"]):
            yield Finding(KIND, match.start(), match.end(), 0.7, "phone.word")


def _is_number(match: re.Match[str]) -> bool:
    return _is_valid(match[0][len(match["prefix"] or "") :])


def _is_valid(number: str) -> bool:
    digits = re.sub(r"[^0-9]", "", number)
    return phonenumbers.is_valid_number(phonenumbers.parse(digits, REGION))


def _score(text: str, match: re.Match[str]) -> tuple[float, str]:
    if match["prefix"] and not match["naked"]:
        return 0.95, "phone.prefix"
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 15]
    said = label.label(text, match.start(), match.end())
    if said in NOT_PHONE or _is_other(match, before, after):
        return 0.0, ""
    if said or WORD.search(before):
        return 0.9, "phone.word"
    if match["uneven"]:
        return 0.4, "phone.grouped"
    return (0.5, "phone.bare") if match["bare"] else (0.75, "phone.grouped")


def _is_other(match: re.Match[str], before: str, after: str) -> bool:
    """Say whether the words around, or the digits themselves, show an amount, a date or another kind of number."""
    if MONEY_BEFORE.search(before) or MONEY_AFTER.match(after) or after.startswith("<"):
        return True
    if IN_CODE.search(before) or (match["bare"] and FIRM.search(before) and cvr.is_valid(match[0])):
        return True
    if _runs_on(match, before, after) and not WORD.search(before):
        return True
    if match["fours"] and YEAR.fullmatch(match[0][:4]) and (match[0][4] == "-" or YEAR.fullmatch(match[0][-4:])):
        return not WORD.search(before)
    return bool(match["bare"] and DATE.fullmatch(match[0]) and not WORD.search(before))


def _runs_on(match: re.Match[str], before: str, after: str) -> bool:
    """Say whether groups of the same size stand next to it: then it is part of a longer number, as on a card."""
    if match["bare"]:
        return False
    size = 4 if match["fours"] else 2
    groups = (
        re.search(rf"(?<![0-9])(?:[0-9]{{{size}}} )*$", before),
        re.match(rf"(?: [0-9]{{{size}}}(?![0-9]))*", after),
    )
    beside = sum(len(group[0]) // (size + 1) for group in groups if group)
    return beside >= (2 if match["fours"] else 1)
