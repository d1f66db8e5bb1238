"""Runs the whole product on one machine: the model service, the pages and the grader, behind one printed address.

    python -m course.serve                the course and the sandbox, for one learner
    python -m course.serve --labs-only    the labs alone, for many visitors
    python -m course.serve --lab          JupyterLab with formgrader, for instructors

It knows command lines and ports only, and imports nothing of sandbox and grading.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import resource
import secrets
import signal
import socket
import sys
import time
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import paths
from course.children import Children, Part
from course.errors import CourseError
from course.locale import LANGUAGES, Translator, translator

LOOK_EVERY = 0.2
PATIENCE = 20.0
CANNOT = 2


@dataclass(frozen=True)
class Plan:
    """What one mode runs: its parts, which of them the address is of, the variables of the ports, the token's file."""

    mode: str
    parts: tuple[Part, ...]
    front: Part
    ports: dict[str, int]
    token: Path


def plan(mode: str) -> Plan:
    """Return the plan of `run`, `sandbox` or `lab`, with the ports that the environment asks for."""
    if mode == "lab":
        port = paths.lab_port()
        lab = Part("jupyterlab", _python("grading", "lab"), port, "/login")
        return Plan(mode, (lab,), lab, {"KOEREKORT_LAB_PORT": port}, paths.run() / "lab.token")
    port = paths.pages_port()
    labs_only = ["--labs-only"] if mode == "sandbox" else []
    pages = Part("pages", _python("sandbox.pages", "--port", str(port), "--quiet", *labs_only), port, "/login")
    parts, ports = [pages], {"KOEREKORT_PAGES_PORT": port}
    if not os.environ.get("SANDBOX_MODEL_URL"):
        port = paths.model_port()
        parts.insert(0, Part("model", _python("sandbox.service", "--port", str(port)), port, "/health"))
        parts.append(
            Part("conversion", _python("sandbox.models", "prepare", "--engine", "transformers"), background=True)
        )
        ports["SANDBOX_MODEL_PORT"] = port
    if mode == "run":
        parts.append(Part("grading", _python("grading.watch")))
    return Plan(mode, tuple(parts), pages, ports, paths.run() / "pages.token")


def serve(wanted: Plan, open_browser: bool = False) -> int:
    """Run a plan until Ctrl-C, SIGTERM or a terminal that hangs up; return the exit code."""
    with _alone(wanted) as alone:
        if not alone:
            return 0
        for variable, port in wanted.ports.items():
            if not _free(port):
                say("port_in_use", port=port, variable=variable, other=port + 1, command=wanted.mode)
                return CANNOT
        children = Children(wanted.parts, _environment(wanted), paths.logs(), say)
        stop = _Stop()
        say("starting")
        try:
            children.start()
            _watch(wanted, children, stop, open_browser)
        finally:
            say("stopping")
            children.stop()
            _marker(wanted).unlink(missing_ok=True)
            say("stopped")
    return 0


def say(key: str, **values: object) -> None:
    """Print a text in every language, Danish first; a terminal that is gone is no reason to fall."""
    with suppress(OSError):
        for language in LANGUAGES:
            texts = translator("course", "serve", language)
            words = {name: _in_words(name, value, texts) for name, value in values.items()}
            print(texts(key, **words), flush=True)


def address(wanted: Plan) -> str:
    """Return the address to open, with its token."""
    token = wanted.token.read_text(encoding="utf-8").strip()
    return f"http://127.0.0.1:{wanted.front.port}/login?token={token}"


def _watch(wanted: Plan, children: Children, stop: _Stop, open_browser: bool) -> None:
    told, start, reminded = False, time.monotonic(), False
    while not stop.asked:
        children.look()
        waiting = children.waiting_for()
        if not told and not waiting:
            told = True
            _tell(wanted, children, open_browser)
        if not told and not reminded and time.monotonic() - start > PATIENCE:
            reminded = True
            for name in waiting:
                say("still_waiting", part=name, log=paths.logs() / f"{name}.log")
        time.sleep(LOOK_EVERY)


def _tell(wanted: Plan, children: Children, open_browser: bool) -> None:
    if not children.is_ready(wanted.front.name):
        say("no_pages", log=paths.logs() / f"{wanted.front.name}.log")
        return
    url = address(wanted)
    _write_private(_marker(wanted), json.dumps({"pid": os.getpid(), "address": url}))
    first, *others = (translator("course", "serve", language) for language in LANGUAGES)
    key = f"ready.{wanted.mode}"
    formgrader = [f"    {url}&next=%2Fformgrader"] if wanted.mode == "lab" else []
    lines = [first(key), "", f"    {url}", *formgrader, "", first("ready.stop")]
    lines += [line for other in others for line in ("", other(key), other("ready.stop"))]
    rule = "─" * min(max(map(len, lines)), 100)
    with suppress(OSError):
        print("\n".join(["", rule, *lines, rule, ""]), flush=True)
    if open_browser:
        webbrowser.open(url)


class _Stop:
    """Notes that a person or the system wants it to end: a signal, or a terminal that is gone.

    A terminal that hangs up tells the first of its processes only, and make does not pass that on. Under nohup, where
    SIGHUP is ignored, the terminal does not count.
    """

    def __init__(self) -> None:
        self._told = False
        self._terminal = next((fd for fd in (0, 1, 2) if _is_terminal(fd)), None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                self._terminal = None
            else:
                signal.signal(number, self._tell)

    @property
    def asked(self) -> bool:
        """Whether it is time to stop."""
        return self._told or (self._terminal is not None and not _is_terminal(self._terminal))

    def _tell(self, *_: object) -> None:
        self._told = True


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _environment(wanted: Plan) -> dict[str, str]:
    variables = {name: str(port) for name, port in wanted.ports.items()}
    if wanted.mode == "lab":
        variables["JUPYTER_TOKEN"] = secrets.token_urlsafe(24)
        _write_private(wanted.token, variables["JUPYTER_TOKEN"])
    return {**os.environ, **variables, "PYTHONUNBUFFERED": "1"}


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def _alone(wanted: Plan) -> Iterator[bool]:
    """Give True to the only one that runs this mode here; to another say where the first is, and give False."""
    paths.run().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (paths.run() / f"{wanted.mode}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say_running(wanted)
            yield False
            return
        _marker(wanted).unlink(missing_ok=True)
        yield True


def _say_running(wanted: Plan) -> None:
    try:
        marker: dict[str, Any] = json.loads(_marker(wanted).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        say("already_starting")
    else:
        say("already_running", address=marker["address"])


def _marker(wanted: Plan) -> Path:
    return paths.run() / f"{wanted.mode}.json"


def _write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _in_words(name: str, value: object, texts: Translator) -> object:
    if name == "part":
        return texts(f"part.{value}")
    if isinstance(value, Path) and value.is_relative_to(Path.cwd()):
        return value.relative_to(Path.cwd())
    return value


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; a fault is one sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m course.serve", description="Run AI-kørekort on this machine.")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--labs-only", dest="mode", action="store_const", const="sandbox", help="the labs alone")
    modes.add_argument("--lab", dest="mode", action="store_const", const="lab", help="JupyterLab with formgrader")
    ports = {"pages": "KOEREKORT_PAGES_PORT", "model": "SANDBOX_MODEL_PORT", "lab": "KOEREKORT_LAB_PORT"}
    for name, variable in ports.items():
        parser.add_argument(f"--{name}-port", metavar="N", help=f"instead of {variable}")
    parser.add_argument("--open", action="store_true", help="also open the address in a browser")
    options = parser.parse_args(arguments)
    for name, variable in ports.items():
        if value := getattr(options, f"{name}_port"):
            os.environ[variable] = value
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would keep what was written
    try:
        return serve(plan(options.mode or "run"), options.open)
    except CourseError as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"It could not be started: {fault}. Put that right, then run the same command again.", file=sys.stderr)
    return CANNOT


if __name__ == "__main__":
    sys.exit(main())
