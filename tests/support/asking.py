"""Short ways to ask the model service with OpenAI's own client."""

from __future__ import annotations

from typing import Any

import openai

MODEL = "gemma3-270m"
PROMPT = "Kommunen har modtaget din ansøgning om"


def complete(client: openai.OpenAI, **asked: Any) -> Any:
    """What follows `PROMPT`, six tokens of it, unless asked otherwise."""
    return client.completions.create(**{"model": MODEL, "prompt": PROMPT, "max_tokens": 6, **asked})


def say(client: openai.OpenAI, **asked: Any) -> Any:
    """The answer to a message, six tokens of it, unless asked otherwise."""
    messages = [{"role": "user", "content": "Skriv en hilsen."}]
    return client.chat.completions.create(**{"model": MODEL, "messages": messages, "max_tokens": 6, **asked})
