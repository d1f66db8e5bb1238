"""The HTTP side of an engine written in Python: the OpenAI subset around an object that generates and scores.

It trusts its one caller, the gateway, which has checked the call. One call is worked on at a time.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from threading import Event
from typing import Any, Protocol

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.engines.child import Parent, Setup
from sandbox.engines.wire import CHAT, COMPLETION, Call, Piece, Token, Usage
from sandbox.engines.write import Writer


class Generator(Protocol):
    """What stands behind this server."""

    context: int

    def tokens(self, text: str, special: bool = True) -> list[Token]:
        """The tokens of a text."""

    def prompt_ids(self, call: Call) -> list[int]:
        """The token ids that the model reads for a call."""

    def generate(self, call: Call, ids: list[int], cancelled: Event) -> Iterator[Piece]:
        """The answer in pieces; the last has `finish` and `usage`."""

    def score(self, ids: list[int], number: int) -> list[Any]:
        """vLLM's `prompt_logprobs`."""


class App:
    """The routes, around one generator."""

    def __init__(self, generator: Generator, setup: Setup) -> None:
        self.generator = generator
        self.setup = setup
        self.turn = asyncio.Lock()

    def routes(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                Route("/health", self.health),
                Route("/v1/chat/completions", self.chat, methods=["POST"]),
                Route("/v1/completions", self.complete, methods=["POST"]),
                Route("/tokenize", self.tokenize, methods=["POST"]),
            ]
        )

    async def health(self, _request: Request) -> Response:
        """Alive."""
        return JSONResponse({"status": "ok"})

    async def chat(self, request: Request) -> Response:
        """POST /v1/chat/completions."""
        return await self._answer(request, CHAT)

    async def complete(self, request: Request) -> Response:
        """POST /v1/completions."""
        return await self._answer(request, COMPLETION)

    async def tokenize(self, request: Request) -> Response:
        """POST /tokenize, in vLLM's form."""
        if not self._known(request):
            return _refuse(401, "authentication_error", "Invalid API key")
        body = await request.json()
        found = await asyncio.to_thread(self.generator.tokens, body["prompt"], body.get("add_special_tokens", True))
        return JSONResponse(
            {
                "tokens": [token.id for token in found],
                "token_strs": [token.text for token in found],
                "count": len(found),
                "max_model_len": self.setup.context,
            }
        )

    async def _answer(self, request: Request, kind: str) -> Response:
        if not self._known(request):
            return _refuse(401, "authentication_error", "Invalid API key")
        call = call_of(await request.json(), kind)
        ids = await asyncio.to_thread(self.generator.prompt_ids, call)
        if len(ids) >= self.setup.context:
            numbers = {"n_prompt_tokens": len(ids), "n_ctx": self.setup.context}
            return _refuse(400, "exceed_context_size_error", "The prompt is too long.", **numbers)
        if call.stream:
            return StreamingResponse(self._events(call, ids), media_type="text/event-stream")
        async with self.turn:
            return JSONResponse(Writer(call).whole(await self._whole(call, ids)))

    async def _whole(self, call: Call, ids: list[int]) -> Piece:
        pieces = [piece async for piece in self._pieces(call, ids)] if call.max_tokens else []
        last = pieces[-1] if pieces else Piece(finish="length", usage=Usage(len(ids), 0))
        scores = None
        if call.prompt_logprobs is not None:
            scores = await asyncio.to_thread(self.generator.score, ids, call.prompt_logprobs)
        chosen = tuple(item for piece in pieces for item in piece.chosen)
        return replace(last, text="".join(piece.text for piece in pieces), chosen=chosen, prompt_logprobs=scores)

    async def _events(self, call: Call, ids: list[int]) -> AsyncIterator[str]:
        writer = Writer(call)
        async with self.turn:
            async for piece in self._pieces(call, ids):
                yield _event(writer.chunk(piece))
                if piece.usage:
                    yield _event(writer.last(piece.usage))
        yield "data: [DONE]\n\n"

    async def _pieces(self, call: Call, ids: list[int]) -> AsyncIterator[Piece]:
        """The pieces as they come. When the caller goes away, the work ends before the next call's turn."""
        cancelled, loop = Event(), asyncio.get_running_loop()
        ready: asyncio.Queue[Piece | None] = asyncio.Queue()

        def work() -> None:
            try:
                for piece in self.generator.generate(call, ids, cancelled):
                    loop.call_soon_threadsafe(ready.put_nowait, piece)
            finally:
                loop.call_soon_threadsafe(ready.put_nowait, None)

        working = asyncio.ensure_future(asyncio.to_thread(work))
        try:
            while (piece := await ready.get()) is not None:
                yield piece
            await working
        finally:
            cancelled.set()
            with anyio.CancelScope(shield=True):
                await asyncio.wait([working])

    def _known(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), self.setup.key.encode())


def call_of(body: dict[str, Any], kind: str) -> Call:
    """The call in a request's JSON."""
    top = body.get("top_logprobs", 0) if body.get("logprobs") is True else body.get("logprobs")
    return Call(
        kind=kind,
        model=body["model"],
        max_tokens=body["max_tokens"],
        prompt=body.get("prompt", ""),
        messages=tuple(body.get("messages", ())),
        stream=body["stream"],
        temperature=body["temperature"],
        top_p=body["top_p"],
        top_k=body["top_k"],
        seed=body.get("seed"),
        stop=tuple(body.get("stop", ())),
        logprobs=top,
        prompt_logprobs=body.get("prompt_logprobs"),
    )


def serve(generator: Generator, setup: Setup, parent: Parent) -> None:
    """Serve on a free loopback port until the gateway is gone."""
    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    parent.ready(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
    config = uvicorn.Config(App(generator, setup).routes(), log_level="critical", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body)}\n\n"


def _refuse(status: int, kind: str, message: str, **more: int) -> Response:
    return JSONResponse({"error": {"message": message, "type": kind, "code": status, **more}}, status)
