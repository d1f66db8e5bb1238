"""Measures how many visitors the sandbox bears: python -m benchmarks.visitors.load [--visitors 30] [--over 60]

Starts the sandbox itself. Visitors without a browser open a page, connect to its kernel and read its widgets, as a
browser does; some real Chromiums come too, each twice. It does not know how the sandbox is made.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.visitors.server import Server, serving
from benchmarks.visitors.visitor import Visitor
from course import paths

PAGES = [f"{folder}sandbox/{name}.ipynb" for name in ("chat", "next-word", "tokens") for folder in ("", "en/")]
CHROMIUM = ["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
SETTLE_S = 5


@dataclass
class Seen:
    """What was measured, in milliseconds, megabytes and seconds."""

    first: list[float] = field(default_factory=list)
    html: list[float] = field(default_factory=list)
    connected: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    bytes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    freed_s: dict[str, float] = field(default_factory=dict)
    load: float = 0.0


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print a Markdown table; 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.visitors.load", description="Load the sandbox.")
    parser.add_argument("--visitors", type=int, default=30, help="visitors without a browser (30)")
    parser.add_argument("--over", type=float, default=60, help="seconds over which they arrive (60; 0: all at once)")
    parser.add_argument("--browsers", type=int, default=3, help="real Chromiums, one after another (3)")
    parser.add_argument("--patience", type=float, default=120, help="seconds to wait for kernels to be freed (120)")
    parser.add_argument("--code", type=Path, default=paths.ROOT, help="another checkout to measure instead")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    seen = Seen()
    with serving(options.code.resolve()) as server:
        time.sleep(SETTLE_S)
        browse(server, options.browsers, seen)
        time.sleep(SETTLE_S)
        resting = len(server.kernels())
        visit(server, (options.visitors, options.over, options.patience), resting, seen)
    print(table(seen, options.visitors, options.over))
    for error in seen.errors:
        print(f"- {error}", file=sys.stderr)
    return 1 if seen.errors else 0


def browse(server: Server, count: int, seen: Seen) -> None:
    """Let real browsers open a page with an empty cache, and once more with a full one."""
    from playwright.sync_api import sync_playwright

    sandboxed = [] if os.geteuid() else ["--no-sandbox"]
    root = server.address.split("/login")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM + sandboxed)
        for number in range(count):
            page = browser.new_context().new_page()
            page.goto(server.address)
            for times in (seen.cold, seen.warm):
                url = f"{root}/voila/render/{PAGES[number % len(PAGES)]}"
                with told(seen, "browser"), counted(page, seen):
                    times.append(usable_ms(page, url))
            page.context.close()
        browser.close()


@contextmanager
def counted(page: Any, seen: Seen) -> Iterator[None]:
    """Count a page's requests, and the bytes that came over the line."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    asked, size = [0], [0.0]
    session.on("Network.requestWillBeSent", lambda _: asked.__setitem__(0, asked[0] + 1))
    session.on("Network.loadingFinished", lambda e: size.__setitem__(0, size[0] + e["encodedDataLength"]))
    yield
    seen.requests.append(asked[0])
    seen.bytes.append(size[0])
    session.detach()


def usable_ms(page: Any, url: str) -> float:
    """Return the milliseconds from asking for a page until all its parts can be used."""
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("body.kk-ready", timeout=120_000)
    return (time.perf_counter() - start) * 1000


def visit(server: Server, how: tuple[int, float, float], resting: int, seen: Seen) -> None:
    """Let visitors arrive, stay until all are there, and leave: half of them say good-bye, half only vanish."""
    count, over, patience = how
    visitors = [Visitor(server.address) for _ in range(count)]
    with ThreadPoolExecutor(max(count, 1)) as pool:
        waits = [number * over / max(count - 1, 1) for number in range(count)]
        arrived = [pool.submit(arrive, *each, seen) for each in zip(visitors, waits, PAGES * count, strict=False)]
        kernels = [task.result() for task in arrived]
        seen.load = os.getloadavg()[0]
        seen.megabytes = server.kernel_megabytes()
        polite = [pool.submit(v.leave, k) for v, k in list(zip(visitors, kernels, strict=True))[::2] if k]
        for task in polite:
            task.result()
    left = (count + 1) // 2
    seen.freed_s["good-bye"] = freed(lambda: len(server.kernels()) <= resting + count - left, patience)
    for visitor in visitors:
        visitor.close()
    seen.freed_s["vanished"] = freed(lambda: len(server.kernels()) <= resting, patience)


def arrive(visitor: Visitor, wait: float, page: str, seen: Seen) -> str:
    """Open a page when it is time, connect to its kernel and read its widgets; return the kernel's id."""
    time.sleep(wait)
    kernel = ""
    with told(seen, page):
        start = time.perf_counter()
        first, text = visitor.read(page)
        seen.first.append((first - start) * 1000)
        seen.html.append((time.perf_counter() - start) * 1000)
        kernel = visitor.kernel_in(text)
        visitor.connect(kernel)
        seen.connected.append((time.perf_counter() - start) * 1000)
    return kernel


def freed(done: Callable[[], bool], patience: float) -> float:
    """Return after how many seconds `done`; infinity if it takes too long."""
    start = time.monotonic()
    while time.monotonic() - start < patience:
        if done():
            return time.monotonic() - start
        time.sleep(0.5)
    return math.inf


@contextmanager
def told(seen: Seen, where: str) -> Iterator[None]:
    """Note an error and go on."""
    try:
        yield
    except Exception as error:
        seen.errors.append(f"{where}: {type(error).__name__}: {str(error)[:200]}")


def table(seen: Seen, visitors: int, over: float) -> str:
    """Return what was seen as Markdown."""
    rows = [
        ("first byte of the HTML, ms, p50 / p95", _spread(seen.first)),
        ("whole HTML, ms, p50 / p95", _spread(seen.html)),
        ("widgets read over the websocket, ms, p50 / p95", _spread(seen.connected)),
        ("usable in Chromium, cold, ms, median / most", _spread(seen.cold, 1.0)),
        ("usable in Chromium, warm, ms, median / most", _spread(seen.warm, 1.0)),
        ("requests of a page, cold / warm", " / ".join(map(str, seen.requests[:2]))),
        ("MB of a page, cold / warm", " / ".join(f"{it / 1e6:.2f}" for it in seen.bytes[:2])),
        ("MB (PSS) per visitor, spare kernels included", f"{sum(seen.megabytes) / max(visitors, 1):.0f}"),
        ("MB (PSS) of the largest kernel", f"{max(seen.megabytes, default=0):.0f}"),
        ("seconds until freed: said good-bye / vanished", " / ".join(f"{s:.0f}" for s in seen.freed_s.values())),
        ("errors", str(len(seen.errors))),
    ]
    head = f"{visitors} visitors over {over:g} s; load {seen.load:.1f} on {os.cpu_count()} cores"
    return "\n".join([f"| {head} | seen |", "| --- | ---: |", *(f"| {name} | {value} |" for name, value in rows)])


def _spread(values: list[float], high: float = 0.95) -> str:
    if not values:
        return "-"
    ordered = sorted(values)
    return f"{ordered[(len(ordered) - 1) // 2]:.0f} / {ordered[math.ceil(high * len(ordered)) - 1]:.0f}"


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


if __name__ == "__main__":
    sys.exit(main())
