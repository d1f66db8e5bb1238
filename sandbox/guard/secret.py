"""Finds secrets by their own form: keys and tokens of known makers, private keys, addresses with a password.

What only the words around call a secret is found by password.py. It does not know the policy, nor whether a secret is
still in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard import password
from sandbox.guard.finding import Finding

KIND = "SECRET"
# Prefixes as their makers document them; the lengths are bounds, not rules.
TOKEN = re.compile(
    r"""(?<![A-Za-z0-9_\-])(?:
      sk-(?:[a-z]{2,8}[0-9]{0,2}-)?[A-Za-z0-9_\-]{20,200} | [rs]k_(?:live|test)_[A-Za-z0-9]{16,200}
      | gh[pousr]_[A-Za-z0-9]{20,255} | github_pat_[A-Za-z0-9_]{22,255} | glpat-[A-Za-z0-9_\-]{20,100}
      | (?:AKIA|ASIA)[A-Z0-9]{16} | xox[abeoprs]-[A-Za-z0-9\-]{10,250} | xapp-[A-Za-z0-9\-]{10,250}
      | AIza[A-Za-z0-9_\-]{30,60} | ya29\.[A-Za-z0-9_\-]{20,300} | hf_[A-Za-z0-9]{20,60} | npm_[A-Za-z0-9]{30,60}
      | pypi-[A-Za-z0-9_\-]{30,250} | SG\.[A-Za-z0-9_\-]{16,60}\.[A-Za-z0-9_\-]{16,80} | dop_v1_[a-f0-9]{40,80}
      | eyJ[A-Za-z0-9_\-]{8,2000}\.[A-Za-z0-9_\-]{4,4000}(?:\.[A-Za-z0-9_\-]{0,1000})?
    )(?![A-Za-z0-9_])""",
    re.VERBOSE,
)
PEM = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----[^\-]{0,20000}(?:-----END [A-Z0-9 ]{0,40}-----)?"
)
HOOK = re.compile(r"https://hooks\.slack\.com/services/[A-Za-z0-9/]{20,100}")
ADDRESS = re.compile(
    r"(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]{1,30}://[^\s:/@\"'<>]{0,80}:(?P<value>[^\s/@\"'<>]{1,120})@"
    r"[^\s\"'<>,;)]{1,300}"
)
BEARER = re.compile(r"(?i)\b(?:bearer|basic)\s{1,3}(?P<value>[a-z0-9._~+/\-]{16,4000}={0,2})")
# Nobody writes forty letters and digits in both cases by hand; a checksum has but one case, and an address has dots.
RANDOM = re.compile(
    r"(?<![A-Za-z0-9_/+=.%:\-])(?=[A-Za-z_+/\-]{0,40}[0-9])(?=[a-z0-9_+/\-]{0,40}[A-Z])(?=[A-Z0-9_+/\-]{0,40}[a-z])"
    r"[A-Za-z0-9_+\-]{40,200}={0,2}(?![A-Za-z0-9_/+.%])"
)
FORMS = ((TOKEN, "secret.token"), (PEM, "secret.key"), (HOOK, "secret.token"), (RANDOM, "secret.token"))


def find(text: str) -> Iterator[Finding]:
    """Yield the secrets of a plain text, overlapping ones too."""
    for pattern, why in FORMS:
        for match in pattern.finditer(text):
            yield Finding(KIND, match.start(), match.end(), 0.97, why)
    if "://" in text:
        for match in ADDRESS.finditer(text):
            if not password.is_placeholder(match["value"]):
                yield Finding(KIND, match.start(), match.end(), 0.95, "secret.address")
    for match in BEARER.finditer(text):
        if any(character.isdigit() for character in match["value"]):
            yield Finding(KIND, match.start("value"), match.end("value"), 0.95, "secret.token")
    for start, end, score, why in password.find(text):
        yield Finding(KIND, start, end, score, why)
