"""One call on its way: whose turn, the engine's request, and its answer as pieces.

It never logs, and knows neither routes nor tokens of pages.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

import httpx

from sandbox.engines.wire import CHAT, COMPLETION, Call, Piece, Token, Usage
from sandbox.errors import ApiError, EngineError
from sandbox.gateway.runner import Runner, Server
from sandbox.models import Entry

IDLE_SECONDS = 0.02  # between two looks at whether an engine is through


def for_engine(call: Call, entry: Entry) -> Call:
    """The call as the engine gets it: a base model's chat becomes a text to complete, by its template.

    Engines always stream, except when scoring, so that a client that goes away ends the work at once.
    """
    stream = call.prompt_logprobs is None
    if call.kind != CHAT or entry.chat is None:
        return dataclasses.replace(call, stream=stream)
    return dataclasses.replace(
        call,
        kind=COMPLETION,
        prompt=entry.chat.render(call.messages),
        messages=(),
        stop=(*call.stop, *entry.chat.stop),
        stream=stream,
    )


async def pieces(runner: Runner, call: Call, client: str) -> AsyncGenerator[Piece, None]:
    """The answer's pieces, once it is this client's turn.

    Raises:
        QueueFull: too many wait.
        ApiError: the engine refused the call, or kept silent too long.
        EngineError: the engine is not there, or died on the way.
    """
    asked = for_engine(call, runner.engine.entry)
    alone = call.seed is not None and runner.engine.exact_alone
    async with runner.queue.turn(client, alone=alone):
        with runner.used():
            server = await runner.server()
            if alone:
                await _idle(runner, server)
            path, body = runner.engine.ask(asked)
            try:
                if not asked.stream:
                    yield runner.engine.read(await _post(runner, server.url + path, server, body))
                    return
                async for data in _events(runner, server.url + path, server, body):
                    yield runner.engine.read(data)
            except ApiError as error:
                if error.code == "context_length_exceeded" and call.kind == CHAT:
                    error.param = "messages"
                raise


async def ahead(parts: AsyncGenerator[Piece, None]) -> AsyncGenerator[Piece, None]:
    """The same pieces, taken as fast as they come: who reads slowly holds no place. The context bounds an answer."""
    taken: asyncio.Queue[Piece | None] = asyncio.Queue()

    async def take() -> None:
        try:
            async with aclosing(parts):
                async for piece in parts:
                    taken.put_nowait(piece)
        finally:
            taken.put_nowait(None)

    work = asyncio.create_task(take())
    try:
        while (piece := await taken.get()) is not None:
            yield piece
        await work  # raises what ended it
    finally:
        work.cancel()
        await asyncio.wait({work})


async def tokens(runner: Runner, text: str, special: bool) -> list[Token]:
    """The tokens of `text`; it needs no turn, for it takes no time.

    Raises:
        ApiError: the engine refused the call.
        EngineError: the engine is not there.
    """
    with runner.used():
        server = await runner.server()
        path, body = runner.engine.ask_tokens(text, special)
        return runner.engine.read_tokens(await _post(runner, server.root + path, server, body))


def joined(parts: list[Piece]) -> Piece:
    """All pieces of an answer as one."""
    scores = [part.prompt_logprobs for part in parts if part.prompt_logprobs is not None]
    return Piece(
        text="".join(part.text for part in parts),
        chosen=tuple(item for part in parts for item in part.chosen),
        finish=next((part.finish for part in reversed(parts) if part.finish), None),
        usage=next((part.usage for part in reversed(parts) if part.usage), Usage(0, 0)),
        prompt_logprobs=scores[0] if scores else None,
        masked=tuple(sorted({kind for part in parts for kind in part.masked})),
    )


async def _idle(runner: Runner, server: Server) -> None:
    """Wait until the engine is through with what clients gave up: it may still be at a token of it."""
    try:
        while not runner.engine.is_idle((await runner.http.get(f"{server.root}/metrics", headers=server.headers)).text):
            await asyncio.sleep(IDLE_SECONDS)
    except httpx.HTTPError as error:
        raise _lost(runner, error) from None


async def _post(runner: Runner, url: str, server: Server, body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        reply = await runner.http.post(url, json=body, headers=server.headers)
    except httpx.HTTPError as error:
        raise _lost(runner, error) from None
    data = _json(reply.content)
    _check(runner, reply.status_code, data)
    return data


async def _events(runner: Runner, url: str, server: Server, body: Mapping[str, Any]) -> AsyncIterator[dict[str, Any]]:
    try:
        async with runner.http.stream("POST", url, json=body, headers=server.headers) as reply:
            if reply.status_code >= 400:
                _check(runner, reply.status_code, _json(await reply.aread()))
            async for line in _lines(reply):
                if line == b"data: [DONE]":
                    return
                if line.startswith(b"data:"):
                    runner.heard()
                    data = json.loads(line[5:])
                    if data.get("error"):
                        raise EngineError(f"The engine {runner.name} gave up in the middle of the answer.")
                    yield data
    except httpx.HTTPError as error:
        raise _lost(runner, error) from None


async def _lines(reply: httpx.Response) -> AsyncIterator[bytes]:
    """Lines of a stream. (httpx's own also split at U+2028, which a model may well write.)"""
    held = b""
    async for data in reply.aiter_bytes():
        *lines, held = (held + data).split(b"\n")
        for line in lines:
            yield line.rstrip(b"\r")


def _check(runner: Runner, status: int, data: Mapping[str, Any]) -> None:
    if status < 400:
        return
    if status == 429:
        raise ApiError(429, f"{runner.name} is busy.", "queue_full", type="rate_limit_error", retry_after=5)
    if status >= 500 or status in (401, 403):
        raise EngineError(f"The engine {runner.name} answered with status {status}.")
    raise runner.engine.refusal(status, data)


def _lost(runner: Runner, error: httpx.HTTPError) -> Exception:
    if isinstance(error, httpx.ReadTimeout):
        runner.silent()
        seconds = runner.http.timeout.read
        sentence = f"The engine {runner.name} said nothing for {seconds:.0f} s. Try again, or ask for a shorter answer."
        return ApiError(504, sentence, "engine_silent", type="server_error", retry_after=5)
    return EngineError(f"The engine {runner.name} cannot be reached or died while it answered. Try again in a moment.")


def _json(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
