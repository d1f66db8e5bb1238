"""The real model service, started once for all tests that ask it something.

`model_service` chats with llama.cpp, `transformers_service` with transformers, and `remote_service` passes on
to `model_service` as to any OpenAI-compatible address. Each has a var folder of its own and the real models.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import openai
import pytest

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 180


@dataclass
class Service:
    """A running model service: its address (with /v1), token, var folder, process, and where its output goes."""

    base_url: str
    token: str
    var: Path
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def root(self) -> str:
        """The address without /v1."""
        return self.base_url.removesuffix("/v1")

    def http(self, **more: float) -> httpx.Client:
        """An HTTP client that shows the token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.root, headers=headers, timeout=more.get("timeout", 120), trust_env=False)

    def wait_for(self, status: str) -> None:
        """Wait until GET /health says `status`."""
        deadline = time.monotonic() + READY_SECONDS
        with self.http() as http:
            while http.get("/health").json()["status"] != status:
                assert time.monotonic() < deadline, http.get("/health").text
                time.sleep(0.1)


@contextmanager
def running(var: Path, *options: str, ready: str = "ok", **environment: str) -> Iterator[Service]:
    """A model service on a free port, stopped at the end with SIGTERM; it must then end by itself."""
    var.mkdir(parents=True, exist_ok=True)
    output = var / "service.log"
    with output.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.service", "--port", "0", *options],
            cwd=ROOT,
            env={**os.environ, **environment, "KOEREKORT_VAR": str(var)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _answering(var, process, output, ready)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(20)


def _answering(var: Path, process: subprocess.Popen[bytes], output: Path, ready: str) -> Service:
    deadline = time.monotonic() + READY_SECONDS
    while not (found := re.search(r"at (http\S+/v1)", output.read_text())):
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < deadline, "it never said where it is"
        time.sleep(0.05)
    service = Service(found[1], (var / "run" / "model.token").read_text().strip(), var, process, output)
    while True:
        try:
            service.wait_for(ready)
            return service
        except httpx.TransportError:
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < deadline, "it never answered"
            time.sleep(0.05)


def prepare(*options: str) -> None:
    """Make models ready, as `make setup` does."""
    subprocess.run([sys.executable, "-m", "sandbox.models", "prepare", *options], cwd=ROOT, check=True)


@pytest.fixture
def start() -> Callable[..., AbstractContextManager[Service]]:
    """Starts a service of a test's own: `with start(var, "--parallel", "1") as service`."""
    return running


@pytest.fixture(scope="session")
def prepared_models() -> None:
    """Both models, in the cache."""
    prepare()


@pytest.fixture(scope="session")
def converted_model(prepared_models: None) -> None:
    """The default model, unpacked for transformers."""
    prepare("--engine", "transformers", "--model", "gemma3-270m")


@pytest.fixture(scope="session")
def model_service(prepared_models: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service as `make run` starts it."""
    with running(tmp_path_factory.mktemp("model-service") / "var") as service:
        yield service


@pytest.fixture(scope="session")
def transformers_service(converted_model: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service where there is no llama.cpp."""
    with running(tmp_path_factory.mktemp("transformers-service") / "var", "--engine", "transformers") as service:
        yield service


@pytest.fixture(scope="session")
def remote_service(
    model_service: Service, converted_model: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The service in front of another one, named by its address in an operator's models.yaml."""
    var = tmp_path_factory.mktemp("remote-service") / "var"
    var.mkdir()
    (var / "models.yaml").write_text(REMOTE.format(url=model_service.base_url))
    with running(var, REMOTE_KEY=model_service.token) as service:
        yield service


@pytest.fixture(scope="session", params=["model_service", "transformers_service", "remote_service"])
def service(request: pytest.FixtureRequest) -> Service:
    """One service after the other: what asks for this holds for every engine."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Service)
    return found


@pytest.fixture(scope="session")
def client(service: Service) -> openai.OpenAI:
    """OpenAI's own client, at `service`."""
    return openai.OpenAI(base_url=service.base_url, api_key=service.token, max_retries=0, timeout=300)


REMOTE = """
schema: 1
default: gemma3-270m
models:
  - id: gemma3-270m
    title: Gemma elsewhere
    kind: instruct
    languages: [da]
    licence: {{name: Gemma Terms of Use, url: "https://ai.google.dev/gemma/terms"}}
    source: {{address: "{url}", model: gemma3-270m, key_env: REMOTE_KEY}}
    context: 4096
    expect: {{da: som den anden, en: like the other}}
"""
