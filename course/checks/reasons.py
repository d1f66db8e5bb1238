"""Has every option a reason of its own? `course.items` refuses an option without one; this refuses one used twice.

It does not know whether a reason is good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from course.checks.content import Content
from course.checks.fault import Check, Fault
from course.locale import LANGUAGES

PARTS = {"match": "premises", "mark": "spans"}
"""Where the explanations stand; in the other kinds they stand with the options."""


def faults(content: Content) -> Iterator[Fault]:
    """Yield the options without a reason, or with another option's."""
    for where, item in content.items():
        seen: dict[str, str] = {}
        for part in item.get(PARTS.get(str(item.get("kind")), "options"), ()):
            why = _reason(part)
            if why is None:
                yield Fault(f"{where}, {part.get('id')}", "has no reason (why) in every language.")
            elif why in seen:
                yield Fault(f"{where}, {part.get('id')}", f"has the same reason as {seen[why]!r}; write its own.")
            else:
                seen[why] = str(part.get("id"))


def _reason(part: Mapping[str, Any]) -> str | None:
    """Return the Danish reason of a part that has one in every language."""
    why = part.get("why")
    if not isinstance(why, Mapping) or not all(str(why.get(language) or "").strip() for language in LANGUAGES):
        return None
    return str(why[LANGUAGES[0]]).strip()


CHECK = Check("reasons", "Has every option a reason of its own?", faults)
