"""Writes pieces as OpenAI JSON: whole answers and the chunks of a stream, for chat and for completions.

Used by the gateway, and by the transformers engine, which so speaks like any other server.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from sandbox.engines.wire import CHAT, Call, Chance, Chosen, Piece, Usage, token_bytes


class Writer:
    """Writes the answer to one call; it remembers what stays the same from chunk to chunk."""

    def __init__(self, call: Call, fingerprint: str | None = None) -> None:
        self.call = call
        chat = call.kind == CHAT
        name = ("chat.completion.chunk" if call.stream else "chat.completion") if chat else "text_completion"
        self._head = {
            "id": f"{'chatcmpl' if chat else 'cmpl'}-{secrets.token_hex(12)}",
            "object": name,
            "created": int(time.time()),
            "model": call.model,
            "system_fingerprint": fingerprint,
        }
        self._offset = 0
        self._begun = False

    def whole(self, piece: Piece) -> dict[str, Any]:
        """The body of an answer that is not streamed."""
        choice = self._choice(piece, "message", {"role": "assistant", "content": piece.text})
        if piece.prompt_logprobs is not None:
            choice["prompt_logprobs"] = piece.prompt_logprobs
        return {**self._head, "choices": [choice], "usage": usage(piece.usage or Usage(0, 0)), **_guard(piece)}

    def chunk(self, piece: Piece) -> dict[str, Any]:
        """One chunk of a stream."""
        delta: dict[str, Any] = {} if self._begun else {"role": "assistant", "content": ""}
        if piece.text:
            delta["content"] = piece.text
        self._begun = True
        return {**self._head, "choices": [self._choice(piece, "delta", delta)], **_guard(piece)}

    def last(self, counted: Usage) -> dict[str, Any]:
        """The extra chunk that `stream_options.include_usage` asks for."""
        return {**self._head, "choices": [], "usage": usage(counted)}

    def _choice(self, piece: Piece, key: str, said: dict[str, Any]) -> dict[str, Any]:
        choice: dict[str, Any] = {"index": 0, "finish_reason": piece.finish, "logprobs": None}
        if self.call.kind == CHAT:
            choice[key] = said
            if piece.chosen:
                choice["logprobs"] = {"content": [_content(item, self.call.logprobs or 0) for item in piece.chosen]}
            return choice
        choice["text"] = piece.text
        if piece.chosen:
            choice["logprobs"] = self._legacy(piece.chosen)
        return choice

    def _legacy(self, chosen: tuple[Chosen, ...]) -> dict[str, Any]:
        """Completions' form: parallel lists; `text_offset` counts characters from the answer's start."""
        offsets = []
        for item in chosen:
            offsets.append(self._offset)
            self._offset += len(item.token)
        return {
            "tokens": [item.token for item in chosen],
            "token_logprobs": [item.logprob for item in chosen],
            "top_logprobs": [_by_token(item, self.call.logprobs or 0) for item in chosen],
            "text_offset": offsets,
        }


def _guard(piece: Piece) -> dict[str, Any]:
    """Our one extra field, where something was masked: `guard: {"masked": ["CPR", ...]}`, kinds and no text."""
    return {"guard": {"masked": list(piece.masked)}} if piece.masked else {}


def usage(counted: Usage) -> dict[str, int]:
    """OpenAI's usage object."""
    return {
        "prompt_tokens": counted.prompt,
        "completion_tokens": counted.completion,
        "total_tokens": counted.prompt + counted.completion,
    }


def _by_token(item: Chosen, number: int) -> dict[str, float]:
    """The likeliest tokens and the chosen one; of two with the same text the likelier stands."""
    found: dict[str, float] = {}
    for chance in (*item.top[:number], item):
        found.setdefault(chance.token, chance.logprob)
    return found


def _content(item: Chosen, number: int) -> dict[str, Any]:
    return {**_with_bytes(item), "top_logprobs": [_with_bytes(top) for top in item.top[:number]]}


def _with_bytes(chance: Chance) -> dict[str, Any]:
    return {"token": chance.token, "logprob": chance.logprob, "bytes": list(token_bytes(chance.token))}
