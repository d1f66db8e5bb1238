"""An engine's life behind the gateway: it dies, hangs, is not needed, cannot start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from serving import children, engines, readers, wait

ROOT = Path(__file__).resolve().parents[3]


def test_an_engine_that_dies_is_told_and_started_again(prepared_models: None, tmp_path: Path, start: Any) -> None:
    with start(tmp_path / "var") as service, service.http() as client:
        with readers(client) as (answer,):
            children(service)[0].kill()
            last = json.loads(b"".join(answer).split(b"data: ")[-2])
        assert last["error"]["code"] == "engine_down"
        reply = client.post("/v1/completions", json={"prompt": "Hej", "max_tokens": 1})
        assert reply.status_code in (200, 503)
        if reply.status_code == 503:
            assert reply.json()["error"]["code"] == "engine_down"
            assert int(reply.headers["retry-after"]) >= 1
        service.wait_for("ok")
        assert engines(service)["gemma3-270m/llamacpp"]["deaths"] == 1
        assert client.post("/v1/completions", json={"prompt": "Hej", "max_tokens": 1}).status_code == 200


def test_an_engine_that_hangs_is_ended_and_started_again(prepared_models: None, tmp_path: Path, start: Any) -> None:
    """Stopped with SIGSTOP. A call in its hands ends with a sentence; later ones are told to wait."""
    asked = {"prompt": "Hej", "max_tokens": 1}
    with start(tmp_path / "var") as service, service.http() as client:
        with readers(client) as (answer,):
            engine = children(service)[0]
            engine.suspend()
            last = json.loads(b"".join(answer).split(b"data: ")[-2])
        assert last["error"]["code"] == "engine_down"
        assert not engine.is_running() or engine.status() == psutil.STATUS_ZOMBIE
        reply = client.post("/v1/completions", json=asked)
        assert reply.status_code in (200, 503)
        if reply.status_code == 503:
            assert "answered no more" in reply.json()["error"]["message"]
        service.wait_for("ok")
        assert engines(service)["gemma3-270m/llamacpp"]["deaths"] == 1
        assert client.post("/v1/completions", json=asked).status_code == 200


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_engine_outlives_the_service(prepared_models: None, tmp_path: Path, start: Any, name: int) -> None:
    """Also in the middle of an answer, and also when the gateway has no time to say goodbye."""
    with start(tmp_path / "var") as service, service.http() as client, readers(client):
        engine = children(service)[0]
        begun = time.monotonic()
        service.process.send_signal(name)
        service.process.wait(15)
        wait(lambda: not engine.is_running() or engine.status() == psutil.STATUS_ZOMBIE, 5)
        assert time.monotonic() - begun < 10


def test_engines_that_nobody_uses_are_let_go(prepared_models: None, tmp_path: Path, start: Any) -> None:
    with start(tmp_path / "var", "--idle-minutes", "0.02") as service, service.http() as client:
        asked = {"model": "smollm2-135m", "prompt": "Hello", "max_tokens": 1}
        assert engines(service)["smollm2-135m/llamacpp"]["state"] == "idle"
        assert client.post("/v1/completions", json=asked).status_code == 200
        assert len(children(service)) == 2
        wait(lambda: engines(service)["smollm2-135m/llamacpp"]["state"] == "idle")
        wait(lambda: len(children(service)) == 1)
        assert engines(service)["gemma3-270m/llamacpp"]["state"] == "ready"
        assert client.post("/v1/completions", json=asked).status_code == 200


def test_a_model_for_scoring_that_is_not_unpacked_is_told(prepared_models: None, tmp_path: Path, start: Any) -> None:
    """The weights are there, the folder for transformers is not."""
    home = Path(os.environ.get("KOEREKORT_MODELS") or Path.home() / ".cache" / "koerekort" / "models") / "gemma3-270m"
    cache = tmp_path / "models" / "gemma3-270m"
    cache.mkdir(parents=True)
    for name in ("model.gguf", "model.gguf.stamp.json"):
        (cache / name).symlink_to(home / name)
    with start(tmp_path / "var", KOEREKORT_MODELS=str(tmp_path / "models")) as service, service.http() as client:
        reply = client.post("/v1/completions", json={"prompt": "Hej", "max_tokens": 0, "prompt_logprobs": 1})
    assert reply.status_code == 503
    assert reply.json()["error"]["code"] == "model_not_prepared"
    assert "--engine transformers" in reply.json()["error"]["message"]


def test_a_file_that_is_no_model_gets_a_sentence_in_health(tmp_path: Path, start: Any) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(64))
    entry = f"""
schema: 1
default: broken
models:
  - {{id: broken, title: B, kind: instruct, languages: [en], licence: {{name: MIT, url: x}}, size_mb: 1, context: 64,
     source: {{file: {tmp_path / "broken.gguf"}}}, expect: {{da: a, en: b}}}}
"""
    (var / "models.yaml").write_text(entry)
    environment = {**os.environ, "KOEREKORT_VAR": str(var), "KOEREKORT_MODELS": str(tmp_path / "cache")}
    subprocess.run(
        [sys.executable, "-m", "sandbox.models", "prepare", "--model", "broken"], cwd=ROOT, env=environment, check=True
    )
    with start(var, ready="down", KOEREKORT_MODELS=str(tmp_path / "cache")) as service, service.http() as client:
        assert "did not start" in engines(service)["broken/llamacpp"]["message"]
        reply = client.post("/v1/completions", json={"prompt": "Hej"})
    assert reply.status_code == 503
    assert "broken" in reply.json()["error"]["message"]
