"""`python -m benchmarks.service`: our model service beside bare llama.cpp and `transformers serve`, as ratios.

All servers stand ready at once, and are asked in turn, one round after the other, so that what else the machine does
hits all of them. A number is the median over the rounds; a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

import httpx

from benchmarks.service.contestants import Contestant, bare, ours, transformers_serve

TOKENS = 64
STREAMS = (1, 8)
ALONE = httpx.Limits(max_keepalive_connections=0)  # a connection for each answer, so that none is closed under it
PROMPT = "Nummer {number}. Kommunen har modtaget din ansøgning om støtte, og du vil få svar inden"


async def answer(http: httpx.AsyncClient, one: Contestant, number: int, most: int) -> tuple[float, int]:
    """Seconds to the first text, and how many tokens came."""
    body = {"model": one.model, "prompt": PROMPT.format(number=number), "max_tokens": most, "temperature": 0}
    body |= {"stream": True, "stream_options": {"include_usage": True}}
    begun, first, tokens = time.perf_counter(), 0.0, 0
    headers = {"Authorization": f"Bearer {one.key}"} if one.key else {}
    async with http.stream("POST", f"{one.url}/completions", json=body, headers=headers) as reply:
        reply.raise_for_status()
        async for line in reply.aiter_lines():
            if not line.startswith("data: {"):
                continue
            event = json.loads(line[6:])
            if not first and event.get("choices") and event["choices"][0].get("text"):
                first = time.perf_counter() - begun
            tokens = (event.get("usage") or {}).get("completion_tokens", tokens)
    return first, tokens


async def speed(one: Contestant, streams: int, number: int) -> tuple[float, float]:
    """Tokens a second over all streams, and the median of the seconds to the first text."""
    async with httpx.AsyncClient(timeout=600, trust_env=False, limits=ALONE) as http:
        begun = time.perf_counter()
        asked = (answer(http, one, 100 * number + at, TOKENS) for at in range(streams))
        found = await asyncio.gather(*asked)
        seconds = time.perf_counter() - begun
    return sum(tokens for _, tokens in found) / seconds, statistics.median(first for first, _ in found)


async def first_text(one: Contestant, number: int) -> float:
    """Seconds to the first text of one answer: the median of five."""
    async with httpx.AsyncClient(timeout=600, trust_env=False, limits=ALONE) as http:
        return statistics.median([(await answer(http, one, 1000 * number + at, 4))[0] for at in range(5)])


def measure(contestants: list[Contestant], rounds: int) -> dict[str, dict[str, list[float]]]:
    """The numbers of each round by contestant; each round begins with another one."""
    found: dict[str, dict[str, list[float]]] = {one.name: {} for one in contestants}
    for one in contestants:
        asyncio.run(first_text(one, 9))  # warm
    for number in range(rounds):
        at = number % len(contestants)
        for streams in STREAMS:
            for one in contestants[at:] + contestants[:at]:
                rate, _ = asyncio.run(speed(one, streams, number + 1))
                found[one.name].setdefault(f"{streams}", []).append(rate)
        for one in contestants[at:] + contestants[:at]:
            found[one.name].setdefault("first", []).append(asyncio.run(first_text(one, number + 10)))
        print(f"round {number + 1} of {rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return found


def table(contestants: list[Contestant], found: dict[str, dict[str, list[float]]]) -> str:
    """The results as Markdown; ours is compared with each of the others."""
    rows = ["| server | tok/s, 1 stream | tok/s, 8 streams | first text, ms | memory, GB (proportional) | ready, s |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    mine = found[contestants[0].name]
    for one in contestants:
        told = found[one.name]
        resident, proportional = one.memory()
        cells = [f"{statistics.median(told[key]):.1f}" for key in ("1", "8")]
        cells.append(f"{1000 * statistics.median(told['first']):.0f}")
        rows.append(f"| {one.name} | {' | '.join(cells)} | {resident:.2f} ({proportional:.2f}) | {one.ready:.1f} |")
    for one in contestants[1:]:
        told = found[one.name]
        cells = [f"{_paired(mine[key], told[key], lambda a, b: a / b):.2f} ×" for key in ("1", "8")]
        cells.append(f"{1000 * _paired(mine['first'], told['first'], lambda a, b: a - b):+.0f}")
        rows.append(f"| *ours beside {one.name}* | {' | '.join(cells)} | | |")
    return "\n".join(rows)


def _paired(mine: list[float], other: list[float], how: Callable[[float, float], float]) -> float:
    return statistics.median(how(one, two) for one, two in zip(mine, other, strict=True))


def main() -> None:
    """Start all, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument(
        "--transformers", help="the command `transformers` of an environment with transformers[serving]"
    )
    options = parser.parse_args()
    starts: list[AbstractContextManager[Contestant]] = [ours(), bare(alike=True), bare(alike=False)]
    if options.transformers:
        starts.append(transformers_serve(options.transformers))
    before = os.getloadavg()[0]
    with ExitStack() as stack:
        contestants = [stack.enter_context(start) for start in starts]
        found = measure(contestants, options.rounds)
        print(table(contestants, found))
    loads = f"load {before:.1f} before and {os.getloadavg()[0]:.1f} after"
    print(f"\n{options.rounds} rounds, {os.cpu_count()} cores, {loads}.")


if __name__ == "__main__":
    main()
