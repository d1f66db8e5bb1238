"""Any OpenAI-compatible address (vLLM, llama.cpp) as an engine: the way on when one machine is outgrown.

Prompts then leave this machine for the named server; the guard reads them first all the same.
"""

from __future__ import annotations

import os
from typing import Any

from sandbox.engines import wire
from sandbox.engines.engine import Engine
from sandbox.engines.wire import Call
from sandbox.errors import EngineError
from sandbox.models import Address


class Remote(Engine):
    """A server that runs already, at an address that an operator named."""

    name = "remote"
    capabilities = frozenset({"chat", "completions", "logprobs", "prompt_logprobs", "tokenize"})

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

    def ask(self, call: Call) -> tuple[str, dict[str, Any]]:
        """The request, with the name that the model has there."""
        return wire.ask(call, self.source.model)

    def ask_tokens(self, text: str, special: bool) -> tuple[str, dict[str, Any]]:
        """vLLM's form of /tokenize, with the name that the model has there."""
        path, body = super().ask_tokens(text, special)
        return path, {**body, "model": self.source.model}
