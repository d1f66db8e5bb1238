"""Does the set-up install what is locked, leave out what is done, and say in one sentence what a person can put right?

A real environment is made and a real (tiny) package installed; no registry is asked.
"""

from __future__ import annotations

import errno
import fcntl
import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from course import bootstrap, packages, paths, progress, steps
from course.steps import Step

ROOT = paths.ROOT
PIP = importlib.metadata.version("pip")
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that stands in for the registry: pip as it is installed here, and a tiny package in two versions."""
    folder = tmp_path_factory.mktemp("wheels")
    for version in ("1.0", "2.0"):
        wheel(folder, version)
    with zipfile.ZipFile(folder / f"pip-{PIP}-py3-none-any.whl", "w") as file:
        for path in importlib.metadata.files("pip") or []:
            if path.parts[0] != ".." and "__pycache__" not in path.parts:
                file.write(path.locate(), path.as_posix())
    return folder


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("checkout")


@pytest.fixture
def checkout(root: Path, shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a lock of one tiny package, and one step after it that counts its runs; nothing is done yet."""
    for made in ("var", ".venv/stamps"):
        shutil.rmtree(root / made, ignore_errors=True)
    (root / "runs").unlink(missing_ok=True)
    lock(root, "1.0")
    (root / "notes.txt").write_text("one")
    count = "import sys; open('runs', 'a').write('x'); sys.exit(open('notes.txt').read() == 'broken')"
    counting = Step("count", "Counting", ("-c", count), ("*.txt",), ("runs",))
    monkeypatch.setattr(paths, "ROOT", root)
    monkeypatch.setenv("KOEREKORT_VAR", str(root / "var"))
    monkeypatch.setattr(steps, "STEPS", (steps.STEPS[0], counting))
    monkeypatch.chdir(root)
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    return root


def wheel(folder: Path, version: str) -> None:
    """Write the smallest package that pip installs."""
    info = f"koerekort_tiny-{version}.dist-info"
    with zipfile.ZipFile(folder / f"koerekort_tiny-{version}-py3-none-any.whl", "w") as file:
        file.writestr("koerekort_tiny.py", f"VERSION = {version!r}\n")
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: koerekort-tiny\nVersion: {version}\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "")


def lock(root: Path, version: str) -> None:
    text = f"# download-mb: 1\n# disk-mb: 2\npip=={PIP}\nkoerekort-tiny=={version}\n"
    (root / "requirements.lock").write_text(text)


def installed() -> str:
    code = "import koerekort_tiny; print(koerekort_tiny.VERSION)"
    return subprocess.run([steps.python(), "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def runs(root: Path) -> int:
    return len((root / "runs").read_text())


def test_a_bare_checkout_is_set_up_and_a_second_time_nothing_runs(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(checkout / ".venv", ignore_errors=True)
    assert bootstrap.main(["setup"]) == 0
    assert installed() == "1.0"
    assert runs(checkout) == 1
    assert re.findall(r"^- (.+) \.\.\.$", capsys.readouterr().out, re.MULTILINE) == [
        "The Python environment",
        "Packages",
        "Counting",
    ]
    assert bootstrap.main(["setup"]) == 0
    assert capsys.readouterr().out == "Everything is set up. Next: make run\n"
    assert runs(checkout) == 1

    lock(checkout, "2.0")
    assert bootstrap.main(["setup"]) == 0
    assert (installed(), runs(checkout)) == ("2.0", 1)


def test_a_step_runs_again_when_what_it_reads_or_makes_has_changed(checkout: Path) -> None:
    (step,) = (step for step in steps.STEPS if step.name == "count")
    assert not steps.is_done(step)
    (checkout / "runs").write_text("x")
    steps.mark_done(step)
    os.utime(checkout / "notes.txt", (1, 1))
    assert steps.is_done(step)
    (checkout / "notes.txt").write_text("two")
    assert not steps.is_done(step)
    steps.mark_done(step)
    (checkout / "more.txt").write_text("three")
    assert not steps.is_done(step)
    steps.mark_done(step)
    (checkout / "runs").unlink()
    assert not steps.is_done(step)


def test_an_environment_that_was_moved_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "venv", lambda: tmp_path / ".venv")
    assert not steps.has_environment()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    steps.python().symlink_to(sys.executable)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("command = python3.11 -m venv /somewhere/else/.venv\n")
    assert not steps.has_environment()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"command = python3.11 -m venv {tmp_path}/.venv\n")
    assert steps.has_environment()


@pytest.fixture
def environment(checkout: Path) -> Path:
    """The checkout with an environment."""
    if not steps.has_environment():
        bootstrap._make_environment(progress.Progress())
    return checkout


def failure(capsys: pytest.CaptureFixture[str]) -> str:
    """Run the set-up, which must fail with exit code 2, and return its one sentence."""
    assert bootstrap.main(["run"]) == 2
    sentence = capsys.readouterr().err.strip()
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


def test_a_registry_that_cannot_be_reached_is_one_sentence(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    sentence = failure(capsys)
    assert sentence.startswith("The package registry could not be reached")
    assert "check the network" in sentence


def test_a_disk_that_is_too_small_is_told_of_before_anything_is_made(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "venv", lambda: tmp_path / ".venv")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**8, 10**8))
    assert re.search(r"has 0\.1 GB free, and the set-up needs \d\.\d GB: free some space", failure(capsys))
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_fills_up_is_one_sentence(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = environment / "var" / "logs" / "setup-packages.log"
    log.parent.mkdir(parents=True)
    log.symlink_to("/dev/full")
    assert failure(capsys).startswith("The disk is full: free some space")


def test_pip_that_meets_a_full_disk_is_the_same_sentence() -> None:
    output = "Collecting x\nERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
    assert packages.why(output) == bootstrap._in_words(OSError(errno.ENOSPC, "x"))


def test_a_step_that_fails_says_which_and_is_run_again(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (environment / "notes.txt").write_text("broken")
    assert "“Counting” did not end well (exit code 1)" in failure(capsys)
    (environment / "notes.txt").write_text("mended")
    assert bootstrap.main(["setup"]) == 0
    assert runs(environment) == 2


def test_two_at_once_take_turns(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (environment / "var" / "run").mkdir(parents=True)
    first = (environment / "var" / "run" / "setup.lock").open("w")
    fcntl.flock(first, fcntl.LOCK_EX)
    timer = threading.Timer(0.5, first.close)
    timer.start()
    assert bootstrap.main(["setup"]) == 0
    timer.join()
    assert "Another set-up of this checkout is running; waiting" in capsys.readouterr().out


def test_a_python_that_cannot_make_environments_says_which_package_is_missing(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "venv", lambda: tmp_path / ".venv")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert re.search(r"ensurepip is missing\..* sudo apt install python3\.\d+-venv;", failure(capsys))


def test_it_runs_as_a_file_without_any_package(tmp_path: Path) -> None:
    command = [sys.executable, "-S", "-E", str(ROOT / "course" / "bootstrap.py"), "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert "one of setup, run, sandbox" in done.stderr


def test_a_python_that_is_too_old_is_told_so_plainly() -> None:
    old = "import sys, runpy; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'; "
    run = f"runpy.run_path({str(ROOT / 'course' / 'bootstrap.py')!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", old + run], capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.9.2" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_has_a_target_for_every_command_and_lists_them() -> None:
    listed = subprocess.run(["make", "-C", ROOT, "help"], capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"^make (\w+)", listed, re.MULTILINE)) - {"help"}
    assert targets == set(bootstrap.COMMANDS)
    for target in targets:
        recipe = subprocess.run(["make", "-C", ROOT, "-n", target], capture_output=True, text=True, check=True).stdout
        assert f"-m course.bootstrap {target}" in recipe


def test_progress_says_how_long_is_left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 30.0, 31.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    shown = progress.Progress(sys.stdout)
    shown.show(0.5, "fetched 10 MB")
    shown.show(0.51, "fetched 11 MB")
    assert capsys.readouterr().out == " " * 4 + " 50 %  fetched 10 MB, about 30 s left\n"
