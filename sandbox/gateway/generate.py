"""POST /v1/chat/completions and /v1/completions: from the request's JSON to the answer's last byte.

A client that goes away, while it waits or while it reads, ends the work and frees its place.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import aclosing
from typing import Any, NoReturn

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from sandbox.engines.wire import CHAT, Call, Piece, Usage
from sandbox.engines.write import Writer
from sandbox.errors import ApiError
from sandbox.events import Events
from sandbox.gateway import relay
from sandbox.gateway.answers import guarded_answer
from sandbox.gateway.fleet import Fleet
from sandbox.gateway.guarding import guarded
from sandbox.gateway.metrics import Metrics
from sandbox.gateway.params import bad, chat_call, completion_call
from sandbox.gateway.replies import read_json, refusal, refusal_of
from sandbox.gateway.settings import Settings

CLIENT_HEADER = "x-sandbox-client"
GUARD_HEADER = "x-guard-verdict"
PATIENCE = 1.0  # seconds without a word, then a stream says that it waits


class Generate:
    """One of the two routes that generate (`kind` CHAT or COMPLETION), as an ASGI application."""

    def __init__(self, kind: str, fleet: Fleet, settings: Settings, metrics: Metrics, events: Events) -> None:
        self.kind = kind
        self.events = events
        self.fleet = fleet
        self.settings = settings
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or drop it when its client is gone."""
        request, begun = Request(scope, receive), time.monotonic()
        model = "none"
        try:
            body = await read_json(request, self.settings.body)
            entry = self.fleet.entry(body.get("model"))
            model = entry.id
            call = chat_call(body, entry) if self.kind == CHAT else completion_call(body, entry)
            usage = _wants_usage(body)
            done = await _unless_gone(receive, self._answer(scope, send, call, usage, _client(request, body)))
            status = 200 if done else 499
        except Exception as error:
            refused = refusal_of(error)
            status = refused.status
            await refusal(refused)(scope, receive, send)
        if status == 499:
            self.metrics.gone.inc()
        seconds = time.monotonic() - begun
        self.metrics.requests.labels(self.kind, model, str(status)).inc()
        self.metrics.seconds.labels(self.kind).observe(seconds)
        self.events.add("answered" if status == 200 else "refused", model=model, value=seconds)

    async def _answer(self, scope: Scope, send: Send, call: Call, usage: bool, client: str) -> None:
        """Guard, ask and answer. An error before the first byte is raised; a later one stands in the stream."""
        safe = await run_in_threadpool(self._guard, call)
        for capability in _needs(call):
            self.fleet.need(call.model, capability)
        runner = self.fleet.runner(call.model, scoring=call.prompt_logprobs is not None)
        writer = Writer(call, runner.engine.fingerprint)
        headers = {GUARD_HEADER: "allow" if safe == call else "mask"}
        answer = guarded_answer(relay.ahead(relay.pieces(runner, safe, client)), safe.prompt)
        async with aclosing(self._counted(answer, call.model)) as pieces:
            if call.stream:
                first = asyncio.ensure_future(anext(pieces, Piece()))
                try:
                    await asyncio.wait({first}, timeout=PATIENCE)
                    if first.done():
                        first.result()  # an error before the first byte is a refusal with its own status
                    await _stream(send, _waiting(first), _events(writer, first, pieces, usage), headers)
                finally:
                    first.cancel()
                    await asyncio.wait({first})
            else:
                whole = relay.joined([piece async for piece in pieces])
                await JSONResponse(writer.whole(whole), headers=headers)(scope, _never, send)

    def _guard(self, call: Call) -> Call:
        try:
            safe, kinds = guarded(call)
        except ApiError as error:
            self.metrics.blocked.inc()
            self.events.add("blocked", model=call.model)
            for finding in error.more.get("findings", ()):  # type: ignore[attr-defined]
                self.metrics.findings.labels(finding["kind"]).inc()
            raise
        if safe != call:
            self.events.add("masked", model=call.model)
        for kind, number in kinds.items():
            self.metrics.findings.labels(kind).inc(number)
        return safe

    async def _counted(self, pieces: AsyncGenerator[Piece, None], model: str) -> AsyncGenerator[Piece, None]:
        """The same pieces, with the time to the first and the tokens of all told to the metrics."""
        begun: float | None = time.monotonic()
        wrote: float | None = None
        async with aclosing(pieces):
            async for piece in pieces:
                if begun is not None and piece.text:
                    self.metrics.first.observe(time.monotonic() - begun)
                    begun, wrote = None, time.monotonic()
                for kind in piece.masked:
                    self.metrics.masked.labels(kind).inc()
                if piece.usage:
                    seconds = time.monotonic() - (wrote or time.monotonic())
                    if seconds > 0 and piece.usage.completion > 1:
                        self.metrics.speed.labels(model).observe((piece.usage.completion - 1) / seconds)
                    self.metrics.tokens.labels(model, "prompt").inc(piece.usage.prompt)
                    self.metrics.tokens.labels(model, "completion").inc(piece.usage.completion)
                yield piece


async def _events(
    writer: Writer, first: asyncio.Future[Piece], pieces: AsyncIterator[Piece], usage: bool
) -> AsyncIterator[dict[str, Any]]:
    """The chunks of a stream; an error on the way becomes the last one, as OpenAI's clients expect."""
    counted = None
    try:
        async for piece in _chained(await first, pieces):
            counted = piece.usage or counted
            if piece.text or piece.chosen or piece.finish:
                yield writer.chunk(piece)
    except Exception as error:
        yield refusal_of(error).body()
        return
    if usage:
        yield writer.last(counted or Usage(0, 0))


async def _chained(first: Piece, rest: AsyncIterator[Piece]) -> AsyncIterator[Piece]:
    yield first
    async for piece in rest:
        yield piece


async def _waiting(first: asyncio.Future[Piece]) -> AsyncIterator[None]:
    """A tick for each `PATIENCE` seconds that the first piece does not come."""
    while not first.done():
        yield
        await asyncio.wait({first}, timeout=PATIENCE)


async def _stream(
    send: Send, ticks: AsyncIterator[None], events: AsyncIterator[Mapping[str, Any]], headers: Mapping[str, str]
) -> None:
    """Send server-sent events; a comment for each tick before them, so that a reader who waits can leave."""
    named = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", **headers}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    async for _ in ticks:
        await send({"type": "http.response.body", "body": b": waiting\n\n", "more_body": True})
    async for event in events:
        data = f"data: {json.dumps(event, ensure_ascii=False, separators=(',', ':'))}\n\n"
        await send({"type": "http.response.body", "body": data.encode(), "more_body": True})
    await send({"type": "http.response.body", "body": b"data: [DONE]\n\n", "more_body": False})


async def _unless_gone(receive: Receive, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work to its end (True), or drop it when the client disconnects (False)."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
        return working.done()
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _never() -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


def _needs(call: Call) -> Iterator[str]:
    if call.prompt_logprobs is not None:
        yield "prompt_logprobs"
    if call.logprobs is not None:
        yield "logprobs"


def _wants_usage(body: Mapping[str, Any]) -> bool:
    options = body.get("stream_options")
    if options is None:
        return False
    if not isinstance(options, dict) or not body.get("stream"):
        raise bad("stream_options", options, "Give {include_usage: true}, and only with `stream`: true.")
    return bool(options.get("include_usage"))


def _client(request: Request, body: Mapping[str, Any]) -> str:
    """Whose turn this is counted as: one page (the header), else OpenAI's `user`, else everybody without a name."""
    named = request.headers.get(CLIENT_HEADER) or body.get("user")
    return str(named)[:64] if named else ""
