"""Which engine answers what: one runner for each model's chat, and one for scoring where chat's cannot.

It starts the default model, and lets go of engines that nobody has used for a while.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Iterator
from typing import Any

from sandbox.engines.engine import Engine
from sandbox.engines.llamacpp import LlamaCpp
from sandbox.engines.remote import Remote
from sandbox.engines.transformers import Transformers
from sandbox.errors import ApiError
from sandbox.gateway.runner import Runner
from sandbox.gateway.settings import Settings
from sandbox.models import Catalogue, Entry, prepared

REMOTE_PARALLEL = 32
LACKS = {
    "chat": "does not chat",
    "completions": "does not continue a text",
    "logprobs": "does not tell how likely its tokens are (logprobs)",
    "prompt_logprobs": "cannot score a given text (prompt_logprobs)",
    "tokenize": "does not show its tokens (/tokenize)",
}


class Fleet:
    """The runners of all known models; none is started before `start`."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.chat = {
            entry.id: Runner(self._chat_engine(entry), settings, keep=entry.remote or entry.id == catalogue.default)
            for entry in catalogue.models.values()
        }
        self.scoring = {
            model: Runner(Transformers(runner.engine.entry, 1, settings.threads), settings, keep=False)
            for model, runner in self.chat.items()
            if not runner.engine.entry.remote and "prompt_logprobs" not in runner.engine.capabilities
        }
        self._reaper: asyncio.Task[None] | None = None

    def __iter__(self) -> Iterator[Runner]:
        yield from (*self.chat.values(), *self.scoring.values())

    @property
    def default(self) -> Runner:
        """The runner that is kept warm."""
        return self.chat[self.catalogue.default]

    def entry(self, model: object) -> Entry:
        """The model a request names; the default when it names none.

        Raises:
            ApiError: 404 that lists the known models.
        """
        if model is None:
            return self.default.engine.entry
        if not isinstance(model, str) or model not in self.chat:
            known = ", ".join(self.chat)
            raise ApiError(404, f"There is no model {model!r:.80}. Known: {known}.", "model_not_found", param="model")
        return self.chat[model].engine.entry

    def runner(self, model: str, scoring: bool = False) -> Runner:
        """The runner that answers for `model`; `scoring` when the call asks for `prompt_logprobs`."""
        return self.scoring.get(model, self.chat[model]) if scoring else self.chat[model]

    def need(self, model: str, capability: str) -> None:
        """Raise ApiError 400 with a plain sentence when the model's server was found to lack something."""
        runner = self.runner(model, scoring=capability == "prompt_logprobs")
        if runner.state == "ready" and capability not in runner.engine.capabilities:
            sentence = (
                f"The server that runs {model} {LACKS[capability]}. Ask the operator for another one, or do without."
            )
            raise ApiError(400, sentence, "not_supported_by_engine", param=capability)

    def check(self) -> None:
        """Raise NotPreparedError unless the default model can be started."""
        engine = self.default.engine
        if not engine.entry.remote:
            prepared(engine.entry, engine.name)

    async def start(self) -> None:
        """Start the default model in the background, and the watch for idle engines."""
        self._first = asyncio.create_task(self._warm())
        self._reaper = asyncio.create_task(self._reap())

    async def stop(self) -> None:
        """End every child."""
        for task in (self._first, self._reaper):
            if task:
                task.cancel()
        await asyncio.gather(*(runner.stop() for runner in self))

    def kill(self) -> None:
        """End every child at once; callable from a signal handler."""
        for runner in self:
            runner.kill()

    def health(self) -> list[dict[str, Any]]:
        """Each engine's state, for GET /health."""
        return [
            {
                "model": runner.engine.entry.id,
                "engine": runner.engine.name,
                "state": runner.state,
                "capabilities": sorted(runner.engine.capabilities),
                "running": runner.queue.running,
                "waiting": runner.queue.waiting,
                "deaths": runner.deaths,
                "message": runner.message,
            }
            for runner in self
        ]

    def _chat_engine(self, entry: Entry) -> Engine:
        if entry.remote:
            return Remote(entry, REMOTE_PARALLEL)
        llama = self.settings.engine != "transformers" and importlib.util.find_spec("xllamacpp") is not None
        if entry.snapshot or not llama:
            return Transformers(entry, 1, self.settings.threads)
        return LlamaCpp(entry, self.settings.parallel, self.settings.threads)

    async def _warm(self) -> None:
        asked = {self.catalogue.default} | {model for model, runner in self.chat.items() if runner.engine.entry.remote}
        await asyncio.gather(*(self.chat[model].keep_ready() for model in asked))

    async def _reap(self) -> None:
        while True:
            await asyncio.sleep(min(5.0, self.settings.idle))
            for runner in self:
                spare = not runner.keep and not runner.engine.entry.remote
                if spare and runner.state == "ready" and runner.idle_for > self.settings.idle:
                    runner.let_go()
