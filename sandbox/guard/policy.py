"""Reads policy.yaml: what the guard does with what it finds, and what is the municipality's own.

It does not know how anything is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.errors import SettingError
from course.fields import Fields, load_yaml
from sandbox.guard.finding import Finding

DEFAULT = Path(__file__).with_name("policy.yaml")
ACTIONS = ("warn", "mask", "block")
ANSWERS = ("mask", "pass")
KINDS = ("CPR", "EMAIL", "PHONE", "BANK", "CASE", "PLATE", "SECRET", "INJECTION", "NAME", "ADDRESS", "HEALTH")


@dataclass(frozen=True)
class Rule:
    """What to do with one kind: an action, how sure the guard must be for it (0 to 1), the mask; and in answers."""

    action: str
    least: float
    mask: str
    answer: str = "mask"


@dataclass(frozen=True)
class Policy:
    """Rules by kind, and the municipality's own numbers (digits), mailboxes and public names (lower case)."""

    rules: Mapping[str, Rule]
    own_phones: frozenset[str]
    own_emails: frozenset[str]
    own_names: frozenset[str] = frozenset()

    def action(self, finding: Finding) -> str:
        """Return what happens to a finding: warn, mask or block."""
        rule = self.rules[finding.kind]
        return rule.action if finding.score >= rule.least else "warn"

    def rank(self, finding: Finding) -> int:
        """Return how strict a finding's action is, for comparing."""
        return ACTIONS.index(self.action(finding))

    def mask(self, finding: Finding) -> str:
        """Return what stands in the text instead of a finding."""
        return self.rules[finding.kind].mask

    def hides_in_answers(self, kind: str) -> bool:
        """Say whether findings of this kind are masked in what a model writes."""
        return self.rules[kind].answer == "mask"

    def is_own(self, kind: str, text: str) -> bool:
        """Say whether what was found is the municipality's own."""
        if kind == "PHONE":
            return _digits(text) in self.own_phones
        own = {"EMAIL": self.own_emails, "NAME": self.own_names}.get(kind, frozenset())
        return " ".join(text.casefold().split()) in own


@lru_cache
def load_policy(path: Path = DEFAULT) -> Policy:
    """Return a policy file's content; raises ContentError that names the field, or SettingError for a missing file."""
    if not path.is_file():
        raise SettingError(f"There is no policy file {path}; name one that exists, or leave it out for the usual one.")
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    kinds = Fields(fields.any("kinds"), f"{path.name}, kinds")
    rules = {kind: _rule(Fields(kinds.any(kind), f"{path.name}, kind {kind}")) for kind in KINDS}
    kinds.done()
    own = Fields(fields.any("own", {}), f"{path.name}, own")
    phones = frozenset(_digits(str(number)) for number in own.sequence("phones", []))
    emails = frozenset(str(address).casefold() for address in own.sequence("emails", []))
    names = frozenset(" ".join(str(name).casefold().split()) for name in own.sequence("names", []))
    own.done()
    fields.done()
    return Policy(rules, phones, emails, names)


def _rule(fields: Fields) -> Rule:
    action, least, mask = fields.choice("action", ACTIONS), fields.number("from"), fields.string("mask")
    if not 0 <= least <= 1:
        raise fields.fail("from", f"must be from 0 to 1, not {least}.")
    answer = str(fields.any("answer", "mask"))
    if answer not in ANSWERS:
        raise fields.fail("answer", f"must be one of {', '.join(ANSWERS)}, not {answer!r}.")
    fields.done()
    return Rule(action, least, mask, answer)


def _digits(number: str) -> str:
    """Return a Danish number's eight digits, whatever its form."""
    return re.sub(r"^(?:0045|45(?=[0-9]{8}$))", "", re.sub(r"[^0-9]", "", number))
