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
import psutil

from course import paths
from sandbox.engines.engine import Engine, LocalEngine
from sandbox.engines.remote import Remote
from sandbox.errors import EngineError, NotPreparedError, SandboxError
from sandbox.gateway.queue import FairQueue
from sandbox.gateway.settings import Settings

State = Literal["starting", "ready", "idle", "down"]
START_SECONDS = 180.0
CHECK_SECONDS, MISSES = 5.0, 3  # an engine that has not answered for 15 to 20 s hangs
# A thread that waits for another gives its core away after so many rounds. With OpenMP's usual number, on cores that
# others use too, two threads write a sixth of what one does.
SPINS = "1000"
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
        self.state: State = "idle"
        self.message = ""
        self.deaths = 0
        self.queue = FairQueue(engine.parallel, settings.waiting, settings.each)
        timeout = httpx.Timeout(settings.silence, connect=5)
        # llama.cpp closes an idle connection after 5 s, as httpx does: a call on it in that moment would be lost
        limits = httpx.Limits() if engine.entry.remote else httpx.Limits(max_keepalive_connections=0)
        # an environment's proxy must not see what goes to an engine on this machine
        self.http = httpx.AsyncClient(timeout=timeout, limits=limits, trust_env=engine.entry.remote)
        self._server: Server | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._start_task: asyncio.Task[Server] | None = None
        self._watching: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._users = 0
        self._used = self._began = time.monotonic()
        self._failures = 0
        self._not_before = 0.0
        self._heard = 0.0
        self._hung = False

    @property
    def name(self) -> str:
        """Model and engine, for people and metrics."""
        return f"{self.engine.entry.id}/{self.engine.name}"

    @property
    def idle_for(self) -> float:
        """Seconds since the last use; 0 while in use."""
        return 0.0 if self._users else time.monotonic() - self._used

    @property
    def memory(self) -> int:
        """The child's resident memory in bytes; 0 where there is none."""
        with suppress(psutil.Error):
            return int(psutil.Process(self._process.pid).memory_info().rss) if self._process else 0
        return 0

    def heard(self) -> None:
        """The engine has said something, to whomever."""
        self._heard = time.monotonic()

    def silent(self) -> None:
        """A call got no word for so long that it gave up. If nobody else did, the engine hangs, and is ended."""
        if time.monotonic() - self._heard >= (self.http.timeout.read or 0):
            self._hangs()

    async def keep_ready(self) -> None:
        """Start the engine, and try again for as long as it does not start."""
        while not self._stopping and self.state != "ready":
            with suppress(SandboxError):
                await self.server()
                return
            await asyncio.sleep(max(FIRST_PAUSE, self._not_before - time.monotonic()))

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
            server = await self._reach() if self.engine.entry.remote else await self._launch()
        except NotPreparedError as error:
            self.state, self.message = "down", str(error)
            raise
        except (EngineError, OSError, TimeoutError) as error:
            self._failed(f"The engine {self.name} did not start: {str(error) or 'it said nothing in time.'}")
            raise EngineError(self.message) from error
        self._server, self.state, self.message = server, "ready", ""
        self._began = self._used = time.monotonic()
        return server

    async def _reach(self) -> Server:
        """A server that runs already: find out what it can."""
        assert isinstance(self.engine, Remote)
        await self.engine.probe(self.http)
        return Server(*self.engine.address())

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
            env={"GOMP_SPINCOUNT": SPINS, **os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"},
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
        self._follow(self._check(process, told["ready"].removesuffix("/v1")))
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
        what = "answered no more, and was ended" if self._hung else f"ended unexpectedly ({_ending(code)})"
        self._hung = False
        self._failed(f"The engine {self.name} {what}.")
        if self.keep:
            await self.keep_ready()

    async def _check(self, process: asyncio.subprocess.Process, root: str) -> None:
        """Ask the child now and then whether it is alive; one that hangs is ended, and `_watch` starts it again."""
        missed = 0
        async with httpx.AsyncClient(timeout=CHECK_SECONDS, trust_env=False) as http:
            while process.returncode is None and self._process is process:
                await asyncio.sleep(CHECK_SECONDS)
                try:
                    await http.get(f"{root}/health")
                    missed = 0
                except httpx.TransportError:
                    missed += 1
                if missed >= MISSES and self._process is process:
                    self._hangs()

    def _hangs(self) -> None:
        if self._process and self._process.returncode is None:
            self._hung = True
            self._process.kill()

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
