"""Does the launcher start, watch, restart and stop its parts? Real processes stand in for the real parts."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from course import paths
from course.children import Children, Part
from course.serve import plan, say

SERVER = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"here")
print("serving", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) > 2:
    subprocess.Popen([sys.executable, "-c", sys.argv[2], sys.argv[1]], start_new_session=True)
time.sleep(600)
"""
DEAF = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, lambda *_: None)
sys.exit(subprocess.run(sys.argv[1:]).returncode)
"""
LAUNCHER = """
import signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may be deaf to it
from course import paths
from course.children import Part
from course.serve import Plan, serve
tag, port, server = sys.argv[1:]
paths.run().mkdir(parents=True, exist_ok=True)
token = paths.run() / "pages.token"
token.write_text("secret")
parts = (
    Part("pages", (sys.executable, "-c", server, port, tag), int(port)),
    Part("grading", (sys.executable, "-c", "import time; time.sleep(600)", tag)),
)
sys.exit(serve(Plan("run", parts, parts[0], {"KOEREKORT_PAGES_PORT": int(port)}, token)))
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def tag(tmp_path: Path) -> Iterator[str]:
    """A word in the command line of everything that a test starts; nothing with it may outlive the test."""
    word = f"standin-{os.getpid()}-{tmp_path.name}"
    yield word
    for process in tagged(word):
        process.kill()


@pytest.fixture
def said() -> list[tuple[str, dict[str, object]]]:
    return []


@pytest.fixture
def household(tmp_path: Path, said: list[tuple[str, dict[str, object]]]) -> Iterator[Callable[..., Children]]:
    made: list[Children] = []

    def make(*parts: Part, pauses: tuple[float, ...] = (0.05,)) -> Children:
        children = Children(parts, os.environ, tmp_path / "logs", lambda key, **v: said.append((key, v)), pauses)
        made.append(children)
        return children

    yield make
    for children in made:
        children.stop()


def tagged(word: str) -> list[psutil.Process]:
    """Return the processes that run with this word in their command line."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        if word in (process.info["cmdline"] or []) and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something is so, and fail when it never is."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def looking(children: Children, true: Callable[[], object]) -> Callable[[], object]:
    """Return a check that first lets the children be looked at."""

    def check() -> object:
        children.look()
        return true()

    return check


def test_a_part_is_ready_when_it_answers_and_its_last_log_is_kept(
    household: Callable[..., Children], port: int, tag: str, tmp_path: Path
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "pages.log").write_text("of the last run")
    children = household(Part("pages", (sys.executable, "-c", SERVER, str(port), tag), port))
    children.start()
    assert children.waiting_for() == ["pages"]
    until(looking(children, lambda: children.is_ready("pages")))
    assert children.waiting_for() == []
    assert (tmp_path / "logs" / "pages.log").read_text().startswith("serving")
    assert (tmp_path / "logs" / "pages.log.1").read_text() == "of the last run"


def _said(said: list[tuple[str, dict[str, object]]], times: int) -> bool:
    return len(said) == times


def test_a_part_that_dies_is_told_of_and_started_again(
    household: Callable[..., Children], port: int, tag: str, said: list[tuple[str, dict[str, object]]]
) -> None:
    children = household(Part("pages", (sys.executable, "-c", SERVER, str(port), tag), port))
    children.start()
    for deaths in (1, 2):
        until(looking(children, lambda: children.is_ready("pages")))
        (process,) = tagged(tag)
        process.kill()
        until(looking(children, partial(_said, said, deaths)))
    key, words = said[0]
    assert key == "child.died"
    assert (words["part"], words["code"], words["seconds"]) == ("pages", "-9, SIGKILL", 0.05)
    until(looking(children, lambda: children.is_ready("pages")))


def test_pauses_grow_while_a_part_keeps_falling(
    household: Callable[..., Children], tag: str, said: list[tuple[str, dict[str, object]]]
) -> None:
    fails = Part("grading", (sys.executable, "-c", "import sys; sys.exit(3)", tag))
    children = household(fails, pauses=(0.01, 0.02, 0.03))
    children.start()
    until(looking(children, lambda: said and said[-1][0] == "child.given_up"))
    assert [words["seconds"] for key, words in said if key == "child.died"] == [0.01, 0.02, 0.03, 0.03]
    assert said[-1][1]["code"] == "3"


def test_a_part_that_cannot_start_is_given_up_and_the_rest_goes_on(
    household: Callable[..., Children], port: int, tag: str, said: list[tuple[str, dict[str, object]]]
) -> None:
    children = household(
        Part("model", ("no-such-program", tag), 1),
        Part("pages", (sys.executable, "-c", SERVER, str(port), tag), port),
    )
    children.start()
    until(looking(children, lambda: said and said[-1][0] == "child.given_up" and not children.waiting_for()))
    assert children.is_ready("pages")
    assert not children.is_ready("model")


def test_background_work_comes_last_and_may_end(
    household: Callable[..., Children], port: int, tag: str, said: list[tuple[str, dict[str, object]]], tmp_path: Path
) -> None:
    fails = Part("conversion", (sys.executable, "-c", "import sys; sys.exit(4)"), background=True)
    ends = Part("other", (sys.executable, "-c", "import os; print('polite', os.nice(0))"), background=True)
    children = household(fails, ends, Part("pages", (sys.executable, "-c", SERVER, str(port), tag), port))
    children.start()
    assert not (tmp_path / "logs" / "other.log").exists()
    until(looking(children, lambda: said))
    assert children.is_ready("pages")
    until(lambda: "polite" in (tmp_path / "logs" / "other.log").read_text())
    until(looking(children, lambda: len(tagged(tag)) == 1))
    time.sleep(0.2)
    children.look()
    assert [key for key, _ in said] == ["background.failed"]
    assert (tmp_path / "logs" / "other.log").read_text().count("polite") == 1


def test_stop_ends_even_what_will_not_listen_and_what_left_the_group(
    household: Callable[..., Children], tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course.children.GRACE", 0.5)
    children = household(Part("pages", (sys.executable, "-c", STUBBORN, tag, STUBBORN)))
    children.start()
    until(lambda: len(tagged(tag)) == 2)
    children.stop()
    assert not tagged(tag)


@pytest.fixture
def launch(tmp_path: Path, port: int, tag: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    return lambda: [sys.executable, "-c", LAUNCHER, tag, str(port), SERVER]


def read_until(stream: int, word: bytes, seconds: float = 30) -> bytes:
    """Read a launcher's output until a word comes by."""
    text, deadline = b"", time.monotonic() + seconds
    while word not in text:
        assert time.monotonic() < deadline, text.decode()
        text += os.read(stream, 4096)
    return text


def start(command: list[str]) -> tuple[subprocess.Popen[bytes], bytes]:
    """Start a launcher; return it and what it said up to its address."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    assert process.stdout is not None
    return process, read_until(process.stdout.fileno(), b"Stop with Ctrl-C")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_prints_one_address_and_a_signal_stops_everything(
    launch: Callable[[], list[str]], port: int, tag: str, number: signal.Signals
) -> None:
    process, text = start(launch())
    assert text.count(f"http://127.0.0.1:{port}/login?token=secret".encode()) == 1
    assert len(tagged(tag)) == 3
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not tagged(tag)
    assert not (paths.run() / "run.json").exists()


def test_a_launcher_that_is_killed_takes_its_parts_with_it(launch: Callable[[], list[str]], tag: str) -> None:
    process, _ = start(launch())
    process.kill()
    process.wait()
    until(lambda: not tagged(tag))


@pytest.mark.parametrize("between", [[], [sys.executable, "-c", DEAF]])
def test_a_terminal_that_hangs_up_stops_everything(
    launch: Callable[[], list[str]], tag: str, between: list[str]
) -> None:
    """Alone, or behind a program that is told of it in its place, as with make."""
    pid, terminal = pty.fork()
    if pid == 0:
        command = [*between, *launch()]
        os.execvp(command[0], command)
    read_until(terminal, b"Stop with Ctrl-C")
    os.close(terminal)
    os.waitpid(pid, 0)
    until(lambda: not tagged(tag))


def test_a_second_one_says_where_the_first_is(launch: Callable[[], list[str]], port: int) -> None:
    process, _ = start(launch())
    second = subprocess.run(launch(), capture_output=True, text=True, timeout=30)
    process.terminate()
    process.wait(20)
    assert second.returncode == 0
    assert f"running already. Open http://127.0.0.1:{port}/login?token=secret" in second.stdout


def test_a_port_in_use_is_one_sentence_that_says_what_to_do(launch: Callable[[], list[str]], port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = subprocess.run(launch(), capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert f"Port {port} is in use by another program." in done.stdout
    assert f"KOEREKORT_PAGES_PORT={port + 1} make run" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_port_that_is_no_port_is_refused() -> None:
    command = [sys.executable, "-m", "course.serve", "--pages-port", "eighty"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=paths.ROOT)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "'eighty', which is not a port" in done.stderr


@pytest.mark.parametrize(
    ("mode", "parts"),
    [
        ("run", ["model", "pages", "conversion", "grading"]),
        ("sandbox", ["model", "pages", "conversion"]),
        ("lab", ["jupyterlab"]),
    ],
)
def test_each_mode_has_its_parts_and_says_each_in_words(
    mode: str, parts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = plan(mode)
    assert [part.name for part in wanted.parts] == parts
    for part in parts:
        say("child.died", part=part, code=1, seconds=2, log=Path("x.log"))
        assert "{" not in capsys.readouterr().out


def test_a_model_service_elsewhere_is_not_started_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_MODEL_URL", "http://127.0.0.1:9/v1")
    assert [part.name for part in plan("run").parts] == ["pages", "grading"]
