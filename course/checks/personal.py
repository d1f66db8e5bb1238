"""Is anybody's personal data in the texts? The sandbox's guard reads them all, in a process of its own.

What it finds is allowed only where it cannot be anybody's: invented.yaml says which names and addresses are invented or
belong to a public case, and the rules for numbers stand here. It sees no more than the guard does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.checks.content import Content
from course.checks.fault import Check, Fault
from course.checks.texts import passages
from course.errors import CourseError
from course.fields import Fields, load_yaml
from course.paths import ROOT

GIVEN_NAMES = ROOT / "sandbox" / "guard" / "words" / "given_names.txt"
INVENTED = Path(__file__).with_name("invented.yaml")
ABOUT_INVENTED = ("HEALTH", "INJECTION")
"""Kinds that say something about a person, or to a model; the person in them is what is looked at."""
CPR_YEARS = range(27, 37)
"""Birth years of example numbers: 2027 to 2036, for which no number has been given out."""
FREE_NUMBERS = ("67", "68", "94")
"""Beginnings of telephone numbers that the Danish numbering plan keeps in reserve."""
FREE_MAIL = re.compile(r"@(?:[\w-]+\.)*(?:example|test|invalid|example\.(?:com|org|net|dk))$", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|\[\[[a-z0-9-]+\]\]|\{#[a-z0-9-]+\}|^#+ ", re.MULTILINE)
_EXAMPLE_CPR = re.compile(r"ddmm[aå]{2}-?x{4}", re.IGNORECASE)


class GuardError(CourseError):
    """The guard could not read the texts; the message says why."""


def faults(content: Content) -> Iterator[Fault]:
    """Yield what looks like somebody's data in the texts."""
    listed = list(passages(content))
    texts = [_MARKS.sub("", passage.text) for passage in listed]
    for passage, text, findings in zip(listed, texts, guarded(texts), strict=True):
        for finding in findings:
            found = text[finding["start"] : finding["end"]]
            if not may_stand(finding["kind"], found):
                yield Fault(passage.where, f"{finding['kind']} {found!r} could be somebody's ({passage.language}).")


def guarded(texts: Sequence[str]) -> list[list[Mapping[str, Any]]]:
    """Return the guard's findings in each text; raises GuardError."""
    lines = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
    ran = subprocess.run([sys.executable, "-m", "sandbox.guard"], input=lines, capture_output=True, text=True)
    if ran.returncode:
        raise GuardError(f"The guard ended with exit code {ran.returncode}: {ran.stderr.strip() or ran.stdout[-200:]}")
    return [json.loads(line)["findings"] for line in ran.stdout.splitlines()]


def may_stand(kind: str, found: str) -> bool:
    """Return whether what was found cannot be anybody's."""
    if kind in ABOUT_INVENTED:
        return True
    if kind == "CPR":
        return _is_nobodys_cpr(found)
    if kind == "PHONE":
        return re.sub(r"\D", "", found).removeprefix("0045").removeprefix("45").startswith(FREE_NUMBERS)
    if kind == "EMAIL":
        return bool(FREE_MAIL.search(found.strip()))
    if kind == "NAME" and len(_name_words(found)) == 1:
        return True  # first names alone, and a surname alone, are many people's
    return _key(found) in {_key(name) for name in invented().get(kind, ())}


def _is_nobodys_cpr(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    if _EXAMPLE_CPR.fullmatch(found.strip()):
        return True
    return len(digits) == 10 and int(digits[4:6]) in CPR_YEARS and digits[6] >= "4"


def _name_words(found: str) -> list[str]:
    """Return the words of a name; what begins the sentence before a given name ("Now Erik") is none."""
    listed = found.split()
    if len(listed) > 1 and listed[0] not in given_names() and listed[1].rstrip(".,") in given_names():
        return listed[1:]
    return listed


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return the given names that the guard knows."""
    lines = GIVEN_NAMES.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _key(found: str) -> str:
    """Return a name or address as it is compared: without genitive, brackets and case."""
    flat = " ".join(found.split()).strip(' .,:;()„“”"').casefold()
    return flat.removesuffix("'s").removesuffix("’s").removesuffix("s")


@lru_cache(maxsize=1)
def invented(path: Path = INVENTED) -> dict[str, tuple[str, ...]]:
    """Return what may stand in the texts, by the guard's kinds; raises ContentError."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    kinds = ("NAME", "ADDRESS", "CASE", "PLATE", "BANK", "SECRET")
    found = {kind: tuple(map(str, fields.sequence(kind, []))) for kind in kinds}
    fields.done()
    return found


CHECK = Check("personal", "Is anybody's personal data in the texts?", faults)
