"""Reads a module's library of cases, `cases.yaml`: who went first, what they learned, and where it is written.

It does not know lessons or pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from course.fields import Fields, Text, load_yaml, unique

FILE = "cases.yaml"
OUTCOMES = ("running", "trial", "ruled", "stopped", "unsettled")
GRADES = ("A", "B")
_HTTPS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?")


@dataclass(frozen=True)
class Case:
    """What others did, and what it taught; `ask` is what to ask a supplier. Dates are ISO dates, `source` https."""

    id: str
    who: Text
    what: Text
    learned: Text
    ask: Text
    outcome: str
    source: str
    as_of: str
    recheck_by: str
    grade: str


def load_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases in a file, in its order; raises ContentError that names case and field."""
    fields = Fields(load_yaml(path), f"{path.parent.name}/{path.name}")
    fields.schema(1)
    cases = tuple(_read(child) for child in fields.children("cases"))
    fields.done()
    if not cases:
        raise fields.fail("cases", "is empty; write a case, or remove the file.")
    unique([case.id for case in cases], fields.where, "the case")
    return cases


def _read(fields: Fields) -> Case:
    texts = {name: fields.text(name) for name in ("who", "what", "learned", "ask")}
    source = fields.string("source")
    if not _HTTPS.fullmatch(source):
        raise fields.fail("source", f"must be an address that begins with https://, not {source!r}.")
    as_of, recheck_by = _date(fields, "as_of"), _date(fields, "recheck_by")
    if recheck_by <= as_of:
        raise fields.fail("recheck_by", f"is {recheck_by}; it must be later than as_of, {as_of}.")
    case = Case(
        id=fields.id(),
        **texts,
        outcome=fields.choice("outcome", OUTCOMES),
        source=source,
        as_of=as_of,
        recheck_by=recheck_by,
        grade=fields.choice("grade", GRADES),
    )
    fields.done()
    return case


def _date(fields: Fields, field: str) -> str:
    value = fields.string(field)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise fields.fail(field, f"must be a date such as 2027-05-22, not {value!r}.") from None
