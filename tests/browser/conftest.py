"""Marks the tests of this folder, and runs them last; pages served without a model, opened with nobody else there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import READY, WIDE
from playwright.sync_api import Browser, Page, ViewportSize
from served import SAMPLE, Served, StartPages, pages_servers

from sandbox.theme.fetch import AXE, axe_folder, fetch

HERE = Path(__file__).parent
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and run them last: Playwright keeps an event loop for the rest of the session."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker's source."""
    fetch(AXE, axe_folder(), print)
    return (axe_folder() / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def start_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartPages]:
    """Start servers that are stopped when these tests are done."""
    with pages_servers(tmp_path_factory.mktemp) as start:
        yield start


@pytest.fixture(scope="module")
def sample_pages(start_pages: StartPages) -> Served:
    """The sample site."""
    return start_pages(SAMPLE)


@pytest.fixture(scope="module")
def real_pages(start_pages: StartPages, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The course's own site, built anew and served; there is no model behind its labs."""
    var = tmp_path_factory.mktemp("real")
    away = {"KOEREKORT_VAR": str(var), "SANDBOX_MODEL_URL": "http://127.0.0.1:9/v1", "KOEREKORT_LEARNER": "anna"}
    subprocess.run([sys.executable, "-m", "course.build"], env=os.environ | away, check=True, capture_output=True)
    del away["KOEREKORT_VAR"]
    return start_pages(var / "site", var=var, **away)


@pytest.fixture
def asked() -> list[str]:
    """Every address that the test's browser asked for."""
    return []


@pytest.fixture
def open_page(browser: Browser, asked: list[str]) -> Iterator[Open]:
    """Open a page of a served site, logged in, and wait until its exercises are there."""
    contexts = []

    def open_it(served: Served, path: str, viewport: ViewportSize | None = None, **options: Any) -> Page:
        context = browser.new_context(viewport=viewport or WIDE, **options)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(served.address, wait_until="commit")
        page.goto(f"{served.root}/voila/render/{path}", wait_until="commit")
        if options.get("java_script_enabled", True):
            page.wait_for_selector("body.kk-ready", timeout=READY)
        return page

    yield open_it
    for context in contexts:
        context.close()
