"""Every page in a real Chromium: no violation of WCAG 2.1 A and AA, no word to another host, a keyboard is enough."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect
from served import SAMPLE, Served, StartPages, pages_servers

from sandbox.theme.fetch import AXE, axe_folder, fetch

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
READY = 60_000
RUN_AXE = (
    "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(found => JSON.stringify(found.violations))"
)

Open = Callable[..., Page]


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

    def open_it(served: Served, path: str, viewport: dict[str, int] | None = None, **options: Any) -> Page:
        context = browser.new_context(viewport=viewport or WIDE, **options)  # type: ignore[arg-type]
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


def violations(page: Page, axe: str) -> list[str]:
    """Return what the checker finds, a line for each rule: the rule, what it says, and where."""
    page.evaluate(axe)
    found = json.loads(page.evaluate(RUN_AXE, WCAG))
    return [f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']]}" for rule in found]


def hosts(asked: list[str]) -> set[str | None]:
    """Return the hosts of the addresses that lead out of the page."""
    return {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}


def check_pieces(page: Page, axe: str) -> None:
    """Check each piece of a module, or the page if it has none."""
    assert violations(page, axe) == []
    for piece in page.locator(".kk-steps-list a").evaluate_all("links => links.slice(1).map(it => it.hash)"):
        page.evaluate("hash => { location.hash = hash }", piece)
        expect(page.locator(".kk-piece.kk-current")).to_have_attribute("id", piece[1:])
        assert violations(page, axe) == [], piece


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
@pytest.mark.parametrize("path", ["index.ipynb", "sample/sample.ipynb", "sandbox/chat.ipynb"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_frame_is_accessible(
    open_page: Open,
    sample_pages: Served,
    axe: str,
    language: str,
    path: str,
    viewport: dict[str, int],
    asked: list[str],
) -> None:
    page = open_page(sample_pages, path if language == "da" else f"en/{path.replace('sample/', '')}", viewport)
    assert page.locator("html").get_attribute("lang") == language
    check_pieces(page, axe)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert hosts(asked) == {"127.0.0.1"}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_the_course_is_accessible(
    open_page: Open, real_pages: Served, axe: str, language: str, asked: list[str]
) -> None:
    site = real_pages.var / "site"
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.ipynb"))]
    mine = [path for path in pages if path.startswith("en/") == (language == "en")]
    assert len(mine) >= 4
    for path in mine:
        page = open_page(real_pages, path)
        assert page.locator("html").get_attribute("lang") == language
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            check_pieces(page, axe)
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        page.context.close()
    assert hosts(asked) == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["/login", "/nothing", "/login?wrong"])
def test_the_pages_around_are_accessible(browser: Browser, sample_pages: Served, axe: str, path: str) -> None:
    with browser.new_context(viewport=NARROW) as context:  # type: ignore[arg-type]
        page = context.new_page()
        if path == "/nothing":
            page.goto(sample_pages.address)
        page.goto(sample_pages.root + path.removesuffix("?wrong"))
        if path.endswith("?wrong"):
            page.get_by_label("Kode").fill("forkert")
            page.get_by_role("button", name="Fortsæt").click()
            expect(page.get_by_role("alert")).to_contain_text("Koden passer ikke")
        assert violations(page, axe) == []


def test_an_exercise_in_a_piece_shown_later_works(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    page.get_by_role("link", name="Næste").click()
    card = page.locator(".kk-current .kk-demo")
    card.get_by_role("button", name="Svar").click()
    expect(card.get_by_role("status")).to_have_text("Ja, den gætter det næste ord.", timeout=READY)


def test_one_piece_at_a_time_by_keyboard_and_back_again(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    expect(page.locator(".kk-piece:visible")).to_have_count(1)
    expect(page).to_have_url(re.compile("#scene$"))
    page.get_by_role("link", name="Næste").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#words$"))
    expect(page.locator("h2:focus")).to_have_text("Modellen gætter ord")
    expect(page.locator('[aria-current="step"]')).to_contain_text("Modellen gætter ord")
    expect(page.locator('[aria-current="step"]')).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".kk-current :focus")).to_have_count(1)
    page.go_back()
    expect(page.locator(".kk-piece:visible h2")).to_have_text("En mandag ved skranken")
    page.get_by_role("navigation", name="Modulets dele").get_by_role("link", name="I morgen").click()
    expect(page.locator(".kk-piece:visible h2")).to_have_text("I morgen")
    expect(page.get_by_role("link", name="Næste")).to_have_count(0)
    expect(page).to_have_title("I morgen – Hvad AI kan og ikke kan – AI-kørekort")


def test_the_last_piece_is_remembered_and_follows_the_language(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb#words")
    page.goto(f"{sample_pages.root}/voila/render/sample/sample.ipynb", wait_until="commit")
    page.wait_for_selector("body.kk-ready")
    expect(page.locator(".kk-piece:visible")).to_have_id("words")
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[lang=en] body.kk-ready", timeout=READY)
    expect(page).to_have_url(re.compile(r"/en/sample\.ipynb#words$"))
    expect(page.locator(".kk-piece:visible h2")).to_have_text("The model guesses words")


def test_an_address_within_a_piece_opens_it(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb#tomorrow")
    page.evaluate("location.hash = '#fact-sample'")
    expect(page.locator(".kk-piece:visible")).to_have_id("scene")
    expect(page.locator("#fact-sample")).to_be_visible()
    expect(page.locator("#fact-sample")).to_be_focused()


def test_the_skip_link_comes_first(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sandbox/chat.ipynb")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_have_text("Spring til indholdet")
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main").first).to_be_focused()


def test_the_parts_fold_out_on_a_narrow_page(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb", NARROW)
    step = page.get_by_role("link", name="I morgen").first
    expect(step).to_be_hidden()
    button = page.get_by_role("button", name="Vis alle dele")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(page.get_by_role("button", name="Skjul delene")).to_have_attribute("aria-expanded", "true")
    step.press("Enter")
    expect(page.locator(".kk-piece:visible")).to_have_id("tomorrow")
    expect(step).to_be_hidden()


def test_the_job_aid_can_be_printed_alone(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb#tomorrow")
    page.emulate_media(media="print")
    expect(page.locator(".kk-piece:visible")).to_have_count(3)
    page.evaluate("window.print = () => { window.printed = document.body.className }")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print kun huskesedlen").click()
    assert "kk-print-job-aid" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".kk-job-aid")).to_be_visible()
    expect(page.locator(".kk-card:visible, .kk-intro:visible, .kk-lesson:visible, .kk-heading:visible")).to_have_count(
        0
    )
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "kk-print-job-aid" not in page.evaluate("document.body.className")


def test_everything_can_be_read_without_scripts(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb", java_script_enabled=False)
    expect(page.locator(".kk-piece:visible")).to_have_count(3, timeout=READY)
    expect(page.get_by_text("øvelser, opgaver og forsøg virker kun med JavaScript")).to_be_visible()
    expect(page.get_by_text("Siden gøres klar")).to_be_hidden()


def test_readiness_is_announced(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    status = page.locator("#kk-status-text")
    expect(status).to_have_attribute("role", "status")
    expect(status).to_have_text("Siden er klar.")


def test_no_widget_shell_of_jupyterlab_is_seen(open_page: Open, sample_pages: Served) -> None:
    page = open_page(sample_pages, "sample/sample.ipynb")
    expect(page.locator(".jp-LabShell")).to_be_hidden()
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("contentinfo")).to_have_count(1)


def test_a_page_says_when_its_kernel_is_gone_and_comes_back(open_page: Open, start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    page = open_page(served, "sample/sample.ipynb#words")
    kernel = page.evaluate("jupyterapp.widgetManager.kernel.id")
    for child in psutil.Process(served.pid).children(recursive=True):
        if kernel in " ".join(child.cmdline()):
            child.send_signal(signal.SIGKILL)
    expect(page.locator("#kk-status")).to_contain_text("skal hentes igen", timeout=30_000)
    page.get_by_role("link", name="Hent siden igen").click()
    expect(page.locator("#kk-status")).to_contain_text("Siden er klar", timeout=READY)
    expect(page.locator(".kk-piece:visible")).to_have_id("words")


def test_a_page_outlives_its_server(open_page: Open, start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    port = served.root.rpartition(":")[2]
    page = open_page(served, "sample/sample.ipynb")
    server = psutil.Process(served.pid)
    server.kill()
    server.wait(10)
    expect(page.locator("#kk-status")).to_contain_text("ingen forbindelse", timeout=30_000)
    start_pages(SAMPLE, "--port", port, var=served.var)
    expect(page.locator("#kk-status")).to_contain_text("skal hentes igen", timeout=30_000)
    page.get_by_role("link", name="Hent siden igen").click()
    expect(page.locator("#kk-status")).to_contain_text("Siden er klar", timeout=READY)


def test_closing_a_page_frees_its_kernel(open_page: Open, start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    server = psutil.Process(served.pid)

    def wait_for_kernels(count: int) -> None:
        for _ in range(100):
            if len(server.children(recursive=True)) == count:
                return
            page.wait_for_timeout(200)
        pytest.fail(f"{len(server.children(recursive=True))} kernels run, expected {count}")

    page = open_page(served, "sample/sample.ipynb")  # by way of the home page, which is left before it is whole
    wait_for_kernels(1)
    page.goto("about:blank")
    wait_for_kernels(0)
    page.goto(f"{served.root}/voila/render/index.ipynb")
    page.wait_for_selector("body.kk-ready")
    wait_for_kernels(0)  # the home page has nothing that needs a kernel
