"""The service as its users and its machine see it: limits, queue, dying engines, signals, silence about prompts."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import engines, readers, wait

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Hemmelighedskræmmeri-4711"


@pytest.fixture
def http(model_service: Any) -> Iterator[httpx.Client]:
    with model_service.http() as client:
        yield client


def test_health_needs_no_token_and_tells_each_engine(model_service: Any) -> None:
    reply = httpx.get(f"{model_service.root}/health", trust_env=False)
    assert reply.status_code == 200
    body = reply.json()
    assert (body["status"], body["default_model"]) == ("ok", "gemma3-270m")
    default = next(engine for engine in body["engines"] if engine["engine"] == "llamacpp")
    assert default["state"] == "ready"
    assert {"chat", "completions", "logprobs", "tokenize"} <= set(default["capabilities"])


def test_everything_else_needs_the_token(model_service: Any) -> None:
    with httpx.Client(base_url=model_service.root, trust_env=False) as client:
        for path in ("/v1/models", "/metrics", "/nowhere"):
            assert client.get(path).status_code == 401
        reply = client.post("/v1/completions", json={}, headers={"Authorization": "Basic x"})
        assert reply.json()["error"]["code"] == "invalid_api_key"


def test_the_token_is_for_its_owner_only(model_service: Any) -> None:
    path = model_service.var / "run" / "model.token"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(model_service.token) >= 32


def test_errors_have_one_shape(http: httpx.Client) -> None:
    replies = {
        404: http.get("/v1/nowhere"),
        405: http.get("/v1/completions"),
        400: http.post("/v1/completions", content=b'{"prompt": "a'),
        413: http.post("/v1/completions", content=b'{"prompt": "' + b"a" * 1_100_000 + b'"}'),
    }
    for status, reply in replies.items():
        assert reply.status_code == status
        assert {"message", "type", "code", "param"} <= set(reply.json()["error"])
    assert "1000000 bytes" in replies[413].json()["error"]["message"]


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"\xff\xfe", b"[" * 100_000, b"", b'{"prompt": NaN}'])
def test_a_body_that_is_no_request_is_refused(http: httpx.Client, body: bytes) -> None:
    for path in ("/v1/completions", "/v1/chat/completions", "/tokenize"):
        assert http.post(path, content=body).status_code == 400


def test_numbers_that_are_no_numbers_are_refused(http: httpx.Client) -> None:
    reply = http.post("/v1/completions", content=b'{"prompt": "a", "temperature": NaN}')
    assert reply.json()["error"]["param"] == "temperature"


def test_metrics_count_and_hold_no_text(http: httpx.Client) -> None:
    http.post("/v1/completions", json={"prompt": SECRET, "max_tokens": 2, "user": SECRET})
    http.post("/v1/completions", json={"prompt": f"{SECRET} 010190-1234"})
    http.post("/v1/completions", json={"prompt": SECRET, "model": SECRET})
    text = http.get("/metrics").text
    assert SECRET not in text
    found = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line[0] != "#"}
    engine = "gemma3-270m/llamacpp"
    assert found['sandbox_memory_bytes{process="gateway"}'] > 20e6
    assert found[f'sandbox_memory_bytes{{process="{engine}"}}'] > 200e6
    assert found[f'sandbox_waiting{{engine="{engine}"}}'] == 0
    assert found["sandbox_first_token_seconds_count"] > 0
    assert found['sandbox_tokens_per_second_count{model="gemma3-270m"}'] > 0
    assert 'sandbox_requests_total{endpoint="completion",model="gemma3-270m",status="200"}' in text
    assert 'sandbox_guard_findings_total{kind="CPR"}' in text
    assert 'sandbox_engine_state{engine="gemma3-270m/llamacpp",state="ready"} 1.0' in text


def test_no_prompt_is_written_anywhere(model_service: Any, http: httpx.Client) -> None:
    http.post("/v1/completions", json={"prompt": SECRET, "max_tokens": 2})
    http.post("/v1/completions", json={"prompt": SECRET, "temperature": SECRET})
    http.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": SECRET}], "max_tokens": 2})
    http.post("/tokenize", json={"prompt": SECRET})
    http.post("/v1/completions", content=f'{{"prompt": "{SECRET}", '.encode())
    http.get("/v1/models", params={"q": SECRET})
    written = [path for path in model_service.var.rglob("*") if path.is_file()]
    assert model_service.output in written
    assert not [path for path in written if SECRET in path.read_text(errors="replace")]
    assert len(model_service.output.read_text().splitlines()) == 1


def test_a_client_that_goes_away_frees_its_place(model_service: Any) -> None:
    """Eight readers hold all places; when they leave, the next answer comes at once."""
    name = "gemma3-270m/llamacpp"
    with model_service.http() as one:
        with readers(one, 8):
            assert engines(model_service)[name]["running"] == 8
        wait(lambda: engines(model_service)[name]["running"] == 0, 10)
        assert one.post("/v1/completions", json={"prompt": "Hej", "max_tokens": 1}).status_code == 200


def test_a_client_that_leaves_while_it_waits_is_forgotten(model_service: Any) -> None:
    name = "gemma3-270m/llamacpp"
    with model_service.http() as one, readers(one, 8):
        with model_service.http(timeout=1) as other, pytest.raises(httpx.ReadTimeout):
            other.post("/v1/completions", json={"prompt": "Hej", "max_tokens": 1})
        wait(lambda: engines(model_service)[name]["waiting"] == 0, 10)
        assert engines(model_service)[name]["running"] == 8
    wait(lambda: engines(model_service)[name]["running"] == 0, 10)


def test_a_stream_that_waits_says_so_and_can_leave(prepared_models: None, tmp_path: Path, start: Any) -> None:
    name, body = "gemma3-270m/llamacpp", {"prompt": "Hej", "max_tokens": 1, "stream": True}
    with start(tmp_path / "var", "--parallel", "1") as service, service.http() as client, readers(client):
        with client.stream("POST", "/v1/completions", json=body) as reply:
            assert reply.status_code == 200
            parts = reply.iter_bytes()
            assert next(parts).startswith(b": waiting")
            assert engines(service)[name]["waiting"] == 1
        wait(lambda: engines(service)[name]["waiting"] == 0)
        assert engines(service)[name]["running"] == 1


def test_a_full_queue_says_when_to_come_back(prepared_models: None, tmp_path: Path, start: Any) -> None:
    with start(tmp_path / "var", "--parallel", "1", "--queue", "1") as service, service.http() as client:
        with readers(client):
            waiting = threading.Thread(target=client.post, args=("/v1/completions",), kwargs={"json": {"prompt": "a"}})
            waiting.start()
            wait(lambda: engines(service)["gemma3-270m/llamacpp"]["waiting"] == 1)
            refused = client.post("/v1/completions", json={"prompt": "b"})
        waiting.join()
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "queue_full"
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_one_page_that_asks_much_does_not_hold_up_another(prepared_models: None, tmp_path: Path, start: Any) -> None:
    done: list[str] = []
    with start(tmp_path / "var", "--parallel", "1") as service, service.http() as client:

        def ask(name: str) -> None:
            body = {"prompt": "Der var engang", "max_tokens": 8}
            client.post("/v1/completions", json=body, headers={"X-Sandbox-Client": name})
            done.append(name)

        many = [threading.Thread(target=ask, args=("many",)) for _ in range(6)]
        for thread in many:
            thread.start()
        wait(lambda: engines(service)["gemma3-270m/llamacpp"]["waiting"] == 5)
        one = threading.Thread(target=ask, args=("one",))
        one.start()
        for thread in (*many, one):
            thread.join()
    assert done.index("one") <= 2


def run(var: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sandbox.service", *options]
    told = {**os.environ, "KOEREKORT_VAR": str(var), **environment}
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=60)


def test_a_port_in_use_gets_one_sentence(prepared_models: None, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = run(tmp_path, "--port", port)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {port} on 127.0.0.1 cannot be used")
    assert len(ended.stderr.splitlines()) == 1


def test_a_model_that_is_not_prepared_gets_one_sentence(tmp_path: Path) -> None:
    ended = run(tmp_path / "var", "--port", "0", KOEREKORT_MODELS=str(tmp_path / "none"))
    assert ended.returncode == 1
    assert "python -m sandbox.models prepare --model gemma3-270m" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("options", [("--port", "99999"), ("--parallel", "0"), ("--idle-minutes", "0")])
def test_an_option_with_an_impossible_value_is_named(tmp_path: Path, options: tuple[str, str]) -> None:
    ended = run(tmp_path, *options)
    assert ended.returncode == 1
    assert options[0] in ended.stderr
