"""Installs the locked packages with pip, showing how far it is; standard library only.

It reads the lock's own numbers for the size of the download, and turns pip's complaints into one sentence.
It does not know which step of the set-up comes before or after.
"""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from course.progress import Progress

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)", re.MULTILINE)
SIZE = re.compile(r"^# (download|disk)-mb: (\d+)$", re.MULTILINE)
NO_REGISTRY = re.compile(
    r"NewConnectionError|Temporary failure in name resolution|Name or service not known|ConnectTimeout"
    r"|ReadTimeout|Max retries exceeded|Connection refused|ProxyError|SSLError|from versions: none",
)
FULL = re.compile(r"Errno 28|No space left on device|Disk quota exceeded")


def pins(lock: Path) -> dict[str, str]:
    """Return the exact version of each package in the lock, by its name as written there."""
    return dict(PIN.findall(lock.read_text(encoding="utf-8")))


def megabytes(lock: Path) -> dict[str, int]:
    """Return the sizes that the lock states: `download` and `disk`, in MB."""
    return {name: int(value) for name, value in SIZE.findall(lock.read_text(encoding="utf-8"))}


def missing(lock: Path, python: Path) -> float:
    """Return about which part of the locked packages the environment does not have yet, from 0 to 1."""
    return max(0.0, 1 - _count(python) / len(pins(lock)))


def why(output: str) -> str:
    """Return one sentence for what went wrong in pip's output: what happened and what to do."""
    if FULL.search(output):
        return "The disk is full: free some space, then run the same command again; it goes on where it stopped."
    if NO_REGISTRY.search(output):
        return (
            "The package registry could not be reached, or does not have a package: check the network and "
            "pip's settings (a proxy or your own mirror: PIP_INDEX_URL), then run the same command again."
        )
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"ERROR|\s+\w*Error:", line)] or lines[-1:] or ["it said nothing"]
    return (
        f"pip could not install the packages ({errors[-1].strip()}): put that right, then run the same command again."
    )


def install(python: Path, arguments: tuple[str, ...], lock: Path, log: Path, progress: Progress) -> str | None:
    """Run `pip install` with `arguments` in `python`'s environment; return None, or a sentence if it failed."""
    command = [str(python), "-m", "pip", "--no-input", "--disable-pip-version-check", "install", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None
        watch = _Watch(python, len(pins(lock)), megabytes(lock)["download"], progress)
        try:
            lines = list(watch.follow(iter(pip.stdout)))
        except BaseException:
            pip.terminate()
            raise
        finally:
            watch.stop()
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return why("\n".join(lines)) if pip.returncode else None


class _Watch:
    """Turns pip's lines into progress: first bytes fetched, then packages that appear in the environment."""

    def __init__(self, python: Path, packages: int, download_mb: int, progress: Progress) -> None:
        self._python, self._packages, self._total = python, packages, download_mb * 1e6
        self._progress = progress
        self._fetched = self._current = 0.0
        self._seen = 0
        self._stopped = threading.Event()

    def follow(self, lines: Iterator[str]) -> Iterator[str]:
        """Show each line's progress; yield the lines worth keeping in the log."""
        for line in lines:
            step = re.match(r"Progress (\d+) of (\d+)", line)
            if step:
                self._current = float(step[1])
                if step[1] == step[2]:
                    self._fetched, self._current = self._fetched + self._current, 0.0
            else:
                yield line.rstrip("\n")
                self._note(line)
            self._show_fetching()

    def stop(self) -> None:
        """Stop looking at the environment, and take the progress line away."""
        self._stopped.set()
        self._progress.close()

    def _note(self, line: str) -> None:
        if line.startswith(("Collecting", "Requirement already satisfied")):
            self._seen += 1
        elif line.startswith("WARNING: Retrying"):
            self._progress.show(0, "the package registry does not answer; trying again")
        elif line.startswith("Installing collected packages"):
            self._progress.stage()
            threading.Thread(target=self._show_installing, args=(line.count(",") + 1,), daemon=True).start()

    def _show_fetching(self) -> None:
        if self._seen < 2:  # pip at work on one package: over before a line is read
            return
        done = (self._fetched + self._current) / 1e6
        fraction = 0.5 * min(done * 1e6 / self._total, 1) + 0.5 * min(self._seen / self._packages, 1)
        self._progress.show(
            fraction, f"fetched {done:.0f} MB, {min(self._seen, self._packages)} of {self._packages} packages"
        )

    def _show_installing(self, new: int) -> None:
        before = _count(self._python)
        while new > 1 and not self._stopped.wait(0.5):
            done = _count(self._python) - before
            self._progress.show(done / new, f"installing, {done} of {new} packages")


def _count(python: Path) -> int:
    return len(list(python.parents[1].glob("lib/python3.*/site-packages/*.dist-info")))
