"""llama.cpp, through xllamacpp: chat and completions on the packed GGUF file as it is.

`python -m sandbox.engines.llamacpp` is the child process: llama.cpp's own HTTP server on a free loopback port.
`LlamaCpp` is what the gateway knows of it. It cannot score a given text; the transformers engine does.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from sandbox.engines import wire
from sandbox.engines.child import Parent, Setup
from sandbox.engines.engine import LocalEngine
from sandbox.engines.wire import Call, Token

IDLE = re.compile(r"^llamacpp:requests_(?:processing|deferred) 0$", re.MULTILINE)
CHECKPOINTS = 2  # saved states of a sliding-window cache per slot; 32 is llama.cpp's habit and costs 8 MB each


class LlamaCpp(LocalEngine):
    """llama.cpp's server for one model."""

    name = "llamacpp"
    capabilities = frozenset({"chat", "completions", "logprobs", "tokenize", "seed"})
    exact_alone = True
    module = "sandbox.engines.llamacpp"

    def ask(self, call: Call) -> tuple[str, dict[str, Any]]:
        """llama.cpp's request: temperature first, then top-k, then top-p, as vLLM and transformers do.

        Its kernels round otherwise for more rows at a time. So a seed gives the same tokens only when nothing is
        computed beside it (`exact_alone`) and its prompt is read from the start, not from a cached prefix.
        """
        told = call if call.logprobs is None else dataclasses.replace(call, logprobs=max(1, call.logprobs))
        path, body = wire.ask(told, self.entry.id)
        body |= {"samplers": ["temperature", "top_k", "top_p"], "min_p": 0, "repeat_penalty": 1}
        if call.seed is not None or call.max_tokens == 1:  # the next word's chances stay the same from look to look
            body["cache_prompt"] = False
        return path, body

    def is_idle(self, metrics: str) -> bool:
        """No request is at work or waits: one whose client went away is noticed a token, or a second, later."""
        return len(IDLE.findall(metrics)) == 2

    def ask_tokens(self, text: str, special: bool) -> tuple[str, dict[str, Any]]:
        """llama.cpp's own form of /tokenize."""
        return "/tokenize", {"content": text, "add_special": special, "with_pieces": True}

    def read_tokens(self, body: Mapping[str, Any]) -> list[Token]:
        """Tokens with their text."""
        return [wire.piece_token(item) for item in body["tokens"]]


def main() -> None:
    """Serve one model until the gateway is gone."""
    parent = Parent()
    setup = parent.setup()
    try:
        server = serve(setup)
    except Exception as error:  # whatever llama.cpp says of a file it cannot read
        parent.fail(f"llama.cpp could not start {setup.model}: {error}.")
    parent.ready(f"{server.listening_address}/v1")
    parent.wait()


def serve(setup: Setup) -> Any:
    """Start llama.cpp's server in this process; it runs as long as the returned object is held.

    Nothing is logged (verbosity -1), no slot can be read from outside, and no prompt is cached beside the slots.
    """
    import xllamacpp  # type: ignore[import-untyped]

    params = xllamacpp.CommonParams()
    params.model.path = setup.path
    params.model_alias = {setup.model}
    params.api_keys = [setup.key]
    params.verbosity = -1
    params.n_parallel = setup.parallel
    params.n_ctx = setup.context * setup.parallel
    params.n_ctx_checkpoints = CHECKPOINTS
    params.cache_ram_mib = 0
    params.fit_params = False
    params.warmup = True
    params.cpuparams.n_threads = setup.threads
    params.cpuparams_batch.n_threads = setup.threads
    params.n_threads_http = 2 * setup.parallel + 4
    params.ui = False
    params.endpoint_slots = False
    params.endpoint_metrics = True
    params.cors_origins = ""
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
