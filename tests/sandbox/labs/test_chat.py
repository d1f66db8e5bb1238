"""Does the chat tell how likely each word was, answer again three times, and send a system text as it should?"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.client import ModelClient
from sandbox.labs.base import LabWidget, Start
from sandbox.labs.chat import OTHERS, ChatLab
from sandbox.labs.models import model_views

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
GEMMA, SMOL = "gemma3-270m", "smollm2-135m"
CPR = "130531-4567"
BEGINNING = "I næste uge skal klassen på tur til"


def ask(text: str = BEGINNING, **more: Any) -> dict[str, Any]:
    content = {"what": "answer", "text": text, "system": "", "masked": False, "model": GEMMA, "kind": "base"}
    return content | {"turns": [], "logprobs": True} | more


INSTRUCT = {"model": SMOL, "kind": "instruct"}


@pytest.mark.parametrize(
    "content", [ask(), ask("What is the capital of Denmark?", **INSTRUCT)], ids=["base", "instruct"]
)
@pytest.mark.usefixtures("at_service")
def test_every_word_of_the_answer_has_its_likelihood(talk: MakeTalk, content: dict[str, Any]) -> None:
    last = talk(lambda: ChatLab(Start("da"))).last("ask", **content)
    assert "".join(part["text"] for part in last["words"]) == last["text"]
    words = [part for part in last["words"] if "pieces" in part]
    assert len(words) > 3
    for word in words:
        assert word["logprob"] <= 0
        assert word["logprob"] == pytest.approx(sum(piece["logprob"] for piece in word["pieces"]), abs=0.001)
        for piece in word["pieces"]:
            others = [logprob for _, logprob in piece["others"]]
            assert others == sorted(others, reverse=True)
            assert math.exp(piece["logprob"]) + sum(map(math.exp, others)) < 1.001


@pytest.mark.usefixtures("at_service")
def test_a_server_without_log_probabilities_is_not_asked_for_them_and_answers(talk: MakeTalk) -> None:
    views = model_views(
        [{"id": "a", "capabilities": ["chat", "logprobs"]}, {"id": "b", "capabilities": ["chat"]}], "da"
    )
    assert [bool(view["logprobs"]) for view in views] == [True, False]
    last = talk(lambda: ChatLab(Start("da"))).last("ask", **ask(logprobs=False))
    assert last["text"]
    assert last["words"] is None


@pytest.mark.parametrize("content", [ask(), ask("Write three words.", **INSTRUCT)], ids=["base", "instruct"])
@pytest.mark.usefixtures("at_service")
def test_three_other_answers_grow_side_by_side(talk: MakeTalk, content: dict[str, Any]) -> None:
    told = talk(lambda: ChatLab(Start("da"))).all("ask", **{**content, "what": "others"})
    assert {message["type"] for message in told} == {"others"}
    assert all(len(message["answers"]) == OTHERS for message in told)
    answers = told[-1]["answers"]
    assert all(answer["reason"] in ("stop", "length") for answer in answers)
    if content["kind"] == "base":
        assert len({answer["text"] for answer in answers}) == OTHERS


@pytest.mark.usefixtures("at_service")
def test_stop_ends_all_three(talk: MakeTalk) -> None:
    lab = talk(lambda: ChatLab(Start("da")))
    lab.send("ask", **ask(what="others"))
    assert lab.next()["type"] == "others"
    lab.send("stop")
    assert lab.last("ask", **ask())["type"] == "text"


@pytest.mark.usefixtures("at_service")
def test_a_system_text_goes_first_to_a_chat_model_and_into_the_text_of_a_base_model(
    talk: MakeTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    chat, complete = ModelClient.chat, ModelClient.complete

    def heard(real: Any) -> Any:
        def ask(self: ModelClient, said: Any, **more: Any) -> Any:
            sent.append(said)
            return real(self, said, **more)

        return ask

    monkeypatch.setattr(ModelClient, "chat", heard(chat))
    monkeypatch.setattr(ModelClient, "complete", heard(complete))
    lab = talk(lambda: ChatLab(Start("en")))
    assert lab.last("ask", **ask("Hello", system="Be brief.", **INSTRUCT))["type"] == "text"
    assert lab.last("ask", **ask("Hello", system="Be brief."))["type"] == "text"
    assert lab.last("ask", **ask("Hello"))["type"] == "text"
    assert sent[0][0] == {"role": "system", "content": "Be brief."}
    assert sent[1:] == ["Be brief.\n\nHello", "Hello"]


@pytest.mark.usefixtures("nowhere")
def test_the_guard_reads_the_system_text_too(talk: MakeTalk) -> None:
    held = talk(lambda: ChatLab(Start("da"))).last("ask", **ask(system=f"Borgeren har CPR-nummer {CPR}"))
    assert (held["type"], held["verdict"], held["field"]) == ("guard", "block", "system")
