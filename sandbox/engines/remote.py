"""Any OpenAI-compatible address (vLLM, llama.cpp) as an engine: the way on when one machine is outgrown.

Prompts then leave this machine for the named server; the guard reads them first all the same. What the server can is
found out once, with a few questions about a made-up text. It does not know who asks.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from typing import Any

import httpx

from sandbox.engines import wire
from sandbox.engines.engine import Engine
from sandbox.engines.wire import CHAT, COMPLETION, Call, Token
from sandbox.errors import EngineError
from sandbox.models import Address

KNOWN = frozenset({"chat", "completions", "logprobs", "prompt_logprobs", "tokenize", "seed"})
PROBE = "Hej med dig"


class Remote(Engine):
    """A server that runs already, at an address that an operator named."""

    name = "remote"
    capabilities = frozenset({"chat", "completions"})

    @property
    def source(self) -> Address:
        """Where the server is."""
        assert isinstance(self.entry.source, Address)
        return self.entry.source

    def address(self) -> tuple[str, str | None]:
        """The named address, and the key from the named environment variable.

        Raises:
            EngineError: the variable is not set.
        """
        name = self.source.key_env
        if name and not os.environ.get(name):
            raise EngineError(f"The key for {self.source.url} should be in {name}, which is not set.", retry_after=60)
        return self.source.url, os.environ[name] if name else None

    async def probe(self, http: httpx.AsyncClient) -> None:
        """Find out what the server can: what it says itself, or else what it answers.

        Raises:
            EngineError: it cannot be reached, or does not know the key or the model.
        """
        told = await self._said(http)
        self.capabilities = told if told is not None else await self._tried(http)
        if not self.capabilities & {"chat", "completions"}:
            raise EngineError(f"The server at {self.source.url} answers no questions to {self.source.model}.")

    def ask(self, call: Call) -> tuple[str, dict[str, Any]]:
        """The request, with the name that the model has there; llama.cpp tells no logprobs when asked for 0."""
        told = call if call.logprobs is None else dataclasses.replace(call, logprobs=max(1, call.logprobs))
        return wire.ask(told, self.source.model)

    def ask_tokens(self, text: str, special: bool) -> tuple[str, dict[str, Any]]:
        """vLLM's form of /tokenize and llama.cpp's in one: each reads its own fields."""
        path, body = super().ask_tokens(text, special)
        more = {"model": self.source.model, "content": text, "add_special": special, "with_pieces": True}
        return path, {**body, **more}

    def read_tokens(self, body: Mapping[str, Any]) -> list[Token]:
        """The tokens in either form."""
        if all(isinstance(item, Mapping) for item in body["tokens"]):
            return [wire.piece_token(item) for item in body["tokens"]]
        return super().read_tokens(body)

    async def _said(self, http: httpx.AsyncClient) -> frozenset[str] | None:
        """The capabilities in the server's list of models, where it has such a field, as another of ours has."""
        url, key = self.address()
        try:
            reply = await http.get(f"{url}/models", headers=_headers(key))
            found = reply.json()["data"] if reply.status_code == 200 else []
            models = [model for model in found if model.get("id") == self.source.model]
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise EngineError(f"The server at {url} cannot be reached or is no model server.") from error
        if reply.status_code in (401, 403):
            raise EngineError(f"The server at {url} does not take the key.", retry_after=60)
        if not models or not isinstance(models[0].get("capabilities"), list):
            return None
        return frozenset(map(str, models[0]["capabilities"])) & KNOWN

    async def _tried(self, http: httpx.AsyncClient) -> frozenset[str]:
        found = set()
        short = Call(kind=COMPLETION, model="", max_tokens=1, prompt=PROBE, temperature=0)
        chat = dataclasses.replace(short, kind=CHAT, messages=({"role": "user", "content": PROBE},))
        if await self._answer(http, *self.ask(chat)):
            found.add("chat")
        if answer := await self._answer(http, *self.ask(dataclasses.replace(short, logprobs=1))):
            found |= {"completions"} | ({"logprobs"} if self.read(answer).chosen else set())
        elif await self._answer(http, *self.ask(short)):
            found.add("completions")
        scored = await self._answer(http, *self.ask(dataclasses.replace(short, prompt_logprobs=0)))
        if scored and self.read(scored).prompt_logprobs:
            found.add("prompt_logprobs")
        path, body = self.ask_tokens(PROBE, False)
        if "".join(token.text for token in self._tokens(await self._answer(http, path, body, root=True))) == PROBE:
            found.add("tokenize")
        return frozenset(found)

    def _tokens(self, answer: Mapping[str, Any]) -> list[Token]:
        try:
            return self.read_tokens(answer)
        except (KeyError, TypeError, ValueError):
            return []

    async def _answer(
        self, http: httpx.AsyncClient, path: str, body: Mapping[str, Any], root: bool = False
    ) -> dict[str, Any]:
        """The JSON answer; empty where the server refuses."""
        url, key = self.address()
        base = url.removesuffix("/v1") if root else url
        try:
            reply = await http.post(base + path, json=body, headers=_headers(key))
            found = reply.json() if reply.status_code == 200 else {}
        except httpx.HTTPError as error:
            raise EngineError(f"The server at {url} does not answer.") from error
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def _headers(key: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}
