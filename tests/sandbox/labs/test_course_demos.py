"""Every demo of every module runs against the real model, in both languages, as its script asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from course.locale import LANGUAGES
from course.module import load_modules
from sandbox.labs import LABS, demo_start
from sandbox.labs.base import LabWidget

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
GEMMA = "gemma3-270m"
DEMOS = [(name, demo) for name, module in load_modules().items() for demo in module.demos.values()]
TWICE = 2  # how often an answer is asked for here; the lesson asks ten times


def asked(lab: str, texts: dict[str, str]) -> dict[str, Any]:
    """What the lab's script asks when the learner presses its button."""
    prompt = texts["prompt"]
    payloads: dict[str, dict[str, Any]] = {
        "next_word": {"what": "next", "text": prompt, "model": GEMMA},
        "tokens": {"texts": [texts["prompt.da"], texts["prompt.en"]], "model": GEMMA},
        "ask_ten": {"question": prompt, "opening": texts.get("answer_start", ""), "temperature": 0.8, "model": GEMMA},
        "fabricate": {"text": prompt, "attempt": 0, "model": GEMMA},
        "prompt_cases": {"what": "open", "prompt": prompt},
    }
    return payloads[lab]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("module", "demo"), DEMOS, ids=[demo["id"] for _, demo in DEMOS])
@pytest.mark.usefixtures("at_service")
def test_a_demo_runs_on_the_model(talk: MakeTalk, module: str, demo: dict[str, Any], language: str) -> None:
    start = demo_start(demo, language)
    if "count" in start.settings:
        start = replace(start, settings={**start.settings, "count": TWICE})
    told = talk(lambda: LABS[demo["lab"]](start)).all("ask", **asked(demo["lab"], dict(start.texts)))
    kinds = {message["type"] for message in told}
    assert not kinds & {"masked", "guard", "trouble"}, f"{module}: {told[-1]}"
    assert told[-1]["end"]
    assert any(len(str(value)) > 1 for name, value in told[-1].items() if name not in ("type", "task", "end"))
