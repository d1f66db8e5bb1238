"""Checks a request's JSON and makes a `Call` of it; a refusal names the parameter, the value and what is allowed.

What is not supported is refused rather than passed over in silence. It knows no engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.engines.wire import CHAT, COMPLETION, Call
from sandbox.errors import ApiError
from sandbox.models import Entry

TOP = 100
MOST_SEED = 2**32 - 2
CHAT_TOKENS = 512
COMPLETION_TOKENS = 16
ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant"}
SHARED = {
    "model", "stream", "stream_options", "max_tokens", "temperature", "top_p", "top_k", "seed", "stop", "logprobs",
    "user", "n",
}  # fmt: skip
KNOWN = {
    CHAT: SHARED | {"messages", "top_logprobs", "max_completion_tokens"},
    COMPLETION: SHARED | {"prompt", "prompt_logprobs"},
}


def bad(param: str, value: object, need: str) -> ApiError:
    """The refusal of a parameter's value."""
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return ApiError(400, f"`{param}` is {shown}. {need}", "invalid_value", param=param)


def chat_call(body: Mapping[str, Any], entry: Entry) -> Call:
    """The call in the body of POST /v1/chat/completions.

    Raises:
        ApiError: 400 with the parameter, its value and what is allowed.
    """
    _known(body, CHAT)
    name = "max_completion_tokens" if body.get("max_completion_tokens") is not None else "max_tokens"
    logprobs = _flag(body, "logprobs")
    if body.get("top_logprobs") is not None and not logprobs:
        raise bad("top_logprobs", body["top_logprobs"], "It needs `logprobs`: true.")
    return Call(
        kind=CHAT,
        messages=_messages(body.get("messages")),
        max_tokens=_whole(body, name, 1, entry.context, min(CHAT_TOKENS, entry.context)),
        logprobs=_whole(body, "top_logprobs", 0, TOP, 0) if logprobs else None,
        **_sampling(body, entry),
    )


def completion_call(body: Mapping[str, Any], entry: Entry) -> Call:
    """The call in the body of POST /v1/completions.

    Raises:
        ApiError: 400 with the parameter, its value and what is allowed.
    """
    _known(body, COMPLETION)
    prompt = body.get("prompt")
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    if not isinstance(prompt, str):
        raise bad("prompt", prompt, "Give one text; token ids and several prompts are not taken.")
    score = _whole(body, "prompt_logprobs", 0, TOP) if body.get("prompt_logprobs") is not None else None
    if score is not None and _flag(body, "stream"):
        raise bad("stream", True, "It cannot be used with `prompt_logprobs`.")
    return Call(
        kind=COMPLETION,
        prompt=prompt,
        max_tokens=_whole(body, "max_tokens", 1 if score is None else 0, entry.context, COMPLETION_TOKENS),
        logprobs=_whole(body, "logprobs", 0, TOP) if body.get("logprobs") is not None else None,
        prompt_logprobs=score,
        **_sampling(body, entry),
    )


def _known(body: Mapping[str, Any], kind: str) -> None:
    for name in body:
        if name not in KNOWN[kind] and body[name] is not None:
            sentence = f"`{name}` is not supported here. Supported: {', '.join(sorted(KNOWN[kind]))}."
            raise ApiError(400, sentence, "unsupported_parameter", param=name)
    if body.get("n") not in (None, 1) or body.get("n") is True:
        raise bad("n", body["n"], "Only 1 is supported; ask several times with different seeds.")


def _sampling(body: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    usual = entry.sampling
    stream = _flag(body, "stream")
    return {
        "model": entry.id,
        "stream": stream,
        "temperature": _number(body, "temperature", 0, 2, usual.get("temperature", 1.0)),
        "top_p": _number(body, "top_p", 0, 1, usual.get("top_p", 1.0), above=True),
        "top_k": max(0, _whole(body, "top_k", -1, 100_000, int(usual.get("top_k", 0)))),
        "seed": _whole(body, "seed", 0, MOST_SEED) if body.get("seed") is not None else None,
        "stop": _stop(body.get("stop")),
    }


def _messages(raw: object) -> tuple[dict[str, str], ...]:
    if not isinstance(raw, list) or not raw:
        raise bad("messages", raw, "Give a list of {role, content}, at least one.")
    messages = tuple(_message(item, at) for at, item in enumerate(raw))
    if messages[-1]["role"] != "user":
        raise bad(f"messages[{len(raw) - 1}].role", raw[-1]["role"], "The last message must be the user's.")
    return messages


def _message(raw: object, at: int) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise bad(f"messages[{at}]", raw, "Give {role, content}.")
    role, content = raw.get("role"), raw.get("content")
    if not isinstance(role, str) or role not in ROLES:
        raise bad(f"messages[{at}].role", role, f"Give one of {', '.join(ROLES)}.")
    if isinstance(content, list) and all(isinstance(part, dict) and part.get("type") == "text" for part in content):
        content = "".join(str(part.get("text", "")) for part in content)
    if not isinstance(content, str):
        raise bad(f"messages[{at}].content", content, "Give a text; pictures and sound are not taken.")
    return {"role": ROLES[role], "content": content}


def _flag(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise bad(name, value, "Give true or false.")
    return bool(value)


def _whole(body: Mapping[str, Any], name: str, least: int, most: int, usual: int | None = None) -> int:
    value = body.get(name)
    if value is None and usual is not None:
        return usual
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise bad(name, value, f"Give a whole number from {least} to {most}.")
    return value


def _number(body: Mapping[str, Any], name: str, least: float, most: float, usual: float, above: bool = False) -> float:
    value = body.get(name)
    if value is None:
        return usual
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if not fits or (above and value == least):
        raise bad(name, value, f"Give a number {'above' if above else 'from'} {least}, {most} at most.")
    return float(value)


def _stop(raw: object) -> tuple[str, ...]:
    if raw is None:
        return ()
    stops: Sequence[object] = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else [None]
    if len(stops) > 8 or not all(isinstance(stop, str) and 0 < len(stop) <= 100 for stop in stops):
        raise bad("stop", raw, "Give a text or up to eight texts, each of 1 to 100 characters.")
    return tuple(str(stop) for stop in stops)
