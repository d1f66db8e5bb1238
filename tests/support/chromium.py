"""A real Chromium for the browser tests: the system's, else by apt as root, else Playwright's own.

Where there is none the browser tests are skipped with a loud line; in CI that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 180_000  # several tests run at once on few cores; what is not there by then does not come
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium_path(request: pytest.FixtureRequest) -> str:
    """Path of a Chromium that can be started."""
    found = _system() or _apt() or _playwright()
    if found:
        return found
    loud = "NO BROWSER: the browser tests did not run. Install Chromium (apt install chromium), then run them again."
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    if reporter:
        reporter.write_line(f"\n{loud}", red=True, bold=True)
    if os.environ.get("CI"):
        pytest.fail(loud, pytrace=False)
    pytest.skip(loud)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once for all tests: a second one in the same process is refused."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One headless Chromium for all tests; each test opens a context of its own."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    chromium = playwright.chromium.launch(executable_path=chromium_path, args=[*QUIET, *as_root])
    yield chromium
    chromium.close()


def _system() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _apt() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", *command], env=environment, stdin=subprocess.DEVNULL, capture_output=True)
    return _system()


def _playwright() -> str | None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
