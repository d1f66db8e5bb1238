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

from sandbox.models import load_catalogue, prepared

MODEL = "gemma3-270m"
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
    """The service in front of another one of ours, named by its address in an operator's models.yaml."""
    var = tmp_path_factory.mktemp("remote-service") / "var"
    with in_front_of(var, model_service.base_url, MODEL, model_service.token) as service:
        yield service


@pytest.fixture(scope="session")
def foreign_service(prepared_models: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service in front of any OpenAI-compatible server: the one in `SANDBOX_MODEL_URL`, else bare llama.cpp.

    `SANDBOX_MODEL_NAME` and `SANDBOX_MODEL_KEY` are the model's name there, and the server's key.
    """
    var, named = tmp_path_factory.mktemp("foreign-service") / "var", os.environ.get("SANDBOX_MODEL_URL")
    if named:
        asked = os.environ.get("SANDBOX_MODEL_NAME", MODEL), os.environ.get("SANDBOX_MODEL_KEY", "none")
        with in_front_of(var, named, *asked) as service:
            yield service
        return
    with bare_llamacpp("a-key-of-its-own") as url, in_front_of(var, url, MODEL, "a-key-of-its-own") as service:
        yield service


@contextmanager
def in_front_of(var: Path, url: str, model: str, key: str) -> Iterator[Service]:
    """A service that has the model `MODEL` at another address."""
    var.mkdir()
    (var / "models.yaml").write_text(REMOTE.format(url=url, name=model))
    with running(var, REMOTE_KEY=key) as service:
        yield service


@contextmanager
def bare_llamacpp(key: str) -> Iterator[str]:
    """llama.cpp's own server as xllamacpp starts it, with its usual settings; its address with /v1."""
    weights = prepared(load_catalogue().models[MODEL])
    command = [sys.executable, "-c", BARE, str(weights), MODEL, key]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield process.stdout.readline().strip() + "/v1"
    finally:
        process.kill()
        process.wait(20)


@pytest.fixture(scope="session", params=["model_service", "transformers_service", "remote_service", "foreign_service"])
def service(request: pytest.FixtureRequest) -> Service:
    """One service after the other: what asks for this holds for every engine."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Service)
    return found


@pytest.fixture(scope="session")
def client(service: Service) -> openai.OpenAI:
    """OpenAI's own client, at `service`."""
    return openai.OpenAI(base_url=service.base_url, api_key=service.token, max_retries=0, timeout=300)


BARE = """
import sys, threading, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.model_alias, params.api_keys = sys.argv[1], {sys.argv[2]}, [sys.argv[3]]
params.n_parallel, params.n_ctx, params.verbosity = 4, 4 * 4096, -1
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
threading.Event().wait()
"""

REMOTE = """
schema: 1
default: gemma3-270m
models:
  - id: gemma3-270m
    title: Gemma elsewhere
    kind: instruct
    languages: [da]
    licence: {{name: Gemma Terms of Use, url: "https://ai.google.dev/gemma/terms"}}
    source: {{address: "{url}", model: "{name}", key_env: REMOTE_KEY}}
    context: 4096
    expect: {{da: som den anden, en: like the other}}
"""
