"""What goes to an engine and what comes back: `Call` and `Piece`, and their form as OpenAI JSON.

A call is checked before it is made (sandbox/gateway/params.py). Nothing here knows HTTP, processes or models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CHAT = "chat"
COMPLETION = "completion"


@dataclass(frozen=True)
class Call:
    """One question to a model. `logprobs` and `prompt_logprobs`: how many likeliest tokens to tell, None: none.

    `top_k` 0 and `top_p` 1 leave all tokens in. `temperature` 0 takes the likeliest token. `seed` None: any.
    """

    kind: str
    model: str
    max_tokens: int
    prompt: str = ""
    messages: tuple[Mapping[str, str], ...] = ()
    stream: bool = False
    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    logprobs: int | None = None
    prompt_logprobs: int | None = None


@dataclass(frozen=True)
class Chance:
    """A token and the natural logarithm of its probability, before temperature, top-k and top-p."""

    token: str
    logprob: float


@dataclass(frozen=True)
class Chosen(Chance):
    """The token that was chosen, and the likeliest ones it was chosen among."""

    top: tuple[Chance, ...] = ()


@dataclass(frozen=True)
class Usage:
    """Numbers of tokens."""

    prompt: int
    completion: int


@dataclass(frozen=True)
class Piece:
    """A part of an answer (or all of it). `finish` is "stop" or "length" on the last one with text.

    `masked`, on the last one, are the kinds that the guard masked in the answer.
    """

    text: str = ""
    chosen: tuple[Chosen, ...] = ()
    finish: str | None = None
    usage: Usage | None = None
    prompt_logprobs: list[Any] | None = field(default=None, compare=False)
    masked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Token:
    """A token's id in the vocabulary and its text; bytes that are no whole character read `<0xF0>`."""

    id: int
    text: str


def token_text(data: bytes) -> str:
    """The text of a token's bytes; bytes that are no whole character read `<0xF0>`, as in Gemma's vocabulary."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(f"<0x{byte:02X}>" for byte in data)


def token_bytes(text: str) -> bytes:
    """The bytes of a token from its text, the way back from `token_text`."""
    marks = [text[at : at + 6] for at in range(0, len(text), 6)]
    if text and all(len(mark) == 6 and mark.startswith("<0x") and mark.endswith(">") for mark in marks):
        return bytes(int(mark[3:5], 16) for mark in marks)
    return text.encode()


def piece_token(item: Mapping[str, Any]) -> Token:
    """A token in llama.cpp's form of /tokenize, which gives bytes where a token is no whole character."""
    piece = item["piece"]
    return Token(item["id"], piece if isinstance(piece, str) else token_text(bytes(piece)))


def ask(call: Call, model: str) -> tuple[str, dict[str, Any]]:
    """Path (under the base address) and JSON body that ask a server, where the model is called `model`."""
    body: dict[str, Any] = {
        "model": model,
        "max_tokens": call.max_tokens,
        "temperature": call.temperature,
        "top_p": call.top_p,
        "top_k": call.top_k,
        "stream": call.stream,
    }
    if call.seed is not None:
        body["seed"] = call.seed
    if call.stop:
        body["stop"] = list(call.stop)
    if call.stream:
        body["stream_options"] = {"include_usage": True}
    if call.kind == CHAT:
        if call.logprobs is not None:
            body |= {"logprobs": True, "top_logprobs": call.logprobs}
        return "/chat/completions", {**body, "messages": [dict(message) for message in call.messages]}
    if call.logprobs is not None:
        body["logprobs"] = call.logprobs
    if call.prompt_logprobs is not None:
        body["prompt_logprobs"] = call.prompt_logprobs
    return "/completions", {**body, "prompt": call.prompt}


def read(body: Mapping[str, Any]) -> Piece:
    """The piece in a server's JSON: a whole answer or one chunk of a stream, of chat or completions."""
    usage = body.get("usage")
    counted = Usage(usage["prompt_tokens"], usage.get("completion_tokens", 0)) if usage else None
    if not body.get("choices"):
        return Piece(usage=counted)
    choice = body["choices"][0]
    said = choice.get("message") or choice.get("delta") or choice
    text = said.get("text") or said.get("content") or ""
    return Piece(
        text=text,
        chosen=_chosen(choice.get("logprobs")),
        finish=choice.get("finish_reason"),
        usage=counted,
        prompt_logprobs=choice.get("prompt_logprobs"),
    )


def _chosen(raw: Mapping[str, Any] | None) -> tuple[Chosen, ...]:
    """Log probabilities in the form of chat (`content`) or of completions (`tokens`, `top_logprobs`)."""
    if not raw:
        return ()
    if raw.get("content") is not None:
        return tuple(Chosen(*_chance(item), tuple(Chance(*_chance(top)) for top in item.get("top_logprobs", ())))
                     for item in raw["content"])  # fmt: skip
    tops = raw.get("top_logprobs") or [{}] * len(raw.get("tokens", ()))
    return tuple(
        Chosen(token, logprob, tuple(Chance(*pair) for pair in sorted((top or {}).items(), key=lambda pair: -pair[1])))
        for token, logprob, top in zip(raw.get("tokens", ()), raw.get("token_logprobs", ()), tops, strict=True)
    )


def _chance(item: Mapping[str, Any]) -> tuple[str, float]:
    data = item.get("bytes")
    return (token_text(bytes(data)) if data else item["token"]), item["logprob"]
