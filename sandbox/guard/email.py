"""Finds e-mail addresses, also with Danish letters and in the disguises that people use ("navn (at) firma.dk").

It does not know the policy, nor which addresses are the municipality's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard.finding import Finding

KIND = "EMAIL"
NAME = r"(?<![\w.+\-])[\w](?:[\w.+\-']{0,62}[\w])?"
DOMAIN = r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.){1,5}[^\W\d_]{2,24}(?![\w\-])"
WRITTEN = re.compile(rf"{NAME}@{DOMAIN}")
LABEL = r"[^\W_](?:[\w\-]{0,61}[^\W_])?"
SPELT_DOT = r"(?:\s?[\[({]\s?(?:dot|punktum)\s?[\])}]\s?|\s(?:dot|punktum)\s)"
TOP = r"(?:dk|com|net|org|eu|se|no|de|nu|info)\b"
SPELT_NAME = rf"(?:[^\W\d_]{{2,20}} (?:punktum|dot) )?{NAME}"
SPELT_AT = r"(?:\s?[\[({]\s?(?:at|snabel-?a|@)\s?[\])}]\s?|\ssnabel-?a\s|\s@\s?|@\s)"
# A bare " at " is a common Danish word, so it counts only where the dot is spelt out as well.
DISGUISED = re.compile(
    rf"(?i){SPELT_NAME}(?:{SPELT_AT}(?:{LABEL}(?:{SPELT_DOT}|\.)){{1,3}}|\sat\s(?:{LABEL}{SPELT_DOT}){{1,3}}){TOP}"
)
IN_ADDRESS = re.compile(r"://[^\s/]*$")  # user:password@host is a secret, not a mailbox
LOGIN = re.compile(r"(?i)(?:\b(?:ssh|scp|sftp|rsync)\s[^\n]{0,30}|^|(?<=[\s\"'(]))(?:git|root|svn|hg)$")
REACH = 80
HINT = re.compile(r"(?i)@|snabel|\bat\b")


def find(text: str) -> Iterator[Finding]:
    """Yield the e-mail addresses of a plain text."""
    if "@" in text:
        for match in WRITTEN.finditer(text):
            if _is_login(text, match):
                continue
            yield Finding(KIND, match.start(), match.end(), 0.95, "email.written")
    for match in DISGUISED.finditer(text) if HINT.search(text) else ():
        yield Finding(KIND, match.start(), match.end(), 0.7, "email.disguised")


def _is_login(text: str, match: re.Match[str]) -> bool:
    """Say whether it is part of an address with a login, as in "https://user:password@host" or "git@host:path"."""
    start = match.start()
    if IN_ADDRESS.search(text, max(0, start - REACH), start):
        return True
    name_end = text.index("@", start)
    return (
        LOGIN.search(text[max(0, start - REACH) : name_end]) is not None and text[match.end() : match.end() + 1] == ":"
    )
