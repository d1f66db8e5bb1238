"""Does a base model's chat use the one template in models.yaml, whatever the engine?"""

from __future__ import annotations

from typing import Any

import openai
import pytest

from sandbox.models import load_catalogue


@pytest.mark.parametrize("name", ["model_service", "transformers_service"])
def test_a_base_models_chat_is_a_completion_of_the_rendered_text(name: str, request: pytest.FixtureRequest) -> None:
    service: Any = request.getfixturevalue(name)
    client = openai.OpenAI(base_url=service.base_url, api_key=service.token, timeout=300)
    chat = load_catalogue().get("gemma3-270m").chat
    assert chat
    messages: list[Any] = [{"role": "user", "content": "Hvad laver en kommune?"}]
    assert chat.render(messages) == "Bruger:\nHvad laver en kommune?\n\nAssistent:\n"
    asked: dict[str, Any] = {"model": "gemma3-270m", "max_tokens": 12, "seed": 2}
    said = client.chat.completions.create(messages=messages, **asked).choices[0]
    text = client.completions.create(prompt=chat.render(messages), stop=list(chat.stop), **asked).choices[0]
    assert (said.message.content, said.finish_reason) == (text.text, text.finish_reason)


def test_an_instruct_model_uses_its_own_template(model_service: Any) -> None:
    client = openai.OpenAI(base_url=model_service.base_url, api_key=model_service.token)
    messages: list[Any] = [{"role": "user", "content": "What is 2+2?"}]
    said = client.chat.completions.create(model="smollm2-135m", messages=messages, max_tokens=20, temperature=0)
    assert "4" in str(said.choices[0].message.content)
