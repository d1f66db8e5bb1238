"""Makes the numbers that the texts only order: none of them stands in the repository, and none is anybody's.

An order is `@<which> <form> [flag]`. The same `which` in a text is the same number, in the form that is asked for.
CPR numbers have birth dates in 2027-2036 and 4-9 as the seventh digit. Danish telephone numbers begin with 67, 68 or
94, which the Danish numbering plan keeps in reserve; Swedish and German ones are in those countries' fiction ranges.
It does not know the texts, nor any guard.
"""

from __future__ import annotations

import base64
import re
from calendar import monthrange
from collections.abc import Callable
from random import Random
from string import ascii_letters, ascii_uppercase, digits, hexdigits
from uuid import UUID

CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
DAY_OF_REPLACEMENT = 60  # erstatnings-CPR: the day of birth + 60
RESERVED_SERIES = ("67", "68", "94")
ORDER = re.compile(r"@(?P<which>\d+) (?P<form>[\w-]+)(?: (?P<flag>\w+))?")

# d, m, y: day, month and year in two digits; s: the last four digits
CPR_FORMS = {
    "dash": "{d}{m}{y}-{s}",
    "endash": "{d}{m}{y}\u2013{s}",
    "emdash": "{d}{m}{y}\u2014{s}",
    "minus": "{d}{m}{y}\u2212{s}",
    "nbhyphen": "{d}{m}{y}\u2011{s}",
    "softhyphen": "{d}{m}{y}\u00ad-{s}",
    "bare": "{d}{m}{y}{s}",
    "space": "{d}{m}{y} {s}",
    "nbsp": "{d}{m}{y}\u00a0{s}",
    "around": "{d}{m}{y} - {s}",
    "around-en": "{d}{m}{y} \u2013 {s}",
    "after": "{d}{m}{y}- {s}",
    "before": "{d}{m}{y} -{s}",
    "dots": "{d}.{m}.{y}-{s}",
    "dots-space": "{d}.{m}.{y} {s}",
    "dots-around": "{d}.{m}.{y} - {s}",
    "dot": "{d}{m}{y}.{s}",
    "slash": "{d}/{m}/{y}-{s}",
    "slashed": "{d}{m}{y}/{s}",
    "dashes": "{d}-{m}-{y}-{s}",
    "pairs": "{d} {m} {y} {s}",
    "pairs-dash": "{d} {m} {y}-{s}",
    "pairs-around": "{d} {m} {y} - {s}",
    "year": "{d}{m}20{y}-{s}",
    "year-dots": "{d}.{m}.20{y}-{s}",
}
PHONE_FORMS = {
    "pairs": "{a} {b} {c} {d}",
    "bare": "{a}{b}{c}{d}",
    "fours": "{a}{b} {c}{d}",
    "uneven": "{three} {two} {last}",
    "dashes": "{a}-{b}-{c}-{d}",
    "dots": "{a}.{b}.{c}.{d}",
    "nbsp": "{a}\u00a0{b}\u00a0{c}\u00a0{d}",
    "plus": "+45 {a} {b} {c} {d}",
    "plus-bare": "+45{a}{b}{c}{d}",
    "plus-fours": "+45 {a}{b} {c}{d}",
    "plus-dash": "+45-{a}{b}{c}{d}",
    "brackets": "(+45) {a} {b} {c} {d}",
    "zeros": "0045 {a}{b}{c}{d}",
    "country": "45 {a} {b} {c} {d}",
    "se": "+46 70-174 06 {e}",
    "se-bare": "004670174 06{e}",
    "de": "+49 30 23125 {f}",
}


class Maker:
    """Makes one text's numbers: the same seed and text id give the same numbers on every machine."""

    def __init__(self, seed: int, text_id: str) -> None:
        self.key = f"{seed}/{text_id}"
        self.flags: dict[tuple[str, str], str] = {}

    def make(self, kind: str, order: str) -> str:
        """Return what an order such as `@1 dash bad` asks for; raises ValueError that names a wrong order."""
        match = ORDER.fullmatch(order)
        make = MAKERS.get(kind)
        if match is None or make is None:
            raise ValueError(f"No such order: {kind}:{order} (write @<number> <form>, for one of {', '.join(MAKERS)})")
        flag = self.flags.setdefault((kind, match["which"]), match["flag"] or "")
        try:
            return make(Random(f"{self.key}/{kind}/{match['which']}"), match["form"], flag)
        except KeyError as fault:
            raise ValueError(f"No such form: {kind}:{order} ({fault})") from fault


def _digits(random: Random, count: int) -> str:
    return "".join(random.choices(digits, k=count))


def _some(random: Random, alphabet: str, count: int) -> str:
    return "".join(random.choices(alphabet, k=count))


def weighted(number: str, weights: tuple[int, ...]) -> int:
    """Return the modulus 11 remainder of a number's digits."""
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11


def looks_like_cpr(number: str) -> bool:
    """Say whether ten digits begin with a date, as it is or with 60 added to the day."""
    day, month = int(number[:2]), int(number[2:4])
    return 1 <= (day - DAY_OF_REPLACEMENT if day > DAY_OF_REPLACEMENT else day) <= 31 and 1 <= month <= 12


def cpr_parts(random: Random, flag: str = "", day: int | None = None) -> dict[str, str]:
    """Return day, month, year and serial; flag: ok or bad (modulus 11), repl (day + 60), else as chance has it."""
    year, month = random.randint(2027, 2036), random.randint(1, 12)
    day = day or random.randint(1, monthrange(year, month)[1])
    shown = day + DAY_OF_REPLACEMENT if flag == "repl" else day
    while True:
        parts = {"d": f"{shown:02d}", "m": f"{month:02d}", "y": f"{year % 100}"}
        parts["s"] = random.choice("456789") + _digits(random, 3)
        valid = weighted("".join(parts.values()), CPR_WEIGHTS) == 0
        if flag not in ("ok", "bad") or valid == (flag == "ok"):
            return parts


def _cpr(random: Random, form: str, flag: str) -> str:
    return CPR_FORMS[form].format(**cpr_parts(random, flag))


def _phone(random: Random, form: str, _: str) -> str:
    first = random.choice(RESERVED_SERIES)
    rest = [f"{random.randint(11, 99)}" for _ in range(3)]
    whole = first + "".join(rest)
    spare = {"three": whole[:3], "two": whole[3:5], "last": whole[5:]}
    fiction = {"e": f"{random.randint(5, 99):02d}", "f": f"{random.randint(0, 999):03d}"}
    return PHONE_FORMS[form].format(a=first, b=rest[0], c=rest[1], d=rest[2], **spare, **fiction)


def iban(country: str, account: str) -> str:
    """Return an IBAN with its two check digits (ISO 13616: modulus 97)."""
    number = int("".join(str(int(sign, 36)) for sign in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}"


def _account(random: Random) -> str:
    """Return ten digits that pass modulus 11, as many banks' accounts do, and cannot be a CPR number."""
    while True:
        number = _digits(random, 10)
        if weighted(number, CPR_WEIGHTS) == 0 and not looks_like_cpr(number):
            return number


def _bank(random: Random, form: str, _: str) -> str:
    branch, account = str(random.randint(1001, 9899)), _account(random)
    danish, german = iban("DK", branch + account), iban("DE", _digits(random, 18))
    swedish = iban("SE", _digits(random, 20))
    return {
        "konto": f"{branch} kontonr. {account}",
        "konto-colon": f"{branch}, konto: {account}",
        "dash": f"{branch}-{account}",
        "around": f"{branch} - {account}",
        "space": f"{branch} {account}",
        "slash": f"{branch}/{account}",
        "grouped": f"{branch} {account[:3]} {account[3:6]} {account[6:]}",
        "dotted": f"{branch}.{account}",
        "seven": f"{branch} {account[-7:]}",
        "seven-konto": f"{branch} konto {account[-7:]}",
        "iban": " ".join(re.findall(".{1,4}", danish)),
        "iban-bare": danish,
        "iban-lower": danish.lower(),
        "iban-de": " ".join(re.findall(".{1,4}", german)),
        "iban-se": swedish,
    }[form]


def _plate(random: Random, form: str, _: str) -> str:
    letters, number = _some(random, "ABCDEGHJKLMNPRSTVXZ", 2), str(random.randint(20000, 99999))
    return {
        "spaced": f"{letters} {number[:2]} {number[2:]}",
        "half": f"{letters} {number}",
        "bare": f"{letters}{number}",
        "dashes": f"{letters}-{number[:2]}-{number[2:]}",
        "lower": f"{letters.lower()} {number[:2]} {number[2:]}",
        "lower-bare": f"{letters.lower()}{number}",
    }[form]


def _secret(random: Random, form: str, _: str) -> str:
    word = ascii_letters + digits
    long, mixed = _some(random, word, 64), _some(random, word, 10)
    header = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
    claims = base64.urlsafe_b64encode(f'{{"sub":"{long[:12]}"}}'.encode()).decode().rstrip("=")
    lines = "\n".join(_some(random, word, 64) for _ in range(3))
    return {
        "openai": f"sk-proj-{long[:48]}",
        "github": f"ghp_{long[:36]}",
        "aws": f"AKIA{_some(random, ascii_uppercase + '234567', 16)}",
        "slack": f"xoxb-{_digits(random, 12)}-{_digits(random, 12)}-{long[:24]}",
        "google": f"AIza{long[:35]}",
        "huggingface": f"hf_{long[:34]}",
        "jwt": f"{header}.{claims}.{long[:43]}",
        "hex": _some(random, hexdigits[:16], 40),
        "base64": base64.b64encode(long[:48].encode()).decode(),
        "pem": f"-----BEGIN PRIVATE {'KEY'}-----\n{lines}\n-----END PRIVATE {'KEY'}-----",
        "connection": f"postgresql://drift:{mixed}@db01.intern:5432/esdh",
        "password": f"{mixed[:4]}-{mixed[4:7]}!{_digits(random, 2)}",
        "pin": _digits(random, 4),
    }[form]


def _ean(random: Random, start: str) -> str:
    number = start + _digits(random, 12 - len(start))
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number))
    return f"{number}{-total % 10}"


def _cvr(random: Random) -> str:
    while True:
        number = random.choice("234") + _digits(random, 7)
        if weighted(number, CVR_WEIGHTS) == 0:
            return number


def _look_alike(random: Random, form: str, _: str) -> str:
    """Return a number that is nobody's and only looks like personal data."""
    cpr = "".join(cpr_parts(random).values())
    cvr, ean = _cvr(random), _ean(random, "5798")
    return {
        "ean": ean,
        "ean-spaced": f"{ean[0]} {ean[1:7]} {ean[7:]}",
        "isbn": f"978-87-{_digits(random, 4)}-{_digits(random, 3)}-{_digits(random, 1)}",
        "isbn-bare": _ean(random, "97887"),
        "cvr": cvr,
        "cvr-spaced": f"{cvr[:2]} {cvr[2:4]} {cvr[4:6]} {cvr[6:]}",
        "cvr-dk": f"DK{cvr}",
        "pnr": "".join(cpr_parts(random, day=10).values()),  # a P-number: ten digits that begin with 10
        "ten": cpr,
        "twelve": f"{cpr}{_digits(random, 2)}",
        "eight": random.choice("23456789") + _digits(random, 7),
        "eight-pairs": " ".join(str(random.randint(21, 99)) for _ in range(4)),
        "uuid": str(UUID(int=random.getrandbits(128), version=4)),
        "sha": _some(random, hexdigits[:16], 40),
        "fik": f"+71<{_digits(random, 15)}+{_digits(random, 8)}<",
    }[form]


MAKERS: dict[str, Callable[[Random, str, str], str]] = {
    "CPR": _cpr,
    "PHONE": _phone,
    "BANK": _bank,
    "PLATE": _plate,
    "SECRET": _secret,
    "": _look_alike,
}
