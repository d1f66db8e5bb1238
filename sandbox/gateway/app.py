"""The gateway's routes: token, limits, models, tokenize, health, metrics. The two that generate are in generate.py."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.engines.wire import CHAT, COMPLETION
from sandbox.errors import ApiError
from sandbox.events import Events
from sandbox.gateway import relay
from sandbox.gateway.fleet import Fleet
from sandbox.gateway.generate import GUARD_HEADER, Generate
from sandbox.gateway.guarding import guarded_text
from sandbox.gateway.metrics import Metrics
from sandbox.gateway.params import bad
from sandbox.gateway.replies import read_json, refusal, refusal_of
from sandbox.gateway.settings import Settings
from sandbox.gateway.telling import Telling
from sandbox.models import Address, Entry
from sandbox.reports import Reports

OPEN = ("/health",)


def build_app(fleet: Fleet, settings: Settings, token: str) -> Starlette:
    """The gateway as an ASGI application; its lifespan starts and stops the engines."""
    metrics, events = Metrics(), Events(fleet.catalogue.models)
    plain, telling = Plain(fleet, settings, metrics), Telling(events, Reports())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await fleet.start()
        yield
        await fleet.stop()
        events.close()

    app = Starlette(
        routes=[
            Route("/v1/models", plain.models),
            Route("/v1/models/{model:path}", plain.model),
            Route("/v1/chat/completions", Generate(CHAT, fleet, settings, metrics, events), methods=["POST"]),
            Route("/v1/completions", Generate(COMPLETION, fleet, settings, metrics, events), methods=["POST"]),
            Route("/tokenize", plain.tokenize, methods=["POST"]),
            Route("/health", plain.health),
            Route("/metrics", plain.metrics_page),
            Route("/events", telling.event, methods=["POST"]),
            Route("/reports", telling.report, methods=["POST"]),
        ],
        exception_handlers={HTTPException: _http_error},
        lifespan=lifespan,
    )
    app.add_middleware(Doorkeeper, token=token)
    return app


class Doorkeeper:
    """Asks for the bearer token, and turns every error into OpenAI's shape; nothing of a request is logged."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self.token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in that shows the token."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"] not in OPEN and not self._known(Request(scope)):
            sentence = (
                "The token is missing or wrong. Send `Authorization: Bearer <token>` with the token from model.token."
            )
            await refusal(ApiError(401, sentence, "invalid_api_key", type="authentication_error"))(scope, receive, send)
            return
        begun = False

        async def sending(message: Any) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:  # the last resort: a plain 500, and no text of the request anywhere
            if not begun:
                await refusal(refusal_of(error))(scope, receive, send)

    def _known(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self.token)


class Plain:
    """The routes that generate nothing."""

    def __init__(self, fleet: Fleet, settings: Settings, metrics: Metrics) -> None:
        self.fleet = fleet
        self.settings = settings
        self.metrics = metrics

    async def models(self, _request: Request) -> Response:
        """GET /v1/models."""
        entries = self.fleet.catalogue.models.values()
        return JSONResponse({"object": "list", "data": [self._model(entry) for entry in entries]})

    async def model(self, request: Request) -> Response:
        """GET /v1/models/{model}."""
        return JSONResponse(self._model(self.fleet.entry(request.path_params["model"])))

    async def tokenize(self, request: Request) -> Response:
        """POST /tokenize, in vLLM's form; `token_strs` is always there."""
        body = await read_json(request, self.settings.body)
        entry = self.fleet.entry(body.get("model"))
        text, special = body.get("prompt"), body.get("add_special_tokens", True)
        if not isinstance(text, str):
            raise bad("prompt", text, "Give one text.")
        if not isinstance(special, bool):
            raise bad("add_special_tokens", special, "Give true or false.")
        safe, kinds = await run_in_threadpool(guarded_text, text)
        for kind, number in kinds.items():
            self.metrics.findings.labels(kind).inc(number)
        self.fleet.need(entry.id, "tokenize")
        found = await relay.tokens(self.fleet.runner(entry.id), safe, special)
        return JSONResponse(
            {
                "count": len(found),
                "max_model_len": entry.context,
                "tokens": [token.id for token in found],
                "token_strs": [token.text for token in found],
            },
            headers={GUARD_HEADER: "allow" if safe == text else "mask"},
        )

    async def health(self, _request: Request) -> Response:
        """GET /health: 200 when the default model answers, else 503; the body tells each engine's state."""
        state = self.fleet.default.state
        status = {"ready": "ok", "starting": "starting", "idle": "starting"}.get(state, "down")
        body = {"status": status, "default_model": self.fleet.catalogue.default, "engines": self.fleet.health()}
        return JSONResponse(body, 200 if status == "ok" else 503)

    async def metrics_page(self, _request: Request) -> Response:
        """GET /metrics, Prometheus text."""
        rows = (
            (one.name, one.state, one.queue.running, one.queue.waiting, one.deaths, one.memory) for one in self.fleet
        )
        return Response(self.metrics.page(rows), media_type="text/plain; version=0.0.4; charset=utf-8")

    def _model(self, entry: Entry) -> dict[str, Any]:
        runner, scorer = self.fleet.runner(entry.id), self.fleet.runner(entry.id, scoring=True)
        return {
            "id": entry.id,
            "object": "model",
            "created": 0,
            "owned_by": "sandbox",
            "max_model_len": entry.context,
            "title": entry.title,
            "kind": entry.kind,
            "languages": list(entry.languages),
            "licence": dict(entry.licence),
            "revision": entry.revision,
            "sha256": entry.sha256,
            "accepted": dict(entry.accepted) if entry.accepted else None,
            "expect": dict(entry.expect),
            "sampling": dict(entry.sampling),
            "default": entry.id == self.fleet.catalogue.default,
            "engine": runner.engine.name,
            "capabilities": sorted(runner.engine.capabilities | scorer.engine.capabilities),
            "leaves_machine": entry.source.url if isinstance(entry.source, Address) else None,
        }


def _http_error(_request: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    sentence = {404: "There is no such address here.", 405: "This address does not take that method."}
    return refusal(
        ApiError(status, sentence.get(status, "The request failed."), "not_found" if status == 404 else "bad_method")
    )
