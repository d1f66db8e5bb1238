"""The guard: reads a text before a model does, and finds personal data in it. Pure rules, no model.

    check(text) -> Result(verdict, findings, masked)

Each recogniser is a module with `find(plain text) -> findings`. Two are given what others found too: name.find the
addresses, which no name reaches into, and health.find everything, since a fact is about a person only where one is
pointed out. What is done about a finding stands in policy.yaml.
It keeps nothing, and knows neither pages nor the model service.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sandbox.guard import address, bank, case, cpr, email, health, injection, name, phone, plate, secret
from sandbox.guard.finding import Finding, resolve
from sandbox.guard.plain import Plain, plain
from sandbox.guard.policy import Policy, load_policy

__all__ = ["Finding", "Policy", "Result", "check", "find_in_answer", "load_policy", "masked"]

RECOGNISERS = (
    cpr.find,
    email.find,
    phone.find,
    bank.find,
    case.find,
    plate.find,
    secret.find,
    injection.find,
)
VERDICTS = {"warn": "allow", "mask": "mask", "block": "block"}


@dataclass(frozen=True)
class Result:
    """What the guard says: `verdict` allow, mask or block; what it found; the text with the masks in place.

    A finding that the policy only warns about stands in `findings` and is not masked.
    """

    verdict: str
    findings: tuple[Finding, ...]
    masked: str


def check(text: str, policy: Policy | None = None) -> Result:
    """Return the verdict on `text` by `policy` (the usual one when None)."""
    policy = policy or load_policy()
    seen = plain(text)
    found = [
        finding
        for finding in _found(seen.text, lambda _: True)
        if not policy.is_own(finding.kind, seen.text[finding.start : finding.end])
    ]
    found += health.find(seen.text, found)
    findings = resolve([_in_original(finding, seen) for finding in found], policy.rank)
    strictest = max((policy.rank(finding) for finding in findings), default=0)
    verdict = tuple(VERDICTS.values())[strictest]
    return Result(verdict, tuple(findings), _mask(text, findings, policy))


def masked(text: str) -> str:
    """Return `text` with what the usual policy masks or blocks covered; the same text when there is nothing."""
    return check(text).masked


def find_in_answer(text: str, policy: Policy | None = None) -> list[Finding]:
    """Return what `policy` masks in a model's answer, in the order of the text; nothing is blocked there."""
    policy = policy or load_policy()
    seen = plain(text)
    found = [
        _in_original(finding, seen)
        for finding in _found(seen.text, policy.hides_in_answers)
        if policy.action(finding) != "warn" and not policy.is_own(finding.kind, seen.text[finding.start : finding.end])
    ]
    return resolve(found, policy.rank)


def _found(text: str, wanted: Callable[[str], bool]) -> Iterator[Finding]:
    """Yield what the recognisers of the wanted kinds find; addresses, which names need too, are looked for once."""
    for recogniser in RECOGNISERS:
        if wanted(sys.modules[recogniser.__module__].KIND):
            yield from recogniser(text)
    if not (wanted(name.KIND) or wanted(address.KIND)):
        return
    addresses = list(address.find(text))
    if wanted(name.KIND):
        yield from name.find(text, addresses)
    if wanted(address.KIND):
        yield from addresses


def _in_original(finding: Finding, seen: Plain) -> Finding:
    start, end = seen.original(finding.start, finding.end)
    return replace(finding, start=start, end=end)


def _mask(text: str, findings: list[Finding], policy: Policy) -> str:
    parts, place = [], 0
    for finding in findings:
        if policy.action(finding) != "warn":
            parts += [text[place : finding.start], policy.mask(finding)]
            place = finding.end
    return "".join([*parts, text[place:]])
