"""The contract's other half: what is refused, and how, through the gateway in front of every engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openai
import pytest
from asking import MODEL, complete, say


def test_a_prompt_that_is_too_long_is_told_limit_and_length(client: openai.OpenAI) -> None:
    long = "ord " * 5000
    messages = [{"role": "user", "content": long}]
    asks: list[tuple[Callable[..., Any], dict[str, Any], str]] = [
        (complete, {"prompt": long}, "prompt"),
        (complete, {"prompt": long, "stream": True}, "prompt"),
        (say, {"messages": messages}, "messages"),
    ]
    for ask, asked, param in asks:
        with pytest.raises(openai.BadRequestError) as caught:
            ask(client, **asked)
        body: Any = caught.value.body
        assert body["code"] == "context_length_exceeded"
        assert body["limit"] == 4096
        assert body["length"] > 5000
        assert "4096" in body["message"]
        assert str(body["length"]) in body["message"]
        assert body["param"] == param


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", 2.1), ("temperature", "hot"), ("temperature", True), ("top_p", 0), ("top_p", 1.5),
        ("top_k", -2), ("top_k", 1.5), ("seed", -1), ("seed", 2**32), ("max_tokens", 0), ("max_tokens", 5000),
        ("max_tokens", "6"), ("logprobs", 101), ("logprobs", -1), ("stop", ""), ("stop", ["a"] * 9), ("stop", 3),
        ("n", 2), ("stream", "yes"), ("prompt_logprobs", 101), ("echo", True), ("prompt", ["a", "b"]),
        ("prompt", [1, 2]), ("prompt", None), ("temprature", 1),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_named_with_its_value(client: openai.OpenAI, name: str, value: object) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        complete(client, extra_body={name: value})
    body: Any = caught.value.body
    assert body["param"] == name
    assert name in body["message"]
    if body["code"] == "invalid_value":
        assert repr(value)[:50] in body["message"]


@pytest.mark.parametrize(
    ("messages", "param"),
    [
        ([], "messages"),
        ("hej", "messages"),
        ([{"role": "robot", "content": "x"}], "messages[0].role"),
        ([{"role": "user", "content": 3}], "messages[0].content"),
        ([{"role": "user", "content": [{"type": "image_url"}]}], "messages[0].content"),
        ([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "messages[1].role"),
    ],
)
def test_a_bad_message_is_named(client: openai.OpenAI, messages: Any, param: str) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        say(client, messages=messages)
    assert caught.value.param == param


def test_an_unknown_model_gets_the_list_of_known_ones(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="Known: gemma3-270m"):
        complete(client, model="gpt-9")


def test_a_wrong_token_is_refused(service: Any) -> None:
    for key in ("wrong", service.token + "x"):
        with pytest.raises(openai.AuthenticationError):
            openai.OpenAI(base_url=service.base_url, api_key=key, max_retries=0).models.list()


def test_scoring_and_streaming_do_not_go_together(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="prompt_logprobs"):
        complete(client, stream=True, extra_body={"prompt_logprobs": 1})


def test_the_guard_stops_a_cpr_number_before_the_model(client: openai.OpenAI) -> None:
    text = "Borgeren har CPR-nummer 010190-1234."
    messages = [{"role": "user", "content": "Hej"}, {"role": "user", "content": text}]
    asks: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (complete, {"prompt": text}),
        (complete, {"prompt": text, "stream": True}),
        (complete, {"prompt": text, "max_tokens": 0, "extra_body": {"prompt_logprobs": 1}}),
        (tokens, {"prompt": text}),
        (say, {"messages": messages}),
    ]
    for ask, asked in asks:
        with pytest.raises(openai.BadRequestError) as caught:
            ask(client, **asked)
        body: Any = caught.value.body
        assert (body["code"], body["type"]) == ("blocked_by_guard", "guard")
        place = body["findings"][0]
        assert place["kind"] == "CPR"
        assert text[place["start"] : place["end"]] == "010190-1234"
        assert "010190" not in str(body)


def tokens(client: openai.OpenAI, prompt: str) -> Any:
    """The service's own route, beside OpenAI's."""
    return client.post("../tokenize", body={"prompt": prompt}, cast_to=object)


def test_the_guard_masks_a_text_before_it_is_cut_into_tokens(service: Any) -> None:
    with service.http() as http:
        reply = http.post("/tokenize", json={"prompt": "Skriv til anna.hansen@example.dk", "model": MODEL})
    assert reply.headers["x-guard-verdict"] == "mask"
    assert "".join(reply.json()["token_strs"][1:]) == "Skriv til [E-MAIL]"


def test_the_guard_masks_an_address_before_the_model(client: openai.OpenAI) -> None:
    """The answer is the one to the masked text, token for token."""
    prompt = "Skriv til anna.hansen@example.dk om"
    reply = client.completions.with_raw_response.create(model=MODEL, prompt=prompt, max_tokens=8, seed=1)
    assert reply.headers["x-guard-verdict"] == "mask"
    masked = prompt.replace("anna.hansen@example.dk", "[E-MAIL]")
    assert complete(client, prompt=masked, max_tokens=8, seed=1).choices[0].text == reply.parse().choices[0].text


def test_what_the_model_made_up_before_does_not_end_a_conversation(client: openai.OpenAI) -> None:
    messages = [
        {"role": "user", "content": "Hej"},
        {"role": "assistant", "content": "Dit CPR-nummer er 010190-1234."},
        {"role": "user", "content": "Nej"},
    ]
    assert say(client, messages=messages).choices[0].message.content
