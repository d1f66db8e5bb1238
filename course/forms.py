"""Who gets which form of the test first: in random blocks, so that half get A first, and never changed once given.

A ledger in a folder that all learners of a server share has one line for each: a salted hash, never a name. Where it
cannot be written the learner's id decides. It does not know the forms' questions.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Collection
from pathlib import Path

from filelock import FileLock, Timeout

from course import paths

BLOCK = ("a", "a", "b", "b")
LOCK_SECONDS = 5.0
LINE = re.compile(r"([0-9a-f]{64}) ([ab])")

log = logging.getLogger(__name__)


def pick(learner: str, when: str, taken: Collection[str] = ()) -> str:
    """Return the form that a learner takes: `before` the one assigned, `after` the one not taken, `later` C.

    `taken` are the forms that the learner has begun in other modules; they say more than the ledger.
    """
    if when == "later":
        return "c"
    other = {"a": "b", "b": "a"}
    known = sorted(other.keys() & set(taken))
    if len(known) == 1:
        return other[known[0]]
    first = assign(learner)
    return first if when == "before" else other[first]


def assign(learner: str) -> str:
    """Return the form ("a" or "b") that a learner takes before the course; the same every time."""
    folder = paths.forms()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "ledger.lock", timeout=LOCK_SECONDS):
            return _assign(folder / "ledger.txt", _hash(_salt(folder / "salt"), learner))
    except (OSError, UnicodeDecodeError, Timeout) as fault:
        log.warning("The ledger of the forms cannot be used (%s); the learner's id decides.", type(fault).__name__)
        return "ab"[int(_hash("", learner), 16) % 2]


def _assign(ledger: Path, name: str) -> str:
    text = ledger.read_text("utf-8") if ledger.is_file() else ""
    given = {match[1]: match[2] for line in text.splitlines() if (match := LINE.fullmatch(line))}
    if name in given:
        return given[name]
    drawn = secrets.choice(_left(list(given.values())))
    with ledger.open("a", encoding="utf-8") as handle:
        handle.write(f"{'' if text.endswith(chr(10)) or not text else chr(10)}{name} {drawn}\n")
    return drawn


def _left(given: list[str]) -> list[str]:
    """Return what is left of the block at hand: drawing from it gives the block in random order."""
    left = list(BLOCK)
    for form in given[len(given) - len(given) % len(BLOCK) :]:
        left.remove(form)
    return left


def _salt(file: Path) -> str:
    if not file.is_file():
        file.write_text(secrets.token_hex(16), "utf-8")
    return file.read_text("utf-8")


def _hash(salt: str, learner: str) -> str:
    return hashlib.sha256(f"{salt} {learner}".encode()).hexdigest()
