"""An engine may be at a call for a while after its client went away; a seed's answer is the same all the same."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import httpx
import openai
from asking import MODEL, PROMPT, complete

LETTER = "Borgeren har søgt om støtte til transport, og kommunen skal svare inden for fristen. " * 6


def test_the_same_seed_gives_the_same_chances_after_calls_that_were_given_up(model_service: Any) -> None:
    client = openai.OpenAI(base_url=model_service.base_url, api_key=model_service.token)

    def seeded() -> list[float]:
        asked = complete(client, prompt=PROMPT, seed=7, temperature=1, max_tokens=12, logprobs=1)
        return list(asked.choices[0].logprobs.token_logprobs)

    first = seeded()
    for number in range(20):
        body = {"model": MODEL, "prompt": LETTER[number:], "max_tokens": 60, "stream": True}
        with suppress(httpx.TimeoutException), model_service.http() as http:
            http.post("/v1/completions", json=body, timeout=0.1 + number / 50)
        assert seeded() == first
