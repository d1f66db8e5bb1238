"""Whose turn it is: a bounded queue that takes clients in turn, so that one busy client holds nobody up.

A call may ask to run alone: it waits until all places are free, and nobody else runs until it is done.
It knows nothing of models or HTTP.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

SMOOTHING = 0.2


class QueueFull(Exception):
    """No room to wait; `retry_after` is an estimate in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"queue full, retry after {retry_after} s")
        self.retry_after = retry_after


@dataclass(eq=False)
class _Waiter:
    alone: bool
    turn: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class FairQueue:
    """`places` calls at a time; at most `waiting` wait in all, and `each` of one client."""

    def __init__(self, places: int, waiting: int, each: int) -> None:
        self.places = places
        self.limit = waiting
        self.each = each
        self.running = 0
        self._alone = False
        self._lines: OrderedDict[str, deque[_Waiter]] = OrderedDict()
        self._seconds = 1.0

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return sum(len(line) for line in self._lines.values())

    @asynccontextmanager
    async def turn(self, client: str, alone: bool = False) -> AsyncIterator[None]:
        """Wait for a place and hold it; leaving, or being cancelled while waiting, gives it to the next.

        Raises:
            QueueFull: too many wait already.
        """
        await self._enter(client, alone)
        begun = time.monotonic()
        try:
            yield
        finally:
            self._seconds += SMOOTHING * (time.monotonic() - begun - self._seconds)
            self._leave()

    async def _enter(self, client: str, alone: bool) -> None:
        if not self._lines and self._fits(alone):
            self._take(alone)
            return
        if self.waiting >= self.limit or len(self._lines.get(client, ())) >= self.each:
            raise QueueFull(self._estimate())
        waiter = _Waiter(alone)
        self._lines.setdefault(client, deque()).append(waiter)
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled():
                self._leave()  # it was this one's turn just now
            else:
                self._forget(client, waiter)
            raise

    def _fits(self, alone: bool) -> bool:
        return self.running == 0 if alone else self.running < self.places and not self._alone

    def _take(self, alone: bool) -> None:
        self.running += 1
        self._alone = alone

    def _leave(self) -> None:
        self.running -= 1
        self._alone = False
        self._next()

    def _next(self) -> None:
        """Give free places to the next clients in the round. One that must be alone holds up those behind it."""
        while self._lines:
            client, line = next(iter(self._lines.items()))
            waiter = line[0]
            if not waiter.turn.done():
                if not self._fits(waiter.alone):
                    return
                self._take(waiter.alone)
                waiter.turn.set_result(None)
            line.popleft()
            del self._lines[client]
            if line:
                self._lines[client] = line  # to the end of the round

    def _forget(self, client: str, waiter: _Waiter) -> None:
        line = self._lines.get(client)
        if line and waiter in line:
            line.remove(waiter)
            if not line:
                del self._lines[client]
        self._next()  # it may have held up others

    def _estimate(self) -> int:
        return max(1, min(60, math.ceil(self._seconds * (self.waiting + 1) / self.places)))
