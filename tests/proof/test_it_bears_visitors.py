"""It bears visitors: 200 come and go and the memory is as before; who reads slowly holds nobody up."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest
from faults import SERVICE, found, megabytes

from benchmarks.visitors.server import Server, serving
from benchmarks.visitors.visitor import Visitor
from sandbox.gateway.settings import Settings

pytestmark = [pytest.mark.proof, pytest.mark.slow, pytest.mark.timeout(1200)]

VISITORS, AT_ONCE = 200, 10
PAGES = ("chat", "next-word", "tokens", "prompt-lab", "bias", "personal-data", "documents", "trick")
PATIENCE = 240
MORE = 1.10


@pytest.fixture(scope="module")
def labs() -> Iterator[Server]:
    """The labs alone, as `make sandbox` serves them."""
    with serving() as server:
        yield server


def come_and_go(server: Server, number: int) -> None:
    """Open a page, read its widgets, and leave: every second says good-bye, the others only vanish."""
    visitor = Visitor(server.address)
    kernel = visitor.open(f"{'en/' if number % 3 == 0 else ''}sandbox/{PAGES[number % len(PAGES)]}.ipynb")
    visitor.connect(kernel)
    if number % 2:
        assert visitor.leave(kernel) == 204
    visitor.close()


def visits(server: Server, count: int) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda number: come_and_go(server, number), range(count)))


def at_rest(server: Server, kernels: int) -> float:
    """Wait until no more kernels run than before anyone came and the memory is steady; return it, in MB."""
    deadline, last = time.monotonic() + PATIENCE, 0.0
    while True:
        now = megabytes(server.process.pid)
        running = len(server.kernels())
        if running <= kernels and abs(now - last) < 0.01 * now:
            return now
        assert time.monotonic() < deadline, f"{running} kernels still run, {kernels} ran before; {now:.0f} MB"
        last = now
        time.sleep(2)


def spare_kernels(server: Server) -> int:
    """Wait until those that are kept ready are there; return how many processes that is."""
    last, same = 0, 0
    while same < 5:
        now = len(server.kernels())
        same = same + 1 if now == last and now > 1 else 0
        last = now
        time.sleep(1)
    return last


def test_two_hundred_visitors_leave_nothing_behind(labs: Server) -> None:
    visits(labs, len(PAGES))  # what is read once and kept, such as each page's template
    kernels = spare_kernels(labs)
    before = at_rest(labs, kernels)
    visits(labs, VISITORS)
    after = at_rest(labs, kernels)
    print(f"{VISITORS} visitors: {before:.0f} MB before, {after:.0f} MB after")
    assert after <= MORE * before


def asking(server: Server) -> tuple[str, dict[str, str]]:
    """Where the model service is, and what lets one in."""
    (service,) = found(server.process.pid, SERVICE)
    environment = service.environ()
    port, run = environment["SANDBOX_MODEL_PORT"], f"{environment['KOEREKORT_VAR']}/run"
    with open(f"{run}/model.token", encoding="ascii") as file:
        return f"http://127.0.0.1:{port}", {"Authorization": f"Bearer {file.read().strip()}"}


def slow_reader(root: str, headers: dict[str, str], name: int) -> socket.socket:
    """Ask for a long answer with all that can be told of it, and have room for a few kilobytes of it."""
    request = httpx.Request(
        "POST",
        f"{root}/v1/completions",
        headers=headers,
        json={"prompt": "Der var engang", "max_tokens": 250, "stream": True, "logprobs": 20, "user": f"slow-{name}"},
    )
    at = urlsplit(root)
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    reader.settimeout(PATIENCE)
    reader.connect((at.hostname, at.port))
    lines = [f"POST {at.path}/v1/completions HTTP/1.1", *(f"{key}: {value}" for key, value in request.headers.items())]
    reader.sendall("\r\n".join([*lines, "", ""]).encode() + request.content)
    assert b"200" in reader.recv(64)
    return reader


def test_slow_readers_hold_nobody_up(labs: Server) -> None:
    """As many as the engine has places read some bytes a second; another is answered while they still do."""
    root, headers = asking(labs)
    with ExitStack() as stack, httpx.Client(base_url=root, headers=headers, timeout=PATIENCE) as client:
        readers = [stack.enter_context(slow_reader(root, headers, number)) for number in range(Settings.parallel)]
        asked = {"prompt": "Hej", "max_tokens": 5, "user": "quick"}
        quick = stack.enter_context(ThreadPoolExecutor(1)).submit(client.post, "/v1/completions", json=asked)
        while not quick.done():
            assert b"" not in [reader.recv(16) for reader in readers], "a slow reader was cut off"
            time.sleep(0.2)
        assert quick.result().status_code == 200
        assert not any(b"[DONE]" in reader.recv(16) for reader in readers)
