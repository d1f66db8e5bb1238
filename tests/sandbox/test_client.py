"""The pages' client against the real service: what it gives, and which kind each trouble has."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.answer import Candidate, Delta, Token, readable
from sandbox.client import ModelClient
from sandbox.errors import ModelServiceError

ROOT = Path(__file__).resolve().parents[2]
ENDLESS = "hej " * 12
BEGUN = "Ring til os på telefon 70 10 20"
HELLO = [{"role": "user", "content": "Hej"}]


@pytest.fixture
def client(model_service: Any) -> Iterator[ModelClient]:
    client = ModelClient(model_service.base_url, model_service.token)
    yield client
    client.close()


def test_it_lists_the_models(client: ModelClient) -> None:
    models = {model["id"]: model for model in client.models()}
    assert models["gemma3-270m"]["default"]
    assert models["smollm2-135m"]["kind"] == "instruct"
    assert models["smollm2-135m"]["expect"]["da"]


def test_chat_comes_in_parts_that_end_with_a_reason(client: ModelClient) -> None:
    parts = list(client.chat(HELLO, max_tokens=24, seed=1))
    assert all(isinstance(part, Delta) for part in parts)
    assert len(parts) > 3
    assert [part.finish for part in parts][:-1] == [None] * (len(parts) - 1)
    assert parts[-1].finish == "length"
    whole = list(client.chat(HELLO, stream=False, max_tokens=24, seed=1))
    assert whole == [Delta("".join(part.text for part in parts), "length")]


def test_a_named_model_answers(client: ModelClient) -> None:
    asked = [{"role": "user", "content": "What is 2+2?"}]
    text = "".join(part.text for part in client.chat(asked, model="smollm2-135m", max_tokens=20, temperature=0))
    assert "4" in text


def test_complete_goes_on_with_a_text(client: ModelClient) -> None:
    parts = list(client.complete("Der var engang", max_tokens=5, temperature=0))
    whole = list(client.complete("Der var engang", stream=False, max_tokens=5, temperature=0))
    assert "".join(part.text for part in parts) == whole[0].text


def test_the_likeliest_next_tokens_come_in_order(client: ModelClient) -> None:
    found = client.next_tokens("Danmarks hovedstad er Københav", 10)
    assert len(found) == 10
    assert found[0] == Candidate("n", "n", found[0].logprob)
    assert [one.logprob for one in found] == sorted((one.logprob for one in found), reverse=True)
    assert client.next_tokens("Danmarks hovedstad er Københav", 10) == found
    assert len(client.next_tokens("Jeg", 100)) > 90


def test_a_tokens_label_can_be_read() -> None:
    assert [readable(token) for token in (" hus", "hus", " ", "\n", "a\tb", "")] == ["hus", "hus", "␣", "⏎", "a⇥b", "∅"]


def test_a_text_is_cut_into_tokens(client: ModelClient) -> None:
    found = client.tokenize("Blåbærgrød")
    assert "".join(token.text for token in found) == "Blåbærgrød"
    assert all(isinstance(token, Token) for token in found)
    assert len(found) > len(client.tokenize("blueberry pie"))


def test_a_given_text_is_scored(client: ModelClient) -> None:
    likely, unlikely = client.scores(["Danmarks hovedstad hedder København.", "Danmarks hovedstad hedder banan."])
    assert "".join(token.text for token in likely) == "Danmarks hovedstad hedder København."
    assert all(token.logprob is not None and token.logprob <= 0 for token in likely)
    assert sum(token.logprob or 0 for token in likely) > sum(token.logprob or 0 for token in unlikely)
    assert client.score("Danmarks hovedstad hedder København.") == likely


def test_one_who_waits_can_leave_the_queue(prepared_models: None, tmp_path: Path, start: Any) -> None:
    with start(tmp_path / "var", "--parallel", "1") as service:
        one, other = (ModelClient(service.base_url, service.token) for _ in range(2))
        answer, waiting = one.complete(ENDLESS, max_tokens=4000, temperature=0), other.complete("Hej")
        next(answer)
        assert next(waiting) == Delta("")
        waiting.close()
        wait(lambda: service.http().get("/health").json()["engines"][0]["waiting"] == 0)
        assert one.health()["engines"][0]["running"] == 1
        answer.close()


def test_what_the_guard_masks_in_an_answer_is_told(client: ModelClient) -> None:
    """The model goes on with a number that the text began."""
    for stream in (True, False):
        parts = list(client.complete(BEGUN, stream=stream, max_tokens=24, temperature=0, logprobs=2))
        text = "".join(part.text for part in parts)
        assert "[TELEFON]" in text
        assert parts[-1].masked == ("PHONE",)
        assert "".join(token.token for part in parts for token in part.tokens) == text


def test_health_is_told(client: ModelClient) -> None:
    assert client.health()["status"] == "ok"


def wait(what: Callable[[], object]) -> None:
    """Wait until `what` is true."""
    deadline = time.monotonic() + 10
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def kind_of(error: pytest.ExceptionInfo[ModelServiceError]) -> str:
    assert str(error.value).endswith(".")
    return error.value.kind


def test_a_stopped_text_is_blocked(client: ModelClient) -> None:
    with pytest.raises(ModelServiceError) as caught:
        list(client.chat([{"role": "user", "content": "CPR 010190-1234"}]))
    assert kind_of(caught) == "blocked"
    findings: Any = caught.value.details["findings"]
    assert findings[0] == {"kind": "CPR", "start": 4, "end": 15, "message": 0}


def test_a_long_text_is_too_long(client: ModelClient) -> None:
    with pytest.raises(ModelServiceError) as caught:
        list(client.complete("ord " * 5000))
    assert kind_of(caught) == "too_long"
    assert caught.value.details["limit"] == 4096
    with pytest.raises(ModelServiceError) as caught:
        list(client.complete("ord " * 400_000))
    assert kind_of(caught) == "too_long"


def test_what_cannot_be_asked_is_other(client: ModelClient) -> None:
    with pytest.raises(ModelServiceError) as caught:
        list(client.complete("x", temperature=9))
    assert kind_of(caught) == "other"
    assert caught.value.details["param"] == "temperature"


def test_a_service_that_is_not_there_is_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    monkeypatch.setenv("SANDBOX_MODEL_URL", "http://127.0.0.1:9/v1")
    for ask in (ModelClient().models, ModelClient().health, ModelClient(token="x").models):
        with pytest.raises(ModelServiceError) as caught:
            ask()
        assert kind_of(caught) == "down"


def test_a_full_queue_is_busy(prepared_models: None, tmp_path: Path, start: Any) -> None:
    with start(tmp_path / "var", "--parallel", "1", "--queue", "0") as service:
        one, other = (ModelClient(service.base_url, service.token) for _ in range(2))
        answer = one.complete(ENDLESS, max_tokens=4000, temperature=0)
        next(answer)
        with pytest.raises(ModelServiceError) as caught:
            list(other.complete("Hej"))
        assert kind_of(caught) == "busy"
        assert (caught.value.retry_after or 0) >= 1
        answer.close()
        wait(lambda: service.http().get("/health").json()["engines"][0]["running"] == 0)
        assert list(other.complete("Hej", max_tokens=1))


def test_a_service_that_dies_and_comes_back_is_found_again(
    prepared_models: None, tmp_path: Path, start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same client, and another token: a page stays open over a restart."""
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    with start(tmp_path / "var") as service:
        client = ModelClient(service.base_url)
        answer = client.complete(ENDLESS, max_tokens=4000, temperature=0)
        next(answer)
        service.process.kill()
        with pytest.raises(ModelServiceError) as caught:
            list(answer)
        assert kind_of(caught) == "down"
        port = service.root.rpartition(":")[2]
    (tmp_path / "var" / "run" / "model.token").unlink()
    with start(tmp_path / "var", "--port", port):
        assert list(client.complete("Hej", max_tokens=1))


def test_a_page_that_imports_the_client_stays_small() -> None:
    code = "import sys, json, sandbox.client; print(json.dumps(sorted(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout
    loaded = {name.partition(".")[0] for name in json.loads(out)}
    assert not loaded & {"torch", "transformers", "numpy", "starlette", "uvicorn", "nbgrader", "xllamacpp", "yaml"}
