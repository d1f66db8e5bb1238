"""Nothing that a learner gives is lost: a real Voila, a real Chromium, and a kernel that is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page, expect

from course import paths
from course.items import load_items

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
TOKEN = "for-this-test"
LATE = 20_000


@dataclass(frozen=True)
class Site:
    """One learner's folder of a Voila, with one module in it."""

    url: str
    voila: psutil.Process
    folder: Path

    def answers(self) -> dict[str, Any]:
        file = self.folder / "answers.json"
        records: dict[str, Any] = json.loads(file.read_text("utf-8"))["answers"] if file.exists() else {}
        return records

    def kill_kernels(self) -> None:
        kernels = [child for child in self.voila.children(recursive=True) if "ipykernel_launcher" in child.cmdline()]
        assert kernels
        for kernel in kernels:
            kernel.send_signal(signal.SIGKILL)


@pytest.fixture(scope="module")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[psutil.Process, int, Path]]:
    home = tmp_path_factory.mktemp("voila")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"KOEREKORT_VAR": str(home / "var"), "KOEREKORT_LEARNER": "anna", "PYTHONPATH": str(paths.ROOT)}
    command = [sys.executable, "-m", "voila", str(home), "--no-browser", f"--port={port}"]
    command += ["--Voila.ip=127.0.0.1", f"--token={TOKEN}"]
    with (home / "voila.log").open("wb") as log:
        process = psutil.Popen(command, env=os.environ | own, cwd=home, stdout=log, stderr=log)
    try:
        wait_for(lambda: _answers(port), 60)
        yield process, port, home
    finally:
        family = [*process.children(recursive=True), process]
        for one in family:
            one.terminate()
        for one in psutil.wait_procs(family, timeout=10)[1]:
            one.kill()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def site(voila: tuple[psutil.Process, int, Path]) -> Site:
    process, port, home = voila
    folder = Path(tempfile.mkdtemp(dir=home))
    items = load_items(SAMPLE / "items.yaml")
    copies = [item.learner_copy() for item in items.values()]
    data = {"schema": 1, "module": "sample", "pieces": [], "demos": [], "items": copies}
    (folder / "items.json").write_text(json.dumps(data), "utf-8")
    opening = (
        "from course.page import exercise, lesson, submit\nfrom sandbox.guard import masked\n\n"
        'lesson("sample", "da", guard=masked)'
    )
    calls = [opening, *(f'exercise("{item_id}")' for item_id in items), "submit()"]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = new_notebook(cells=[new_code_cell(call) for call in calls], metadata=kernel)
    nbformat.write(notebook, folder / "sample.ipynb")
    return Site(f"http://127.0.0.1:{port}/voila/render/{folder.name}/sample.ipynb?token={TOKEN}", process, folder)


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    page.goto(site.url)
    expect(page.locator("#item-sample-r1 textarea")).to_be_visible(timeout=60_000)
    yield page
    context.close()


def choose(page: Page, item: str, text: str) -> None:
    page.locator(f"#item-{item}").get_by_label(text, exact=True).check()


def status(page: Page, item: str) -> Any:
    return page.locator(f"#item-{item} .kx-status")


def kept_in_browser(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('koerekort:anna:'))")
    return keys


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_each_kind_is_saved_as_it_is_given_and_stands_there_after_a_reload(page: Page, site: Site) -> None:
    choose(page, "sample-g1", "Svar c")
    choose(page, "sample-g1", "Jeg er ret sikker (cirka 75 % sikker)")
    choose(page, "sample-g2", "Svar a")
    choose(page, "sample-g2", "Svar d")
    page.locator("#item-sample-g3").get_by_role("button", name="Flyt op Svar c").press("Enter")
    page.locator("#item-sample-g4 input").fill("1.200,5")
    page.locator("#item-sample-r1 textarea").fill("Jeg <b>prøver</b> & tjekker.")
    given = {
        "sample-g1": {"value": "c", "confidence": 0.75},
        "sample-g2": {"value": ["a", "d"]},
        "sample-g3": {"value": ["a", "c", "b", "d"]},
        "sample-g4": {"value": 1200.5},
        "sample-r1": {"value": {"text": "Jeg <b>prøver</b> & tjekker.", "self": [], "shown": False}},
    }
    for item in given:
        expect(status(page, item)).to_have_attribute("data-state", "saved")
    assert site.answers() == given
    assert kept_in_browser(page) == []
    page.reload()
    expect(page.locator("#item-sample-g1").get_by_label("Svar c", exact=True)).to_be_checked(timeout=60_000)
    expect(page.locator("#item-sample-g4 input")).to_have_value("1.200,5")
    expect(page.locator("#item-sample-g3 li").nth(1)).to_contain_text("Svar c")
    expect(page.locator("#item-sample-r1 textarea")).to_have_value("Jeg <b>prøver</b> & tjekker.")
    assert site.answers() == given


def test_a_killed_kernel_loses_nothing_and_the_page_asks_to_be_loaded_again(page: Page, site: Site) -> None:
    choose(page, "sample-g1", "Svar a")
    expect(status(page, "sample-g1")).to_have_attribute("data-state", "saved")
    site.kill_kernels()
    choose(page, "sample-g1", "Svar b")
    page.locator("#item-sample-r1 textarea").fill("Skrevet uden kerne")
    expect(status(page, "sample-g1")).to_have_attribute("data-state", "saving")
    expect(status(page, "sample-g1")).to_contain_text("Ikke gemt endnu", timeout=5_000)
    assert site.answers()["sample-g1"] == {"value": "a"}
    assert len(kept_in_browser(page)) == 2
    button = page.get_by_role("button", name="Hent siden igen")
    expect(button).to_be_visible(timeout=LATE)
    expect(page.locator(".kx-banner")).to_have_count(1)
    button.click()
    expect(page.locator("#item-sample-g1").get_by_label("Svar b", exact=True)).to_be_checked(timeout=60_000)
    expect(page.locator("#item-sample-r1 textarea")).to_have_value("Skrevet uden kerne")
    wait_for(lambda: site.answers()["sample-g1"] == {"value": "b"})
    wait_for(lambda: site.answers().get("sample-r1", {}).get("value", {}).get("text") == "Skrevet uden kerne")
    wait_for(lambda: kept_in_browser(page) == [])
    expect(page.locator(".kx-banner")).to_have_count(0)


def test_a_page_that_is_closed_in_the_middle_of_a_word_keeps_the_word(page: Page, site: Site) -> None:
    area = page.locator("#item-sample-r1 textarea")
    area.press_sequentially("Midt i et o")
    page.reload()
    expect(area).to_have_value("Midt i et o", timeout=60_000)
    wait_for(lambda: site.answers().get("sample-r1", {}).get("value", {}).get("text") == "Midt i et o")


def test_an_answer_that_the_disk_refuses_is_sent_again_until_it_is_taken(page: Page, site: Site) -> None:
    lock = site.folder / "answers.json.lock"
    lock.mkdir()
    choose(page, "sample-g2", "Svar b")
    expect(status(page, "sample-g2")).to_contain_text("kunne ikke skrives til disken")
    assert len(kept_in_browser(page)) == 1
    lock.rmdir()
    expect(status(page, "sample-g2")).to_have_attribute("data-state", "saved", timeout=LATE)
    assert site.answers()["sample-g2"] == {"value": ["b"]}
    assert kept_in_browser(page) == []


def test_a_browser_that_keeps_nothing_says_so_and_the_course_saves_all_the_same(page: Page, site: Site) -> None:
    page.evaluate("""() => {
        Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") };
    }""")
    choose(page, "sample-g2", "Svar b")
    expect(page.locator(".kx-notice")).to_contain_text("kan ikke opbevare dine svar")
    expect(status(page, "sample-g2")).to_have_attribute("data-state", "saved")
    assert site.answers()["sample-g2"] == {"value": ["b"]}


def test_an_old_receipt_does_not_clear_a_newer_answer(page: Page, site: Site) -> None:
    page.evaluate("""() => {
        const saver = [...koerekort.savers].find((one) => one.key.endsWith(":sample-g1"));
        globalThis.sent = [];
        saver.send = (message) => globalThis.sent.push(message);
        globalThis.saver = saver;
    }""")
    choose(page, "sample-g1", "Svar a")
    page.wait_for_function("sent.length === 1")
    choose(page, "sample-g1", "Svar b")
    page.wait_for_function("sent.length === 2")
    page.evaluate("saver.saved(sent[0].stamp)")
    assert len(kept_in_browser(page)) == 1
    expect(status(page, "sample-g1")).to_have_attribute("data-state", "saving")
    page.evaluate("saver.saved(sent[1].stamp)")
    assert kept_in_browser(page) == []
    expect(status(page, "sample-g1")).to_have_attribute("data-state", "saved")


def test_a_text_with_personal_data_is_saved_when_it_is_masked(page: Page, site: Site) -> None:
    item = page.locator("#item-sample-r1")
    item.locator("textarea").fill("Skriv til kirsten@example.org i dag.")
    expect(item.locator(".kx-held")).to_contain_text("Skriv til [E-MAIL] i dag.")
    expect(status(page, "sample-r1")).to_contain_text("Ikke gemt")
    assert not kept_in_browser(page)
    assert "kirsten" not in "".join(file.read_text("utf-8") for file in site.folder.rglob("*.json"))
    item.get_by_role("button", name="Sæt maskerne ind").press("Enter")
    expect(status(page, "sample-r1")).to_contain_text("Gemt")
    expect(item.locator("textarea")).to_be_focused()
    assert "Skriv til [E-MAIL] i dag." in (site.folder / "answers.json").read_text("utf-8")
