"""One engine's life: start it, watch it, start it again with growing pauses when it dies, let it go when idle.

An engine is a child process (or an address that runs already). What a child says on standard error is kept
only until it is ready: after that it could hold prompts, so it is thrown away.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

import httpx

from course import paths
from sandbox.engines.engine import Engine, LocalEngine
from sandbox.errors import EngineError, NotPreparedError
from sandbox.gateway.queue import FairQueue
from sandbox.gateway.settings import Settings

State = Literal["starting", "ready", "idle", "down"]
START_SECONDS = 180.0
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 0.5, 60.0, 60.0


@dataclass(frozen=True)
class Server:
    """A server that answers: its base address (with /v1) and key."""

    url: str
    key: str | None

    @property
    def root(self) -> str:
        """The address without /v1."""
        return self.url.removesuffix("/v1")

    @property
    def headers(self) -> dict[str, str]:
        """The headers that show the key."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


class Runner:
    """Keeps one engine; `keep` holds it warm, else it starts on first use and goes when idle."""

    def __init__(self, engine: Engine, settings: Settings, keep: bool) -> None:
        self.engine = engine
        self.keep = keep
        self.state: State = "ready" if engine.entry.remote else "idle"
        self.message = ""
        self.deaths = 0
        self.queue = FairQueue(engine.parallel, settings.waiting, settings.each)
        timeout = httpx.Timeout(settings.silence, connect=5)
        # an environment's proxy must not see what goes to an engine on this machine
        self.http = httpx.AsyncClient(timeout=timeout, limits=httpx.Limits(), trust_env=engine.entry.remote)
        self._server: Server | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._start_task: asyncio.Task[Server] | None = None
        self._watching: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._users = 0
        self._used = self._began = time.monotonic()
        self._failures = 0
        self._not_before = 0.0

    @property
    def name(self) -> str:
        """Model and engine, for people and metrics."""
        return f"{self.engine.entry.id}/{self.engine.name}"

    @property
    def idle_for(self) -> float:
        """Seconds since the last use; 0 while in use."""
        return 0.0 if self._users else time.monotonic() - self._used

    @contextmanager
    def used(self) -> Iterator[None]:
        """Hold the engine: it is not let go meanwhile."""
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            self._used = time.monotonic()

    async def server(self) -> Server:
        """The running server; started if need be. A caller that goes away does not stop the start.

        Raises:
            EngineError: it does not start, or died and waits before it starts again.
            NotPreparedError: the model's files are not there.
        """
        known = self.engine.address()
        if known:
            return Server(*known)
        if self._server and self.state == "ready":
            return self._server
        if self._start_task is None or self._start_task.done():
            self._start_task = asyncio.create_task(self._start())
        return await asyncio.shield(self._start_task)

    def kill(self) -> None:
        """End the child at once, for good; callable from a signal handler."""
        self._stopping = True
        self._end()

    async def stop(self) -> None:
        """End the child and everything that watches it, for good."""
        self.kill()
        if self._start_task:
            self._start_task.cancel()
        for task in list(self._watching):
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        await self.http.aclose()

    def let_go(self) -> None:
        """End an idle child; the next call starts it again."""
        self.state = "idle"
        self._server = None
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()  # there is nothing to save

    async def _start(self) -> Server:
        pause = self._not_before - time.monotonic()
        if pause > 0:
            seconds = math.ceil(pause)
            raise EngineError(f"{self.message} It starts again in {seconds} s.", retry_after=seconds)
        self.state = "starting"
        try:
            server = await self._launch()
        except NotPreparedError as error:
            self.state, self.message = "down", str(error)
            raise
        except (EngineError, OSError, TimeoutError) as error:
            self._failed(f"The engine {self.name} did not start: {str(error) or 'it said nothing in time.'}")
            raise EngineError(self.message) from error
        self._server, self.state, self.message = server, "ready", ""
        self._began = self._used = time.monotonic()
        return server

    async def _launch(self) -> Server:
        assert isinstance(self.engine, LocalEngine)
        setup = self.engine.setup()
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self.engine.command(),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            cwd=paths.ROOT,
            env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"},
            start_new_session=True,  # Ctrl-C in the terminal is for the gateway, which ends its children itself
        )
        self._process = process
        said: deque[str] = deque(maxlen=10)
        self._follow(self._drain(process, said))
        assert process.stdin
        assert process.stdout
        process.stdin.write(setup.line())
        try:
            line = await asyncio.wait_for(process.stdout.readline(), START_SECONDS)
            told = json.loads(line) if line else {"error": said[-1] if said else "it ended without a word."}
        except BaseException:
            self._end()
            raise
        if "error" in told:
            self._end()
            raise EngineError(told["error"])
        self._follow(self._watch(process))
        return Server(told["ready"], setup.key)

    async def _drain(self, process: asyncio.subprocess.Process, said: deque[str]) -> None:
        """Keep the last lines of standard error until the engine is ready, then none."""
        assert process.stderr
        while data := await process.stderr.read(4096):
            if self.state == "starting":
                said.extend(data.decode(errors="replace").splitlines())

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        """Notice the child's end; start it again if it is to be kept."""
        code = await process.wait()
        if self._stopping or self._process is not process:
            return
        self._process = self._server = None
        self.deaths += 1
        self._failed(f"The engine {self.name} ended unexpectedly ({_ending(code)}).")
        while self.keep and not self._stopping and self.state == "down":
            await asyncio.sleep(max(0.0, self._not_before - time.monotonic()))
            with suppress(EngineError, NotPreparedError):
                await self.server()

    def _failed(self, message: str) -> None:
        steady = self.state == "ready" and time.monotonic() - self._began > STEADY
        self._failures = 1 if steady else self._failures + 1
        self.state, self.message = "down", message
        self._not_before = time.monotonic() + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self._failures - 1))

    def _follow(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)  # type: ignore[arg-type]
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
