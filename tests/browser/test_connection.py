"""A page and its kernel in a real Chromium: one is lost, another is got, and none is kept for a page that is closed."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import pytest
from axe import READY
from faults import KERNEL, found
from playwright.sync_api import Page, expect
from served import SAMPLE, Served, StartPages

from sandbox.pages.forked import CAN_FORK
from sandbox.pages.server import PING_MS

Open = Callable[..., Page]


ANSWER = "Ja, den gætter det næste ord."


def works(page: Page) -> None:
    """The page, never loaded anew, is answered by its kernel."""
    card = page.locator(".kk-current .kk-demo")
    card.get_by_role("button", name="Svar").click()
    expect(card.get_by_role("status")).to_have_text(ANSWER, timeout=READY)
    assert page.evaluate("window.sameAsBefore")


def test_a_page_whose_kernel_is_killed_gets_another(open_page: Open, start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    page = open_page(served, "sample/sample.ipynb#words")
    page.evaluate("window.sameAsBefore = true")
    for kernel in found(served.pid, KERNEL):
        if not kernel.children():
            kernel.kill()
    expect(page.locator("#kk-status")).to_contain_text("Siden blev afbrudt", timeout=READY)
    expect(page.locator("#kk-status")).to_contain_text("Siden virker igen", timeout=READY)
    works(page)
    expect(page.locator(".kk-piece:visible")).to_have_id("words")


def test_a_page_outlives_its_server(open_page: Open, start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    page = open_page(served, "sample/sample.ipynb#words")
    page.evaluate("window.sameAsBefore = true")
    stop(served)
    expect(page.locator("#kk-status")).to_contain_text("ingen forbindelse", timeout=READY)
    start_again(start_pages, served)
    expect(page.locator("#kk-status")).to_contain_text("Siden virker igen", timeout=READY)
    works(page)


def test_a_page_that_is_let_in_no_more_asks_to_be_loaded_again(open_page: Open, start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    page = open_page(served, "sample/sample.ipynb")
    stop(served)
    (served.var / "run" / "pages.token").unlink()
    start_again(start_pages, served)
    expect(page.locator("#kk-status")).to_contain_text("skal hentes igen", timeout=READY)
    page.get_by_role("link", name="Hent siden igen").click()
    expect(page.get_by_label("Kode")).to_be_visible(timeout=READY)


@pytest.mark.slow
def test_a_page_that_is_only_read_keeps_its_connection(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    lost: list[str] = []
    page.on("console", lambda message: lost.append(message.text) if "Connection lost" in message.text else None)
    page.wait_for_timeout(2.5 * PING_MS)
    assert lost == []


def stop(served: Served) -> None:
    server = psutil.Process(served.pid)
    server.kill()
    server.wait(10)


def start_again(start_pages: StartPages, served: Served) -> None:
    start_pages(SAMPLE, "--port", served.root.rpartition(":")[2], var=served.var)


def test_closing_a_page_frees_its_kernel(open_page: Open, start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    server, forks = psutil.Process(served.pid), int(CAN_FORK)  # the process that kernels are forked from stays

    def wait_for_kernels(count: int) -> None:
        for _ in range(150):
            if len(server.children(recursive=True)) - forks == count:
                return
            page.wait_for_timeout(200)
        pytest.fail(f"{len(server.children(recursive=True)) - forks} kernels run, expected {count}")

    page = open_page(served, "sample/sample.ipynb")  # by way of the home page, which is left before it is whole
    wait_for_kernels(1)
    page.goto("about:blank")
    wait_for_kernels(0)
    page.goto(f"{served.root}/voila/render/index.ipynb")
    page.wait_for_selector("body.kk-ready")
    wait_for_kernels(0)  # the home page has nothing that needs a kernel
