"""The other model on the other engine: SmolLM2, unpacked for transformers, through the gateway."""

from __future__ import annotations

from typing import Any

import pytest

ASKED = [{"role": "user", "content": "What is the capital of France? Answer in one word."}]


@pytest.mark.slow
def test_smollm_chats_and_scores_on_transformers(transformers_service: Any, converted_smollm: None) -> None:
    with transformers_service.http(timeout=300) as http:
        body = {"model": "smollm2-135m", "messages": ASKED, "max_tokens": 8, "seed": 3, "logprobs": True}
        one, two = (http.post("/v1/chat/completions", json=body).json() for _ in range(2))
        assert "Paris" in one["choices"][0]["message"]["content"]
        assert one["choices"] == two["choices"]
        told = {"model": "smollm2-135m", "max_tokens": 0, "prompt_logprobs": 0}
        rows = [
            http.post("/v1/completions", json={**told, "prompt": f"Paris is the capital of {land}"}).json()["choices"][
                0
            ]
            for land in ("France", "Peru")
        ]
    last = [next(iter(row["prompt_logprobs"][-1].values()))["logprob"] for row in rows]
    assert last[0] > last[1] + 1
