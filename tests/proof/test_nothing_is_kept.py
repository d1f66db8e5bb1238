"""Nothing is kept: what was written in the sandbox, and what the model answered, lies in no file afterwards."""

from __future__ import annotations

import base64
import gzip
import json
import os
import resource
import secrets
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from product import Product, started
from traces import traces

from course import paths
from course.lab_pages import load_lab_pages
from sandbox.models.places import models_dir

pytestmark = [pytest.mark.proof, pytest.mark.slow]

PATIENCE = 120_000
SECONDS_TO_WRITE = 8  # longer than the event database waits


@dataclass
class Session:
    """A product with a home and a temporary folder of its own, and a browser with a profile of its own."""

    product: Product
    folders: list[Path]
    profile: Path
    marker: str
    playwright: Playwright
    chromium: str

    def browser(self) -> BrowserContext:
        """The visitor's browser, with its profile on disk as a real one has."""
        options = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        return self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=self.chromium, args=options
        )


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, chromium_path: str) -> Iterator[Session]:
    base = tmp_path_factory.mktemp("kept")
    home, temporary, profile, var = (base / name for name in ("home", "tmp", "profile", "var"))
    for folder in (home, temporary, profile):
        folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOEREKORT_MODELS", str(models_dir()))
        patch.setenv("HOME", str(home))
        patch.setenv("TMPDIR", str(temporary))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
            patch.delenv(name, raising=False)
        with started(var) as product:
            folders = [var, home, temporary, profile, paths.ROOT, Path("/dev/shm")]
            yield Session(product, folders, profile, f"kvæst{secrets.token_hex(6)}", playwright, chromium_path)


def write_everywhere(page: Page, product: Product, marker: str) -> list[str]:
    """Write the marker in every field of every lab, and press what can be pressed; return what models answered."""
    answers = []
    for lab in load_lab_pages():
        page.goto(f"{product.base}/voila/render/sandbox/{lab.id}.ipynb")
        here = page.locator("[data-lab]").first
        expect(here).to_be_visible()
        for field in here.locator("textarea:visible, input[type=text]:visible").all():
            field.fill(f"Ord: hest. Gentag: hest. Ord: {marker}. Gentag:")
        for press in here.locator(".button-primary:visible:enabled").all():
            if press.is_visible() and press.get_attribute("aria-disabled") != "true":
                press.click()
        page.wait_for_timeout(4000)
        answers += [text.strip() for text in here.locator(".kl-made").all_inner_texts()]
    return answers


def chat(page: Page, product: Product, marker: str) -> str:
    """Have one whole conversation; return the answer."""
    page.goto(f"{product.base}/voila/render/sandbox/chat.ipynb")
    page.locator(".kl-chat textarea:visible").first.fill(f"Ord: hest. Gentag: hest. Ord: {marker}. Gentag:")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".kl-turn .kl-check")).to_be_visible()
    return page.locator(".kl-turn .kl-answer .kl-words").first.inner_text().strip()


@pytest.mark.timeout(900)
def test_a_session_leaves_no_trace(session: Session) -> None:
    context = session.browser()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(session.product.address)
    answer = chat(page, session.product, session.marker)
    write_everywhere(page, session.product, session.marker)
    page.wait_for_timeout(1000)
    context.close()
    time.sleep(SECONDS_TO_WRITE)
    assert len(answer) > 20
    words = [session.marker, answer[:40]]
    assert traces(words, session.folders) == []
    _kill_kernels_and_engines(session.product)
    time.sleep(2)
    assert traces(words, session.folders) == [], "after a kill"


def _kill_kernels_and_engines(product: Product) -> None:
    for process in psutil.Process(product.process.pid).children(recursive=True):
        command = " ".join(process.cmdline())
        if "ipykernel" in command or "sandbox.engines" in command or "forkserver" in command:
            process.send_signal(signal.SIGSEGV)  # what would leave a core dump


def test_no_process_may_leave_a_core_dump(session: Session) -> None:
    everything = [psutil.Process(session.product.process.pid)]
    everything += everything[0].children(recursive=True)
    assert len(everything) > 3
    assert {process.rlimit(resource.RLIMIT_CORE) for process in everything} == {(0, 0)}


@pytest.mark.parametrize("form", ["plain", "utf-16", "base64", "gzip", "json", "name"])
def test_a_trace_would_be_found(tmp_path: Path, form: str) -> None:
    word = "kvæst1234abcd"
    raw = f"der står {word} her".encode()
    contents = {
        "plain": raw,
        "utf-16": raw.decode().encode("utf-16-le"),
        "base64": base64.b64encode(raw),
        "gzip": gzip.compress(raw),
        "json": json.dumps(raw.decode()).encode(),
        "name": b"",
    }
    file = tmp_path / "deep" / (word if form == "name" else "file")
    file.parent.mkdir()
    file.write_bytes(contents[form])
    assert traces([word], [tmp_path]) == [str(file)]
    assert traces(["kvæst9999"], [tmp_path]) == []
