"""Short ways to watch a running model service."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import psutil

ENDLESS = "hej " * 12  # the likeliest word after it is always the same


def wait(what: Callable[[], object], seconds: float = 30) -> None:
    """Wait until `what` is true."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def engines(service: Any) -> dict[str, dict[str, Any]]:
    """What GET /health tells of each engine, by `model/engine`."""
    with service.http() as client:
        found = client.get("/health").json()["engines"]
    return {f"{engine['model']}/{engine['engine']}": engine for engine in found}


def children(service: Any) -> list[psutil.Process]:
    """The engines' processes."""
    return psutil.Process(service.process.pid).children()


@contextmanager
def readers(client: httpx.Client, number: int = 1) -> Iterator[list[Iterator[bytes]]]:
    """Readers of long answers that have begun, each a client of its own to the queue; at the end they go away."""
    with ExitStack() as stack:
        parts = []
        for at in range(number):
            body = {"prompt": ENDLESS, "max_tokens": 4000, "stream": True, "temperature": 0, "user": str(at)}
            reply = stack.enter_context(client.stream("POST", "/v1/completions", json=body))
            parts.append(reply.iter_bytes())
            while b"data:" not in next(parts[-1]):
                pass
        yield parts
