"""Runs the sandbox as `make sandbox` does, on free ports and in a folder that is thrown away.

It does not know what is measured.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from course import paths

PATIENCE_S = 300
STOP_S = 60
KERNEL = ("sandbox.pages.forkserver", "ipykernel")


@dataclass(frozen=True)
class Server:
    """The running sandbox: the address with its token, and the process that started everything."""

    address: str
    process: psutil.Process

    def kernels(self) -> list[psutil.Process]:
        """Return the processes of kernels, those kept ready and the one they are forked from included."""
        found = []
        for process in self.process.children(recursive=True):
            try:
                if any(part.startswith(KERNEL) for part in process.cmdline()):
                    found.append(process)
            except psutil.Error:  # it has ended meanwhile
                continue
        return found

    def kernel_megabytes(self) -> list[float]:
        """Return the proportional set size of each of `kernels`: what is shared counts for a share."""
        sizes = []
        for process in self.kernels():
            try:
                sizes.append(process.memory_full_info().pss / 2**20)
            except psutil.Error:
                continue
        return sizes


@contextmanager
def serving(code: Path = paths.ROOT) -> Iterator[Server]:
    """Start the sandbox of the checkout `code`, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="visitors-") as folder:
        var = Path(folder)
        (var / "theme").symlink_to(paths.theme(), target_is_directory=True)
        first, second = _free_ports()
        environment = os.environ | {"KOEREKORT_VAR": folder, "PYTHONPATH": str(code)}
        environment |= {"KOEREKORT_PAGES_PORT": first, "SANDBOX_MODEL_PORT": second}
        subprocess.run([sys.executable, "-m", "course.build"], cwd=code, env=environment, check=True, stdout=sys.stderr)
        command = [sys.executable, "-m", "course.serve", "--labs-only"]
        process = subprocess.Popen(command, cwd=code, env=environment, stdout=subprocess.DEVNULL)
        try:
            yield Server(_address(var, process), psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(STOP_S)


def _free_ports() -> tuple[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return str(one.getsockname()[1]), str(other.getsockname()[1])


def _address(var: Path, process: subprocess.Popen[bytes]) -> str:
    marker = var / "run" / "sandbox.json"
    end = time.monotonic() + PATIENCE_S
    while not marker.is_file():
        if process.poll() is not None or time.monotonic() > end:
            logs = "\n".join(log.read_text("utf-8", "replace")[-2000:] for log in (var / "logs").glob("*.log"))
            raise SystemExit(f"The sandbox did not start. Its logs end with:\n{logs}")
        time.sleep(0.2)
    return str(json.loads(marker.read_text("utf-8"))["address"])
