"""The guard's reading of what a learner wrote, as the labs show it: which parts, in which words, and what to do.

It does not know how anything is recognised, nor what a model will be asked.
"""

from __future__ import annotations

from typing import Any

from course.locale import translator
from sandbox.guard import Result, check, load_policy


def read(text: str, language: str) -> tuple[Result, dict[str, Any]]:
    """Return the guard's result and what a browser shows of it: the text in parts, and a sentence for each kind."""
    result, t = check(text), translator("sandbox", "guard", language)
    return result, {
        "verdict": result.verdict,
        "masked": result.masked,
        "parts": _parts(text, result, language),
        "whys": list(dict.fromkeys(t(f"why.{finding.why}") for finding in result.findings)),
    }


def _parts(text: str, result: Result, language: str) -> list[dict[str, str]]:
    """The text in order; what was found has its kind in words, and its mask unless it is only warned about."""
    policy, t = load_policy(), translator("sandbox", "guard", language)
    parts: list[dict[str, str]] = []
    place = 0
    for finding in result.findings:
        mask = "" if policy.action(finding) == "warn" else policy.mask(finding)
        found = {"text": text[finding.start : finding.end], "kind": t(f"kind.{finding.kind}"), "mask": mask}
        parts += [{"text": text[place : finding.start]}, found]
        place = finding.end
    return [part for part in [*parts, {"text": text[place:]}] if part["text"]]
