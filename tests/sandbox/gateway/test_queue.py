"""Whose turn is it? The queue on its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from sandbox.gateway.queue import FairQueue, QueueFull


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 10))


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def setting(places: int, waiting: int, each: int) -> tuple[FairQueue, list[str], asyncio.Event]:
    """A queue, the order of turns, and what lets the first one go."""
    return FairQueue(places, waiting, each), [], asyncio.Event()


async def hold(queue: FairQueue, client: str, order: list[str], release: asyncio.Event | None = None) -> None:
    async with queue.turn(client):
        order.append(client)
        if release:
            await release.wait()


def test_clients_take_turns() -> None:
    async def work() -> None:
        queue, order, release = setting(1, 10, 10)
        first = asyncio.create_task(hold(queue, "a", order, release))
        await settle()
        rest = [asyncio.create_task(hold(queue, client, order)) for client in "aaabbc"]
        await settle()
        assert (queue.running, queue.waiting) == (1, 6)
        release.set()
        await asyncio.gather(first, *rest)
        assert "".join(order) == "aabcaba"
        assert (queue.running, queue.waiting) == (0, 0)

    run(work())


def test_no_more_run_than_there_are_places() -> None:
    async def work() -> None:
        queue, order, release = setting(2, 10, 10)
        tasks = [asyncio.create_task(hold(queue, "a", order, release)) for _ in range(5)]
        await settle()
        assert (len(order), queue.waiting) == (2, 3)
        release.set()
        await asyncio.gather(*tasks)
        assert len(order) == 5

    run(work())


@pytest.mark.parametrize(("waiting", "each"), [(2, 10), (10, 2)])
def test_a_full_queue_refuses_with_an_estimate(waiting: int, each: int) -> None:
    async def work() -> None:
        queue, order, release = setting(1, waiting, each)
        tasks = [asyncio.create_task(hold(queue, "a", order, release)) for _ in range(3)]
        await settle()
        with pytest.raises(QueueFull) as caught:
            await hold(queue, "a", order)
        assert 1 <= caught.value.retry_after <= 60
        release.set()
        await asyncio.gather(*tasks)

    run(work())


def test_one_client_cannot_fill_the_queue_for_others() -> None:
    async def work() -> None:
        queue, order, release = setting(1, 10, 1)
        tasks = [asyncio.create_task(hold(queue, client, order, release)) for client in ("a", "a", "b")]
        await settle()
        with pytest.raises(QueueFull):
            await hold(queue, "a", order)
        assert queue.waiting == 2
        release.set()
        await asyncio.gather(*tasks)

    run(work())


def test_who_leaves_the_queue_leaves_no_gap() -> None:
    async def work() -> None:
        queue, order, release = setting(1, 10, 10)
        first = asyncio.create_task(hold(queue, "a", order, release))
        await settle()
        gone, stays = (asyncio.create_task(hold(queue, client, order)) for client in "bc")
        await settle()
        gone.cancel()
        await settle()
        assert queue.waiting == 1
        release.set()
        await asyncio.gather(first, stays)
        assert order == ["a", "c"]
        assert (queue.running, queue.waiting) == (0, 0)

    run(work())


def test_who_leaves_in_the_moment_of_the_turn_passes_it_on() -> None:
    async def work() -> None:
        queue, order, release = setting(1, 10, 10)
        first = asyncio.create_task(hold(queue, "a", order, release))
        await settle()
        gone, stays = (asyncio.create_task(hold(queue, client, order)) for client in "bc")
        await settle()
        release.set()
        await asyncio.sleep(0)  # the first one's task ends now, and gives the place to the second
        gone.cancel()
        await asyncio.gather(first, stays)
        assert order[-1] == "c"
        assert (queue.running, queue.waiting) == (0, 0)

    run(work())


def test_an_error_while_holding_a_place_frees_it() -> None:
    async def work() -> None:
        queue = FairQueue(1, 0, 0)
        with pytest.raises(ValueError, match="broken"):
            async with queue.turn("a"):
                raise ValueError("broken")
        async with queue.turn("b"):
            assert queue.running == 1

    run(work())


async def hold_alone(queue: FairQueue, client: str, order: list[str], release: asyncio.Event) -> None:
    async with queue.turn(client, alone=True):
        assert queue.running == 1
        order.append(client)
        await release.wait()
        assert queue.running == 1


def test_who_must_be_alone_waits_for_all_and_holds_up_the_next() -> None:
    async def work() -> None:
        queue, order, release = setting(3, 10, 10)
        alone_done = asyncio.Event()
        first = [asyncio.create_task(hold(queue, client, order, release)) for client in "ab"]
        await settle()
        alone = asyncio.create_task(hold_alone(queue, "c", order, alone_done))
        late = asyncio.create_task(hold(queue, "d", order))
        await settle()
        assert (order, queue.running, queue.waiting) == (["a", "b"], 2, 2)
        release.set()
        await asyncio.gather(*first)
        await settle()
        assert (order, queue.running, queue.waiting) == (["a", "b", "c"], 1, 1)
        alone_done.set()
        await asyncio.gather(alone, late)
        assert (order, queue.running, queue.waiting) == (["a", "b", "c", "d"], 0, 0)

    run(work())


def test_one_that_gives_up_being_alone_lets_the_others_in() -> None:
    async def work() -> None:
        queue, order, release = setting(3, 10, 10)
        first = asyncio.create_task(hold(queue, "a", order, release))
        await settle()
        alone = asyncio.create_task(hold_alone(queue, "b", order, release))
        late = asyncio.create_task(hold(queue, "c", order))
        await settle()
        assert queue.waiting == 2
        alone.cancel()
        await late
        assert order == ["a", "c"]
        release.set()
        await first

    run(work())
