"""Whose turn it is: a bounded queue that takes clients in turn, so that one busy client holds nobody up.

It knows nothing of models or HTTP.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SMOOTHING = 0.2


class QueueFull(Exception):
    """No room to wait; `retry_after` is an estimate in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"queue full, retry after {retry_after} s")
        self.retry_after = retry_after


class FairQueue:
    """`places` calls at a time; at most `waiting` wait in all, and `each` of one client."""

    def __init__(self, places: int, waiting: int, each: int) -> None:
        self.places = places
        self.limit = waiting
        self.each = each
        self._free = places
        self._lines: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._seconds = 1.0

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return sum(len(line) for line in self._lines.values())

    @property
    def running(self) -> int:
        """How many are being answered now."""
        return self.places - self._free

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a place and hold it; leaving, or being cancelled while waiting, gives it to the next.

        Raises:
            QueueFull: too many wait already.
        """
        await self._enter(client)
        begun = time.monotonic()
        try:
            yield
        finally:
            self._seconds += SMOOTHING * (time.monotonic() - begun - self._seconds)
            self._leave()

    async def _enter(self, client: str) -> None:
        if self._free and not self._lines:
            self._free -= 1
            return
        line = self._lines.get(client, ())
        if self.waiting >= self.limit or len(line) >= self.each:
            raise QueueFull(self._estimate())
        turn = asyncio.get_running_loop().create_future()
        self._lines.setdefault(client, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()  # it was this one's turn just now
            else:
                self._forget(client, turn)
            raise

    def _leave(self) -> None:
        """Give the place to the next client in the round, or keep it free."""
        while self._lines:
            client, line = self._lines.popitem(last=False)
            turn = line.popleft()
            if line:
                self._lines[client] = line  # to the end of the round
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        line = self._lines.get(client)
        if line and turn in line:
            line.remove(turn)
            if not line:
                del self._lines[client]

    def _estimate(self) -> int:
        return max(1, min(60, math.ceil(self._seconds * (self.waiting + 1) / self.places)))
