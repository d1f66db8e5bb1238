"""Starts the whole product as `make run` does, in a folder of its own: real model, real nbgrader, real pages."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course import paths

START_SECONDS = 240
STOP_SECONDS = 40
LOOK_EVERY = 0.2


@dataclass(frozen=True)
class Product:
    """A running product: the address with its token, the folder it works in, and its launcher."""

    address: str
    var: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    @property
    def base(self) -> str:
        """The address without path and token."""
        return self.address.split("/login")[0]


@contextmanager
def started(var: Path) -> Iterator[Product]:
    """Start everything in an empty folder `var`; only the fetched look is the one that set-up made."""
    (var / "theme").parent.mkdir(parents=True, exist_ok=True)
    (var / "theme").symlink_to(paths.theme(), target_is_directory=True)
    ports = dict(zip(("KOEREKORT_PAGES_PORT", "SANDBOX_MODEL_PORT"), map(str, free_ports(2)), strict=True))
    environment = {**os.environ, **ports, "KOEREKORT_VAR": str(var), "KOEREKORT_LEARNER": "anna"}
    for step in (["course.build"], ["grading", "release"]):
        subprocess.run([sys.executable, "-m", *step], env=environment, check=True, cwd=paths.ROOT)
    with (var / "serve.log").open("wb") as log:
        command = [sys.executable, "-m", "course.serve"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=paths.ROOT)
    try:
        yield Product(_address(var, process), var, process, environment)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _address(var: Path, process: subprocess.Popen[bytes]) -> str:
    marker = var / "run" / "run.json"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if marker.is_file():
            return str(json.loads(marker.read_text("utf-8"))["address"])
        time.sleep(LOOK_EVERY)
    process.kill()
    raise AssertionError(f"The product did not start:\n{(var / 'serve.log').read_text('utf-8')}")
