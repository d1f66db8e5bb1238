"""It stays up: parts of the whole product are killed, stopped, filled and flooded while somebody looks on in a browser.

A page says what happened in a sentence, keeps what was written, and goes on by itself when it can.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from faults import ENGINE, KERNEL, SERVICE, found, full_disk
from playwright.sync_api import Browser, Locator, Page, expect
from product import Product, started

from sandbox import events

pytestmark = [pytest.mark.proof, pytest.mark.slow, pytest.mark.timeout(600)]

PATIENCE = 120_000
LONG = "Her er en meget lang liste over alle byer i Danmark:\n\n1."
AWAY, BACK = "Modellen svarer ikke lige nu", "Modellen svarer igen"
REPORT = "Svaret blev ved med at gentage det samme ord."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product, for these tests alone: they hurt it."""
    with started(tmp_path_factory.mktemp("hurt") / "var") as running:
        yield running


@pytest.fixture
def chat(browser: Browser, whole: Product) -> Iterator[Page]:
    """A page with the chat, ready to be written to."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(whole.address)
        page.goto(f"{whole.base}/voila/render/sandbox/chat.ipynb")
        expect(send_button(page)).to_be_enabled()
        page.evaluate("window.sameAsBefore = true")  # gone if the page is loaded anew
        yield page


def send_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Send", exact=True)


def field(page: Page) -> Locator:
    return page.locator(".kl-chat textarea").last


def ask(page: Page, text: str) -> None:
    field(page).fill(text)
    expect(send_button(page)).to_be_enabled()
    send_button(page).click()


def answers_again(page: Page) -> None:
    """The page, never loaded anew, gets a whole answer."""
    done = page.locator(".kl-turn .kl-check")
    before = done.count()
    ask(page, "Kære alle\n\nI morgen mødes vi")
    expect(done).to_have_count(before + 1)
    assert page.evaluate("window.sameAsBefore")


def test_the_model_service_is_killed_in_the_middle_of_an_answer(chat: Page, whole: Product) -> None:
    ask(chat, LONG)
    words = chat.locator(".kl-answer .kl-words").last
    expect(words).not_to_be_empty()
    for service in found(whole.process.pid, SERVICE):
        service.kill()
    main = chat.get_by_role("main")
    expect(main).to_contain_text(AWAY)
    expect(main).to_contain_text("Svaret blev afbrudt, før det var færdigt.")
    assert words.inner_text().strip(), "what was written so far is gone"
    expect(main).to_contain_text(BACK)
    answers_again(chat)


def test_the_engine_hangs_in_the_middle_of_an_answer(chat: Page, whole: Product) -> None:
    ask(chat, LONG)
    expect(chat.locator(".kl-answer .kl-words").last).not_to_be_empty()
    hung = found(whole.process.pid, ENGINE)
    assert hung
    for engine in hung:
        engine.suspend()
    expect(chat.get_by_role("main")).to_contain_text(AWAY)
    expect(chat.get_by_role("main")).to_contain_text(BACK)
    assert not set(hung) & set(found(whole.process.pid, ENGINE)), "what hung still runs"
    answers_again(chat)


def test_the_pages_kernel_is_killed(chat: Page, whole: Product) -> None:
    """The page gets another kernel, keeps the conversation, and tells it."""
    answers_again(chat)
    field(chat).fill("En halvt skrevet sætning")
    for kernel in found(whole.process.pid, KERNEL):
        if not kernel.children():  # the one that others are forked from stays
            kernel.kill()
    status = chat.locator("#kk-status")
    expect(status).to_contain_text("Siden blev afbrudt")
    expect(status).to_contain_text("Siden virker igen")
    expect(field(chat)).to_have_value("En halvt skrevet sætning")
    expect(chat.locator(".kl-turn")).to_have_count(1)
    answers_again(chat)


def test_a_prompt_of_a_megabyte(chat: Page) -> None:
    text = ("Der var engang en kommune. " * 40_000)[:1_000_000]
    ask(chat, text)
    expect(chat.get_by_role("main")).to_contain_text("Teksten er for lang til modellen")
    assert len(field(chat).input_value()) == len(text)
    answers_again(chat)


def test_the_event_database_is_full(chat: Page, whole: Product) -> None:
    """Filled to its limit. Nobody is disturbed, and the events wait until there is room again."""
    answers_again(chat)
    database = whole.var / "events.db"
    wait_until(lambda: answered(database) > 0, "no event was ever written")
    (service,) = found(whole.process.pid, SERVICE)
    service.suspend()  # or it would write between two rows of ours
    fill(database)
    service.resume()
    assert database.stat().st_size >= (events.MOST_PAGES - 8) * 4096
    answers_again(chat)
    wait_until(lambda: "Events cannot be written" in log(whole), "the log says nothing of a full database")
    answers_again(chat)
    assert answered(database) == 0
    with closing(sqlite3.connect(database, timeout=30)) as room, room:
        room.execute("DELETE FROM events WHERE kind = -1")
    wait_until(lambda: answered(database) >= 2, "the events that waited were never written")


def fill(database: Path) -> None:
    """Leave nothing but rows that no event has, one a second around now, until nothing more fits beside this hour."""
    row = "INSERT INTO events SELECT ? + value, -1, ?, 0, 0, 1, 0.0, 0.0, 0.0 FROM json_each(?)"
    start, hour = int(time.time()) - 10 * 24 * events.HOUR, int(time.time()) // events.HOUR * events.HOUR
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA max_page_count = {events.MOST_PAGES}")
        connection.execute("DELETE FROM events")
        size = 100_000
        while size:  # ever fewer at a time
            if fits(connection, row, (start, 0, json.dumps(list(range(size))))):
                start += size
            else:
                size //= 10
        assert start > time.time() + 24 * events.HOUR, "this hour is at the edge, where there may be room"
        for number in itertools.count(1):
            if not fits(connection, row, (hour, number, "[0]")):
                break


def fits(connection: sqlite3.Connection, row: str, values: tuple[int | str, ...]) -> bool:
    try:
        connection.execute(row, values)
    except sqlite3.OperationalError as fault:
        return "full" not in str(fault)
    return True


def answered(database: Path) -> int:
    """How often the model has answered, by the database."""
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        counted = connection.execute("SELECT sum(count) FROM events WHERE kind = ?", (events.code("answered"),))
        return int(counted.fetchone()[0] or 0)


def wait_until(done: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while not done():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.3)


def log(whole: Product) -> str:
    return "".join(file.read_text("utf-8", "replace") for file in (whole.var / "logs").glob("model*"))


def test_a_report_that_cannot_be_stored_says_so(chat: Page, whole: Product) -> None:
    chat.locator(".kl-report > summary").click()
    form = chat.locator(".kl-report-form")
    form.locator("textarea").fill(REPORT)
    form.get_by_role("button", name="Se, hvad der bliver gemt").click()
    send = form.get_by_role("button", name="Send det")
    (service,) = found(whole.process.pid, SERVICE)
    with full_disk(service):
        send.click()
        expect(form).to_contain_text("Meldingen kunne ikke gemmes")
        expect(form.locator("textarea")).to_have_value(REPORT)
    form.get_by_role("button", name="Se, hvad der bliver gemt").click()
    send.click()
    expect(form.locator(".kl-report-thanks")).to_contain_text("Tak. Din melding er gemt")
    with closing(sqlite3.connect(whole.var / "reports.db")) as kept:
        assert kept.execute("SELECT count(*) FROM reports WHERE text = ?", (REPORT,)).fetchone() == (1,)
