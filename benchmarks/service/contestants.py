"""The servers that are measured, each started as its own users start it, on the same weights and cores.

It measures nothing.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from sandbox.models import converted, load_catalogue, weights

ROOT = Path(__file__).resolve().parents[2]
MODEL = "gemma3-270m"
SLOTS, CONTEXT = 8, 4096
BARE = """
import json, sys, threading, xllamacpp
told = json.loads(sys.argv[1])
params = xllamacpp.CommonParams()
params.model.path, params.model_alias, params.verbosity = told["path"], {told["model"]}, -1
params.n_parallel, params.n_ctx, params.fit_params = told["slots"], told["slots"] * told["context"], False
if told["alike"]:
    params.n_ctx_checkpoints, params.cache_ram_mib = 2, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = told["threads"]
server = xllamacpp.Server(params)
print("at " + server.listening_address + "/v1", flush=True)
threading.Event().wait()
"""


@dataclass(frozen=True)
class Contestant:
    """A running server: base address with /v1, key, the model's name there, its process, seconds until it answered."""

    name: str
    url: str
    key: str
    model: str
    process: psutil.Process
    ready: float

    def memory(self) -> tuple[float, float]:
        """Resident and proportional memory of the process and its children, in GB."""
        found = [self.process, *self.process.children(recursive=True)]
        maps = [one.memory_full_info() for one in found]
        return sum(one.rss for one in maps) / 1e9, sum(one.pss for one in maps) / 1e9


@contextmanager
def ours(*options: str) -> Iterator[Contestant]:
    """`python -m sandbox.service` with its usual settings."""
    with tempfile.TemporaryDirectory() as var:
        command = [sys.executable, "-m", "sandbox.service", "--port", "0", *options]
        with _started(command, {"KOEREKORT_VAR": var}) as (process, begun):
            url = _address(process)
            key = (Path(var) / "run" / "model.token").read_text().strip()
            _wait(process, f"{url.removesuffix('/v1')}/health")
            yield Contestant("our service", url, key, MODEL, psutil.Process(process.pid), time.monotonic() - begun)


@contextmanager
def bare(alike: bool) -> Iterator[Contestant]:
    """xllamacpp's server alone; `alike`: with our settings of cache and threads, else with its own."""
    entry = load_catalogue().models[MODEL]
    told = {"path": str(weights(entry)), "model": MODEL, "slots": SLOTS, "context": CONTEXT, "alike": alike}
    told["threads"] = len(os.sched_getaffinity(0))
    with _started([sys.executable, "-c", BARE, json.dumps(told)], {"GOMP_SPINCOUNT": "1000"} if alike else {}) as (
        process,
        begun,
    ):
        url = _address(process)
        _wait(process, f"{url.removesuffix('/v1')}/health")
        name = f"bare llama.cpp, {'our' if alike else 'its own'} settings"
        yield Contestant(name, url, "", MODEL, psutil.Process(process.pid), time.monotonic() - begun)


@contextmanager
def transformers_serve(command: str) -> Iterator[Contestant]:
    """`transformers serve` on the same weights, unpacked to bfloat16."""
    folder = str(converted(load_catalogue().models[MODEL]))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [command, "serve", folder, "--port", str(port), "--device", "cpu"]
    with _started(asked, {"HF_HUB_OFFLINE": "1"}) as (process, begun):
        _wait(process, f"http://127.0.0.1:{port}/health")
        spent = time.monotonic() - begun
        yield Contestant(
            "transformers serve", f"http://127.0.0.1:{port}/v1", "", folder, psutil.Process(process.pid), spent
        )


@contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], float]]:
    begun = time.monotonic()
    told = {**os.environ, **environment}
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=pipe, stderr=none, text=True)
    try:
        yield process, begun
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"at (http\S+/v1)", line):
            return found[1]
    raise RuntimeError("The server ended before it said where it is.")


def _wait(process: subprocess.Popen[str], url: str) -> None:
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode}.")
        with suppress(httpx.TransportError):
            if httpx.get(url, trust_env=False, timeout=5).status_code == 200:
                return
        time.sleep(0.02)
