"""From a bare checkout to a running course: `python3.11 course/bootstrap.py <command>`; standard library only.

Runs the steps of course/steps.py that are not done, then the command itself in the environment they made.
Whatever a person can put right ends in one sentence and exit code 2.
It does not know what the steps do, nor how the course is served.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"AI-kørekort needs Python 3.11 or newer, and this is Python {sys.version.split()[0]} ({sys.executable}). "
        "Install Python 3.11, or name one: make run PYTHON=/path/to/python3.11"
    )
if not __package__:  # run as a file: our folder `locale` must not hide Python's own module of that name
    sys.path[0] = sys.path[0].rpartition("/")[0]

import errno
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from course import packages, paths, steps
from course.errors import CourseError
from course.progress import Progress, minutes

SIDE_BY_SIDE = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")  # most tests wait for a browser or an engine
COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "setup": (),
    "run": (("-m", "course.serve"),),
    "sandbox": (("-m", "course.serve", "--labs-only"),),
    "lab": (("-m", "course.serve", "--lab"),),
    "grade": (("-m", "grading", "autograde"),),
    "test": (("-m", "pytest", *SIDE_BY_SIDE, "-m", "not proof"),),
    "quick": (("-m", "pytest", "-m", "not slow and not browser and not proof"),),
    "proof": (("-m", "pytest", "-m", "proof", "tests/proof"),),
    "check": (
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "ruff", "check", "."),
        ("-m", "mypy"),
        ("-m", "course.build", "--check"),
        ("-m", "course.checks"),
    ),
}
MODELS_MB = 700
FAILED = 2


class SetupError(CourseError):
    """A step of the set-up did not end well; the message is for the person at the terminal."""


def main(arguments: list[str]) -> int:
    """Set up what is not set up yet, then do the command; return the exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Use: {sys.argv[0]} <command>, where the command is one of {', '.join(COMMANDS)}.", file=sys.stderr)
        return FAILED
    os.chdir(paths.ROOT)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)  # what was started is stopped too, as with Ctrl-C
    try:
        with _alone():
            prepare()
    except CourseError as fault:
        print(f"\n{fault}", file=sys.stderr)
        return FAILED
    except OSError as fault:
        print(f"\n{_in_words(fault)}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again: it goes on where it stopped.", file=sys.stderr)
        return 130
    return _do(COMMANDS[arguments[0]], arguments[1:])


def prepare() -> None:
    """Run each step that is not done, in the table's order."""
    if fresh := not steps.has_environment():
        _room()
        _show("The Python environment", _make_environment)
    for step in steps.STEPS:
        if fresh or not steps.is_done(step):
            _show(step.heading, partial(_run, step))
        elif step.always:
            _run(step, Progress(), quiet=True)


def _show(heading: str, work: Callable[[Progress], None]) -> None:
    print(f"- {heading} ...", flush=True)
    start = time.monotonic()
    progress = Progress()
    try:
        work(progress)
    finally:
        progress.close()
    print(f"  done in {minutes(time.monotonic() - start)}", flush=True)


def _make_environment(_: Progress) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _install_ensurepip()
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(steps.venv())], capture_output=True, text=True)
    if made.returncode:
        raise SetupError(
            f"Python could not make an environment in {steps.venv()}: {_last(made.stdout + made.stderr)} "
            "Put that right, then run the same command again."
        )


def _install_ensurepip() -> None:
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"  this Python cannot make environments; installing {package} with apt-get", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdin=subprocess.DEVNULL)
        done = subprocess.run(["apt-get", "install", "-y", "-qq", package], stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            return
    raise SetupError(
        f"This Python ({sys.executable}) cannot make environments: its module ensurepip is missing. "
        f"On Debian or Ubuntu: sudo apt install {package}; then run the same command again."
    )


def _run(step: steps.Step, progress: Progress, quiet: bool = False) -> None:
    if step.command[0] == steps.PIP:
        _pip(step, progress)
    elif code := _call(step, quiet):
        if shutil.disk_usage(paths.var()).free < 50e6:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise SetupError(
            f"The step “{step.heading}” did not end well (exit code {code}). "
            "Put right what it says above, then run the same command again."
        )
    steps.mark_done(step)


def _call(step: steps.Step, quiet: bool) -> int:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run([str(steps.python()), *step.command], stdout=output).returncode


def _pip(step: steps.Step, progress: Progress) -> None:
    if step.name == "packages":
        _room()
    lock = paths.ROOT / steps.LOCK
    log = paths.logs() / f"setup-{step.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    newer_pip = (f"pip=={packages.pins(lock)['pip']}",)  # an old one shows no progress
    for arguments in (newer_pip, ("--progress-bar", "raw", *step.command[1:])):
        if fault := packages.install(steps.python(), arguments, lock, log, progress):
            raise SetupError(fault)


def _room() -> None:
    """Refuse to begin where the disk cannot hold what is still to come."""
    lock = paths.ROOT / steps.LOCK
    sizes, missing = packages.megabytes(lock), packages.missing(lock, steps.python())
    needed: dict[int, tuple[Path, float]] = {}
    for folder, size in (
        (paths.ROOT, sizes["disk"] * missing),
        (Path(tempfile.gettempdir()), sizes["download"] * missing),
        (Path.home(), MODELS_MB),
    ):
        device = folder.stat().st_dev
        needed[device] = (folder, needed.get(device, (folder, 0))[1] + size)
    for folder, size in needed.values():
        free = shutil.disk_usage(folder).free / 1e6
        if free < size:
            raise SetupError(
                f"The disk that holds {folder} has {free / 1000:.1f} GB free, and the set-up needs "
                f"{size / 1000:.1f} GB: free some space, then run the same command again."
            )


def _do(commands: tuple[tuple[str, ...], ...], extra: list[str]) -> int:
    """Replace this process by the command; with several, run all of them and return the worst exit code."""
    if not commands:
        print("Everything is set up. Next: make run")
        return 0
    python = str(steps.python())
    if len(commands) == 1:
        sys.stdout.flush()
        os.execv(python, [python, *commands[0], *extra])
    worst = 0
    for command in commands:
        print(f"$ {' '.join(command[1:])}", flush=True)
        worst = max(worst, subprocess.run([python, *command, *extra]).returncode)
    return worst


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the set-up's lock, so that two at once do not write in one environment."""
    paths.run().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (paths.run() / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this checkout is running; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _in_words(fault: OSError) -> str:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full: free some space, then run the same command again; it goes on where it stopped."
    place = f" ({fault.filename})" if fault.filename else ""
    return f"The set-up could not go on: {fault.strerror}{place}. Put that right, then run the same command again."


def _last(text: str) -> str:
    return ([line.strip() for line in text.splitlines() if line.strip()] or ["it said nothing."])[-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
