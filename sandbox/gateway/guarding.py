"""The guard before the model: every message and prompt is read, blocked or masked before an engine sees it.

A seam to `sandbox.guard`; it decides nothing itself. If the guard fails, nothing goes to the model.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

from sandbox import guard
from sandbox.engines.wire import CHAT, Call
from sandbox.errors import ApiError


def guarded(call: Call) -> tuple[Call, Counter[str]]:
    """The call as the model may read it, and how many findings there were of each kind.

    What an assistant said before is masked rather than blocked: the model may have made it up, and a blocked
    history would end the conversation.

    Raises:
        ApiError: 400 `blocked_by_guard` with the findings (kind and place, never the text); 500 if the guard fails.
    """
    kinds: Counter[str] = Counter()
    if call.kind != CHAT:
        safe = _read(call.prompt, kinds, None, False)
        return dataclasses.replace(call, prompt=safe), kinds
    messages = tuple(
        {**message, "content": _read(message["content"], kinds, at, message["role"] == "assistant")}
        for at, message in enumerate(call.messages)
    )
    return dataclasses.replace(call, messages=messages), kinds


def guarded_text(text: str) -> tuple[str, Counter[str]]:
    """One text as the model may read it, and how many findings there were of each kind.

    Raises:
        ApiError: as `guarded`.
    """
    kinds: Counter[str] = Counter()
    return _read(text, kinds, None, False), kinds


def _read(text: str, kinds: Counter[str], message: int | None, spare: bool) -> str:
    try:
        result = guard.check(text)
    except Exception as error:  # a guard that fails must not let a prompt through
        why = f"The guard failed ({type(error).__name__}), so nothing was sent to the model."
        raise ApiError(500, why, "guard_failed", type="guard") from None
    kinds.update(finding.kind for finding in result.findings)
    if result.verdict == "allow":
        return text
    if result.verdict == "mask" or spare:
        return result.masked
    found = [_place(finding, message) for finding in result.findings]
    names = ", ".join(sorted({str(place["kind"]) for place in found}))
    raise ApiError(
        400,
        f"The guard stopped the text before the model read it: it seems to hold personal data ({names}). "
        "Remove it and try again.",
        "blocked_by_guard",
        type="guard",
        param="prompt" if message is None else f"messages[{message}]",
        findings=found,
    )


def _place(finding: Any, message: int | None) -> dict[str, object]:
    place = {"kind": finding.kind, "start": finding.start, "end": finding.end}
    return place if message is None else {**place, "message": message}
