"""The one interface of engines, as the gateway sees it: how to start one, how to ask it, how to read it.

It starts nothing itself (sandbox/gateway/runner.py does) and imports no engine.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from typing import Any, ClassVar

import psutil

from sandbox.engines import wire
from sandbox.engines.child import Setup
from sandbox.engines.wire import Call, Piece, Token
from sandbox.errors import ApiError
from sandbox.models import Entry, prepared


class Engine:
    """An OpenAI-compatible server for one model; here in the form that vLLM speaks.

    `capabilities` are of chat, completions, logprobs, prompt_logprobs (scores a given text), tokenize and seed (a seed
    gives the same tokens whoever else is served). `exact_alone`: for that, a call with a seed must run alone.
    """

    name: ClassVar[str]
    capabilities: frozenset[str]
    exact_alone: ClassVar[bool] = False
    module: ClassVar[str | None] = None

    def __init__(self, entry: Entry, parallel: int, threads: int = 0) -> None:
        self.entry = entry
        self.parallel = parallel
        self.threads = threads

    @property
    def fingerprint(self) -> str:
        """Engine and weights, as OpenAI's `system_fingerprint`: another one may give other tokens for a seed."""
        return f"{self.name}-{(self.entry.sha256 or self.entry.revision or 'own')[:12]}"

    def ask(self, call: Call) -> tuple[str, dict[str, Any]]:
        """Path and JSON body of the request."""
        return wire.ask(call, self.entry.id)

    def read(self, body: Mapping[str, Any]) -> Piece:
        """One piece of an answer."""
        return wire.read(body)

    def ask_tokens(self, text: str, special: bool) -> tuple[str, dict[str, Any]]:
        """Path (from the root) and JSON body that ask for the tokens of `text`."""
        return "/tokenize", {
            "model": self.entry.id,
            "prompt": text,
            "add_special_tokens": special,
            "return_token_strs": True,
        }

    def is_idle(self, metrics: str) -> bool:
        """Whether nothing is computed, by what the engine's `/metrics` says; asked where `exact_alone` holds."""
        raise NotImplementedError

    def read_tokens(self, body: Mapping[str, Any]) -> list[Token]:
        """The tokens in the answer."""
        texts = body.get("token_strs") or [""] * len(body["tokens"])
        return [Token(*pair) for pair in zip(body["tokens"], texts, strict=True)]

    def refusal(self, status: int, body: Mapping[str, Any]) -> ApiError:
        """The server's refusal (400 to 499) in our words."""
        error = body.get("error")
        error = error if isinstance(error, dict) else {}
        length = error.get("n_prompt_tokens", error.get("length"))
        limit = error.get("n_ctx", error.get("limit"))
        if isinstance(length, int) and isinstance(limit, int):
            return too_long(length, limit)
        said = str(error.get("message", status))
        code = "context_length_exceeded" if "maximum context length" in said else "refused"  # vLLM's words
        return ApiError(status, f"The model's engine refused the request: {said}", code)


class LocalEngine(Engine):
    """An engine that runs as a child process of the gateway."""

    def command(self) -> list[str]:
        """The command that starts the child."""
        return [sys.executable, "-m", str(self.module), "serve"]

    def setup(self) -> Setup:
        """What the child is told; each start gets a new key.

        Raises:
            NotPreparedError: the model's files are not there.
        """
        return Setup(
            model=self.entry.id,
            path=str(prepared(self.entry, self.name)),
            key=secrets.token_urlsafe(32),
            context=self.entry.context,
            parallel=self.parallel,
            threads=self.threads or usual_threads(),
        )


def usual_threads() -> int:
    """The cores an engine computes on: all that this process may use, eight at most."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(8, psutil.cpu_count(logical=False) or allowed, allowed))


def too_long(length: int, limit: int) -> ApiError:
    """The refusal of a prompt of `length` tokens where the model reads `limit` at most."""
    return ApiError(
        400,
        f"The prompt is {length} tokens long, and the model reads at most {limit}, prompt and answer together. "
        f"Shorten it by at least {max(1, length - limit + 1)} tokens.",
        "context_length_exceeded",
        param="prompt",
        limit=limit,
        length=length,
    )
