"""The contract: the same questions through the gateway, with OpenAI's own client, to every engine."""

from __future__ import annotations

import itertools
import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openai
import pytest
from asking import MODEL, PROMPT, complete, say

LONG = "Borgeren har søgt om støtte til transport, og kommunen skal svare inden for fristen. " * 22  # some 400 tokens
SENTENCES = (
    "Blåbærgrød på æøå",
    "  to mellemrum og\ttabulator",
    "linje\n\nny linje",
    "😀 flag 🇩🇰 og e\u0301",
    "§ 12, stk. 3: kr. 1.234,50",
    "<b>html</b>",
    "",
)


def said(choice: Any) -> str:
    """The text of a completion's choice or chunk, or of a chat's chunk."""
    return str(choice.text if hasattr(choice, "text") else choice.delta.content or "")


def test_the_models_say_what_they_are(client: openai.OpenAI) -> None:
    found = {model.id: model for model in client.models.list()}
    assert MODEL in found
    more = found[MODEL].model_extra or {}
    assert more["max_model_len"] == 4096
    assert set(more["expect"]) == {"da", "en"}
    assert {"chat", "completions"} <= set(more["capabilities"])


def test_what_a_server_lacks_is_found_out_and_told(can: frozenset[str], service: Any, client: openai.OpenAI) -> None:
    """Ours can all; a bare llama.cpp cannot score a given text, and who asks for it reads a sentence."""
    health = service.http().get("/health").json()["engines"]
    assert all(set(engine["capabilities"]) <= can for engine in health if engine["model"] == MODEL)
    if "prompt_logprobs" in can:
        assert complete(client, max_tokens=0, extra_body={"prompt_logprobs": 0}).choices
        return
    with pytest.raises(openai.BadRequestError, match="cannot score a given text") as caught:
        complete(client, max_tokens=0, extra_body={"prompt_logprobs": 0})
    assert caught.value.code == "not_supported_by_engine"


def test_a_completion_has_text_reason_and_usage(client: openai.OpenAI) -> None:
    answer = complete(client)
    assert answer.object == "text_completion"
    assert answer.choices[0].text
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage.completion_tokens == 6
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + 6


def test_a_chat_answer_has_text_reason_and_usage(client: openai.OpenAI) -> None:
    answer = say(client)
    assert answer.object == "chat.completion"
    assert answer.choices[0].message.role == "assistant"
    assert answer.choices[0].message.content
    assert answer.choices[0].finish_reason in ("length", "stop")
    assert answer.usage.prompt_tokens > 0


@pytest.fixture
def can(client: openai.OpenAI) -> frozenset[str]:
    """What the models' list says that the model can."""
    return frozenset((client.models.retrieve(MODEL).model_extra or {})["capabilities"])


def need(can: frozenset[str], capability: str) -> None:
    """Skip where the server said itself that it lacks it; one of ours lacks nothing."""
    if capability not in can:
        pytest.skip(f"this server has no {capability}")


def test_the_same_seed_gives_the_same_tokens(client: openai.OpenAI) -> None:
    first, again = (complete(client, seed=7, temperature=1, max_tokens=12).choices[0].text for _ in range(2))
    assert first == again
    others = {complete(client, seed=seed, temperature=1, max_tokens=12).choices[0].text for seed in range(3)}
    assert len(others) > 1


@pytest.mark.parametrize("prompt", [PROMPT, LONG], ids=["short", "long"])
def test_the_same_seed_gives_the_same_tokens_beside_other_calls(
    client: openai.OpenAI, can: frozenset[str], prompt: str
) -> None:
    """Others with a seed and without, with prompts of all lengths, some of which begin with the same words."""
    need(can, "seed")

    def seeded() -> str:
        return str(complete(client, prompt=prompt, seed=7, temperature=1, max_tokens=12).choices[0].text)

    alone, lengths = seeded(), (30, len(LONG), 400, 900)
    with ThreadPoolExecutor(8) as pool:
        for length in lengths:
            pool.submit(complete, client, prompt=LONG[:length], temperature=1, max_tokens=10)
        found = [pool.submit(seeded) for _ in range(3)]
        for length in lengths:
            pool.submit(complete, client, prompt=LONG[length // 2 :], seed=length, max_tokens=8)
        texts = [one.result() for one in found]
    assert texts == [alone] * 3
    assert seeded() == alone


def test_a_stream_says_the_same_as_a_whole_answer(client: openai.OpenAI) -> None:
    for ask in (complete, say):
        asked = {
            "seed": 3,
            "temperature": 1,
            "max_tokens": 24,
        }  # the guard holds the last word back: some words it takes
        whole = ask(client, **asked).choices[0]
        chunks = list(ask(client, **asked, stream=True, stream_options={"include_usage": True}))
        text = "".join(said(chunk.choices[0]) for chunk in chunks if chunk.choices)
        assert text == (whole.text if ask is complete else whole.message.content)
        assert len([chunk for chunk in chunks if chunk.choices]) > 2
        assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == whole.finish_reason
        assert chunks[-1].usage.completion_tokens > 0
        assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_has_no_usage_unless_asked(client: openai.OpenAI) -> None:
    assert all(chunk.usage is None for chunk in complete(client, stream=True))


def test_temperature_zero_takes_the_likeliest_token_whatever_the_seed(client: openai.OpenAI) -> None:
    greedy = {complete(client, temperature=0, seed=seed).choices[0].text for seed in (1, 2)}
    narrow = complete(client, temperature=1, seed=5, extra_body={"top_k": 1}).choices[0].text
    assert greedy == {narrow}
    assert complete(client, temperature=1, seed=5, top_p=0.001).choices[0].text == narrow


def test_next_word_chances_are_the_models_own(client: openai.OpenAI) -> None:
    """Fifty likeliest next tokens, whatever the sampling asked for beside them."""
    found = complete(client, max_tokens=1, logprobs=50, temperature=0, seed=0).choices[0].logprobs
    top = found.top_logprobs[0]
    values = list(top.values())
    assert 45 <= len(top) <= 50  # some tokens read the same
    assert values == sorted(values, reverse=True)
    assert 0.3 < sum(map(math.exp, values)) <= 1.0001
    assert found.tokens[0] == next(iter(top))
    hot = complete(client, max_tokens=1, logprobs=50, temperature=2, seed=1).choices[0].logprobs.top_logprobs[0]
    assert hot[found.tokens[0]] == pytest.approx(values[0], abs=0.001)


def test_completion_logprobs_are_parallel_lists(client: openai.OpenAI) -> None:
    choice = complete(client, logprobs=2, temperature=0).choices[0]
    found = choice.logprobs
    assert "".join(found.tokens) == choice.text
    assert len(found.tokens) == len(found.token_logprobs) == len(found.top_logprobs) == len(found.text_offset) == 6
    assert found.text_offset == [len("".join(found.tokens[:at])) for at in range(6)]
    told = zip(found.tokens, found.token_logprobs, found.top_logprobs, strict=True)
    assert all(top[token] == value for token, value, top in told)
    assert complete(client, logprobs=0, temperature=0).choices[0].logprobs.token_logprobs == pytest.approx(
        found.token_logprobs, abs=0.001
    )


def test_chat_logprobs_are_one_list_with_bytes(client: openai.OpenAI) -> None:
    choice = say(client, logprobs=True, top_logprobs=3, temperature=0).choices[0]
    assert b"".join(bytes(item.bytes) for item in choice.logprobs.content).decode().startswith(choice.message.content)
    assert all(len(item.top_logprobs) == 3 for item in choice.logprobs.content)
    assert say(client).choices[0].logprobs is None


def test_a_stop_string_ends_the_answer_and_is_not_in_it(client: openai.OpenAI) -> None:
    whole = complete(client, temperature=0, max_tokens=10).choices[0].text
    words = whole.split(" ")
    stop = " ".join(words[2:4])  # reaches over a border between tokens
    choice = complete(client, temperature=0, max_tokens=10, stop=[stop]).choices[0]
    assert (choice.text, choice.finish_reason) == (whole[: whole.index(stop)], "stop")
    chunks = list(complete(client, temperature=0, max_tokens=10, stop=stop, stream=True))
    assert "".join(chunk.choices[0].text for chunk in chunks) == choice.text


def test_danish_letters_and_emoji_come_whole(client: openai.OpenAI) -> None:
    prompt = "æ ø å 🇩🇰 æ ø å 🇩🇰 æ ø å 🇩🇰 æ ø å 🇩🇰"
    chunks = list(complete(client, prompt=prompt, temperature=0, max_tokens=14, stream=True))
    text = "".join(chunk.choices[0].text for chunk in chunks)
    assert "\ufffd" not in text
    assert "ø" in text


def test_messages_may_come_in_parts_and_with_history(client: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": "Hej "}, {"type": "text", "text": "med dig"}]
    messages = [
        {"role": "system", "content": "Svar kort."},
        {"role": "user", "content": "Hej"},
        {"role": "assistant", "content": "Hej!"},
        {"role": "user", "content": parts},
    ]
    assert say(client, messages=messages).choices[0].message.content


def test_tokenize_cuts_without_losing_a_letter(service: Any) -> None:
    with service.http() as http:
        for text in SENTENCES:
            bare = http.post("/tokenize", json={"model": MODEL, "prompt": text, "add_special_tokens": False}).json()
            full = http.post("/tokenize", json={"model": MODEL, "prompt": text}).json()
            assert "".join(bare["token_strs"]) == text
            assert bare["count"] == len(bare["tokens"]) == len(bare["token_strs"])
            assert full["tokens"] == [2, *bare["tokens"]]
            assert full["max_model_len"] == 4096


def test_a_byte_that_is_no_character_has_a_readable_name(service: Any) -> None:
    with service.http() as http:
        asked = {"model": MODEL, "prompt": "\u00a0", "add_special_tokens": False}
        assert http.post("/tokenize", json=asked).json()["token_strs"] == ["<0xC2>", "<0xA0>"]


def test_every_engine_cuts_the_same_tokens(model_service: Any, service: Any) -> None:
    for text in (
        *SENTENCES,
        "hårdt\u00a0mellemrum",
        "Bruger:\nHej\n\nAssistent:\n",
        "<eos> er et ord her",
        "a   b    c",
    ):
        found = []
        for one in (model_service, service):
            with one.http() as http:
                found.append(http.post("/tokenize", json={"model": MODEL, "prompt": text}).json())
        assert found[0]["tokens"] == found[1]["tokens"], text
        assert found[0]["token_strs"] == found[1]["token_strs"], text


def test_every_engine_sees_nearly_the_same_chances(model_service: Any, client: openai.OpenAI) -> None:
    """Not the same: llama.cpp computes on four-bit weights, transformers on the same ones unpacked to bfloat16."""
    other = openai.OpenAI(base_url=model_service.base_url, api_key=model_service.token)
    one, two = (
        complete(which, max_tokens=1, logprobs=20, temperature=0).choices[0].logprobs.top_logprobs[0]
        for which in (other, client)
    )
    assert next(iter(one)) == next(iter(two))
    assert len(set(one) & set(two)) >= 16
    assert all(abs(one[token] - two[token]) < 0.5 for token in itertools.islice(one, 5) if token in two)


def test_a_given_text_is_scored(client: openai.OpenAI, can: frozenset[str]) -> None:
    need(can, "prompt_logprobs")
    answer = complete(client, max_tokens=0, extra_body={"prompt_logprobs": 2})
    rows = (answer.choices[0].model_extra or {})["prompt_logprobs"]
    assert len(rows) == answer.usage.prompt_tokens
    assert rows[0] is None
    for row in rows[1:]:
        ranks = [entry["rank"] for entry in row.values()]
        assert ranks[:2] == [1, 2]
        assert len(row) == (2 if max(ranks) == 2 else 3)
        assert all(entry["logprob"] <= 0 for entry in row.values())
    texts = [[entry["decoded_token"] for entry in row.values()] for row in rows[1:]]
    assert all(any(text and text in PROMPT for text in row) for row in texts)
    assert answer.choices[0].text == ""


def test_a_likely_text_scores_above_an_unlikely_one(client: openai.OpenAI, can: frozenset[str]) -> None:
    need(can, "prompt_logprobs")

    def score(text: str) -> float:
        answer = complete(client, prompt=text, max_tokens=0, extra_body={"prompt_logprobs": 0})
        rows = (answer.choices[0].model_extra or {})["prompt_logprobs"][1:]
        return float(sum(entry["logprob"] for row in rows for entry in row.values()) / len(rows))

    assert score("Danmarks hovedstad hedder København.") > score("Danmarks hovedstad hedder banan.") + 1
