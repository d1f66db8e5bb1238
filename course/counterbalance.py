"""Which cases of the reliance drill have wrong advice for whom: counterbalanced, and the same every time it is asked.

A module's cases are numbered by their ids (`ove-d1`, `ove-d2`, ...). Each of `PATTERNS` says which in a round of eight
have wrong advice; learners fall on a pattern and a rotation of it by their id, so over many learners every case is
wrong equally often, and the share of wrong advice varies. It keeps nothing.
"""

from __future__ import annotations

import hashlib
import re

PATTERNS = ((1, 0, 0, 1, 0, 0, 1, 0), (1, 0, 1, 0, 1, 1, 0, 0), (0, 1, 0, 0, 0, 1, 0, 0))
"""3, 4 and 2 of 8 wrong."""
CASE = re.compile(r"(.*?)([0-9]+)")


def advice(learner: str, case: str) -> str:
    """Return "right" or "wrong": what the AI's advice is for this learner in the case with this item id.

    Raises:
        ValueError: the id does not end in a number.
    """
    parts = CASE.fullmatch(case)
    if parts is None:
        raise ValueError(f"The drill's case {case!r} must have an id that ends in a number.")
    drawn = int.from_bytes(hashlib.sha256(f"{learner} {parts[1]}".encode()).digest()[:8])
    pattern = PATTERNS[drawn % len(PATTERNS)]
    return "wrong" if pattern[(int(parts[2]) + drawn // len(PATTERNS)) % len(pattern)] else "right"
