"""A page in a real browser: how much it asks for, how little the second time, and that its kernel goes with it."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect
from product import Product

PATIENCE = 90_000
FREED_S = 60


@pytest.fixture
def page(browser: Browser, product: Product) -> Page:
    page = browser.new_context().new_page()
    page.goto(product.address)
    return page


def opened(page: Page, product: Product) -> list[str]:
    """Open the chat and return the paths that were asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(product.base).split("?")[0]))
    page.goto(f"{product.base}/voila/render/sandbox/chat.ipynb")
    expect(page.locator("body.kk-ready .kl-chat")).to_be_visible(timeout=PATIENCE)
    return asked


def test_a_page_asks_for_its_scripts_once(page: Page, product: Product) -> None:
    asked = opened(page, product)
    chunks = [
        path for path in asked if re.search(r"/(?:static|labextensions)/.*\.js$", path) and "/templates/" not in path
    ]
    # the chunks in one, Voila's loader, and what each of three extensions starts with
    assert len(chunks) == 5, chunks
    assert len(asked) <= 30


def test_closing_a_page_frees_its_kernel(page: Page, product: Product) -> None:
    asked = opened(page, product)
    (kernel,) = {path for path in asked if path.startswith("/api/kernels/") and not path.endswith("channels")}
    assert page.request.get(product.base + kernel).status == 200
    context = page.context
    page.close(run_before_unload=True)
    end = time.monotonic() + FREED_S
    while context.request.get(product.base + kernel).status != 404:
        assert time.monotonic() < end, "the kernel still runs"
        time.sleep(0.5)
