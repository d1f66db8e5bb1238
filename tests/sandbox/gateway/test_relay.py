"""Pieces taken ahead of their reader: whoever reads slowly, or goes away, holds no place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from sandbox.engines.wire import Piece
from sandbox.errors import EngineError
from sandbox.gateway.relay import ahead


class Engine:
    """Writes `count` pieces, then ends or fails; `closed` when its place is free."""

    def __init__(self, count: int, fault: Exception | None = None) -> None:
        self.count, self.fault, self.closed = count, fault, asyncio.Event()

    async def pieces(self) -> AsyncGenerator[Piece, None]:
        try:
            for number in range(self.count):
                await asyncio.sleep(0)
                yield Piece(text=str(number))
            if self.fault:
                raise self.fault
        finally:
            self.closed.set()


def test_the_place_is_free_before_the_reader_has_read() -> None:
    async def read() -> str:
        engine = Engine(1000)
        async with aclosing(ahead(engine.pieces())) as parts:
            text = (await anext(parts)).text
            await asyncio.wait_for(engine.closed.wait(), 60)  # the reader reads no more meanwhile
            return text + "".join([part.text async for part in parts])

    assert asyncio.run(read()) == "".join(map(str, range(1000)))


def test_a_fault_comes_after_what_was_written() -> None:
    texts: list[str] = []

    async def read() -> None:
        async for part in ahead(Engine(3, EngineError("died")).pieces()):
            texts.append(part.text)

    with pytest.raises(EngineError, match="died"):
        asyncio.run(read())
    assert texts == ["0", "1", "2"]


def test_a_reader_who_goes_away_ends_the_work() -> None:
    async def leave() -> None:
        engine = Engine(10**9)
        async with aclosing(ahead(engine.pieces())) as parts:
            await anext(parts)
        await asyncio.wait_for(engine.closed.wait(), 60)

    asyncio.run(leave())
