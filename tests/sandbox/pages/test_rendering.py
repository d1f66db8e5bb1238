"""How a page comes: the frame before its kernel is there, and all of it when many come at once."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import pytest
from served import SAMPLE, Served, StartPages, page

from benchmarks.visitors.visitor import Visitor
from sandbox import theme

CHAT = "sandbox/chat.ipynb"


@pytest.fixture(scope="module")
def labs(start_pages: StartPages) -> Served:
    """The labs alone, for many visitors."""
    return start_pages(SAMPLE, "--labs-only")


def test_the_frame_comes_before_the_kernel(visitor: httpx.Client) -> None:
    with visitor.stream("GET", f"/voila/render/{CHAT}") as answer:
        parts = answer.iter_text()
        first = next(parts)
        rest = "".join(parts)
    assert "kk.waiting()" in first
    assert "kernelId" not in first
    assert "kernelId" in rest
    assert rest.rstrip().endswith("</html>")


def test_the_waiting_is_said_in_the_pages_language(visitor: httpx.Client) -> None:
    for folder, language in (("", "da"), ("en/", "en")):
        found = re.search(r'<script id="kk-config"[^>]*>(.*?)</script>', page(visitor, f"{folder}{CHAT}"))
        assert found
        told = json.loads(found[1])["texts"]["loading.waiting"]
        assert told == theme.texts()[language]["loading.waiting"]


def test_more_visitors_than_kernels_are_ready_wait_and_all_get_their_page(labs: Served) -> None:
    visitors = [Visitor(labs.address) for _ in range(10)]
    with ThreadPoolExecutor(len(visitors)) as pool:
        pages = list(pool.map(lambda visitor: visitor.read(CHAT)[1], visitors))
    kernels = {visitor.kernel_in(text) for visitor, text in zip(visitors, pages, strict=True)}
    assert len(kernels) == len(visitors)
    for text in pages:
        assert text.rstrip().endswith("</html>")
        assert "kk.failed" not in text
        assert "vnd.jupyter.widget-view+json" in text
    for visitor in visitors:
        visitor.close()


@pytest.mark.skipif(not psutil.LINUX, reason="kernels are forked on Linux alone")
def test_kernels_are_forked_and_share_memory(labs: Served) -> None:
    visitor = Visitor(labs.address)
    visitor.open(CHAT)
    kernels = [it for it in psutil.Process(labs.pid).children(recursive=True) if "forkserver" in " ".join(it.cmdline())]
    assert len(kernels) >= 2
    assert max(process.memory_full_info().pss for process in kernels) < 90 * 2**20
    visitor.close()


def test_kernels_come_again_when_what_forks_them_was_killed(start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    visitor = Visitor(served.address)
    visitor.open(CHAT)
    for process in psutil.Process(served.pid).children():
        process.kill()
    assert visitor.client.get(f"/api/kernels/{visitor.open(CHAT)}").status_code == 200
    visitor.close()
