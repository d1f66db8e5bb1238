"""Reading requests and writing refusals, the same for every route.

It never puts any of a request's text into an error that is not about that text's form.
"""

from __future__ import annotations

import json
import logging
import traceback
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import ApiError, EngineError, NotPreparedError
from sandbox.gateway.queue import QueueFull

log = logging.getLogger("sandbox.gateway")


async def read_json(request: Request, limit: int) -> dict[str, Any]:
    """The request's JSON object, `limit` bytes at most.

    Raises:
        ApiError: 413 or 400.
    """
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > limit:
            sentence = f"The request is larger than {limit} bytes, which is the most that is read. Send less text."
            raise ApiError(413, sentence, "request_too_large", limit=limit)
    try:
        body = json.loads(bytes(data))
    except (ValueError, RecursionError):
        raise ApiError(400, "The request's body is not JSON in UTF-8.", "invalid_json") from None
    if not isinstance(body, dict):
        raise ApiError(400, "The request's body is JSON, but not an object.", "invalid_json")
    return body


def refusal(error: ApiError) -> Response:
    """The error as a response."""
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    return JSONResponse(error.body(), error.status, headers)


def refusal_of(error: BaseException) -> ApiError:
    """Any error as a refusal; one that nobody foresaw is logged by type and place, without its text."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, ClientDisconnect):
        return ApiError(499, "The client went away.", "client_gone")
    if isinstance(error, QueueFull):
        sentence = f"Too many are waiting for the model. Try again in {error.retry_after} s."
        return ApiError(429, sentence, "queue_full", type="rate_limit_error", retry_after=error.retry_after)
    if isinstance(error, NotPreparedError):
        return ApiError(503, str(error), "model_not_prepared", type="server_error", retry_after=30)
    if isinstance(error, EngineError):
        return ApiError(503, str(error), "engine_down", type="server_error", retry_after=error.retry_after)
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{place[0].filename}:{place[0].lineno}" if place else "?"
    log.error("unforeseen %s at %s", type(error).__name__, where)
    return ApiError(
        500, "The model service made a mistake. It is not your request's fault.", "internal", type="server_error"
    )
