"""Do the labs answer what their scripts ask, on the real model, and say each fault in a plain sentence?"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course import paths
from course.locale import LANGUAGES
from sandbox.client import ModelClient
from sandbox.errors import ModelServiceError
from sandbox.labs.ask_ten import AskTenLab
from sandbox.labs.base import LabWidget, Start
from sandbox.labs.chat import ChatLab
from sandbox.labs.fabricate import FabricateLab
from sandbox.labs.next_word import NextWordLab
from sandbox.labs.tokens import TokensLab

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
GEMMA, SMOL = "gemma3-270m", "smollm2-135m"
CPR = "130531-4567"


def chat(text: str, masked: bool = False, **more: Any) -> dict[str, Any]:
    content = {"what": "answer", "text": text, "system": "", "masked": masked, "model": GEMMA, "kind": "base"}
    return content | {"turns": [], "logprobs": False} | more


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("at_service")
def test_a_page_hears_which_models_there_are_and_what_to_expect(talk: MakeTalk, language: str) -> None:
    ready = talk(lambda: ChatLab(Start(language))).last("hello")
    assert ready["type"] == "ready"
    assert [(model["id"], model["kind"]) for model in ready["models"]] == [(GEMMA, "base"), (SMOL, "instruct")]
    assert all(model["expect"] for model in ready["models"])


@pytest.mark.usefixtures("at_service")
def test_a_base_model_goes_on_with_the_text_as_it_comes(talk: MakeTalk) -> None:
    answers = talk(lambda: ChatLab(Start("da"))).all("ask", **chat("Kære forældre\n\nI næste uge skal klassen"))
    assert {answer["type"] for answer in answers} == {"text"}
    assert len(answers) > 3
    for before, after in zip(answers, answers[1:], strict=False):
        assert after["text"].startswith(before["text"])
    assert answers[-1]["reason"] in ("stop", "length")


@pytest.mark.usefixtures("at_service")
def test_a_chat_model_gets_the_whole_conversation(talk: MakeTalk) -> None:
    turns = [{"role": "user", "text": "My name is Karen."}, {"role": "assistant", "text": "Hello Karen!"}]
    lab = talk(lambda: ChatLab(Start("en")))
    long = [*turns, *[{"role": "user", "text": "word " * 1500}, {"role": "assistant", "text": "ok"}] * 4]
    content = chat("What is my name?", model=SMOL, kind="instruct")
    assert lab.last("ask", **{**content, "turns": turns})["type"] == "text"
    assert lab.last("ask", **{**content, "turns": long})["kind"] == "too_long"


@pytest.mark.usefixtures("nowhere")
def test_the_guard_reads_before_anything_is_sent(talk: MakeTalk) -> None:
    lab = talk(lambda: ChatLab(Start("da")))
    blocked = lab.last("ask", **chat(f"Borger {CPR} har klaget"))
    assert (blocked["type"], blocked["verdict"], blocked["masked"]) == ("guard", "block", "Borger [CPR] har klaget")
    held = lab.last("ask", **chat("Ring 28 12 34 56"))
    assert (held["type"], held["verdict"]) == ("guard", "mask")
    still = lab.last("ask", **chat(f"Borger {CPR}", masked=True))
    assert still["verdict"] == "block"
    assert lab.last("ask", **chat("Hej"))["type"] == "trouble", "only now did it go to the service, which is not there"


@pytest.mark.usefixtures("at_service")
def test_after_the_learners_yes_the_model_gets_the_masks(talk: MakeTalk) -> None:
    answers = talk(lambda: ChatLab(Start("da"))).all("ask", **chat("Ring til mig på 28 12 34 56 og", masked=True))
    assert answers[0]["type"] == "masked"
    assert answers[0]["masked"] == "Ring til mig på [TELEFON] og"
    assert answers[-1]["type"] == "text"


@pytest.mark.usefixtures("at_service")
def test_stop_ends_the_models_work(talk: MakeTalk, at_service: Any) -> None:
    lab = talk(lambda: ChatLab(Start("en")))
    lab.send("ask", **chat("Write a very long story.", model=SMOL, kind="instruct"))
    assert lab.next()["type"] == "text"
    lab.send("stop")
    at_service.wait_for("ok")
    client = ModelClient()
    deadline = time.monotonic() + 10
    while any(engine["running"] for engine in client.health()["engines"]):
        assert time.monotonic() < deadline, "the model went on"
        time.sleep(0.05)
    left = []
    while not lab.told.empty():
        left.append(lab.told.get())
    assert not any(message.get("end") for message in left)


@pytest.mark.parametrize(
    ("lab", "content"),
    [
        (ChatLab, chat("Hej")),
        (NextWordLab, {"what": "next", "text": "Hej", "model": None}),
        (TokensLab, {"texts": ["Hej", "Hi"], "model": None}),
        (AskTenLab, {"question": "Hvad?", "opening": "", "temperature": 0, "model": None}),
        (FabricateLab, {"text": "Hej", "attempt": 0, "model": None}),
    ],
)
@pytest.mark.usefixtures("nowhere")
def test_a_service_that_is_away_is_a_plain_sentence_in_every_lab(
    talk: MakeTalk, lab: type[LabWidget], content: dict[str, Any]
) -> None:
    trouble = talk(lambda: lab(Start("da"))).last("ask", **content)
    assert (trouble["type"], trouble["kind"]) == ("trouble", "down")
    assert trouble["text"].startswith("Modellen svarer ikke")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ModelServiceError.KINDS)
def test_every_kind_of_fault_has_a_sentence_without_the_services_own_words(
    talk: MakeTalk, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ModelServiceError("Technical words.", kind)

    monkeypatch.setattr(ModelClient, "complete", fail)
    trouble = talk(lambda: ChatLab(Start(language))).last("ask", **chat("Hej"))
    assert trouble["kind"] == kind
    assert trouble["text"].endswith(".")
    assert "Technical" not in trouble["text"]


@pytest.mark.usefixtures("nowhere")
def test_a_page_asks_whether_the_model_is_back(talk: MakeTalk, monkeypatch: pytest.MonkeyPatch) -> None:
    lab = talk(lambda: ChatLab(Start("da")))
    assert lab.last("health")["ok"] is False


@pytest.mark.usefixtures("at_service")
def test_a_page_hears_that_the_model_is_back(talk: MakeTalk) -> None:
    assert talk(lambda: ChatLab(Start("da"))).last("health")["ok"] is True


@pytest.mark.usefixtures("at_service")
def test_too_long_a_text_names_both_lengths(talk: MakeTalk) -> None:
    trouble = talk(lambda: ChatLab(Start("da"))).last("ask", **chat("ord " * 6000))
    assert trouble["kind"] == "too_long"
    assert "4096" in trouble["text"]


@pytest.mark.usefixtures("at_service")
def test_the_next_word_has_fifty_candidates_likeliest_first(talk: MakeTalk) -> None:
    lab = talk(lambda: NextWordLab(Start("da")))
    found = lab.last("ask", what="next", text="Ansøgningen skal indeholde navn, adresse og", model=GEMMA)
    logprobs = [one["logprob"] for one in found["candidates"]]
    assert len(logprobs) == 50
    assert logprobs == sorted(logprobs, reverse=True)
    assert 0.5 < sum(map(math.exp, logprobs)) <= 1.001
    assert found["candidates"][0]["text"].startswith(" ")


@pytest.mark.usefixtures("at_service")
def test_a_throw_outside_the_bars_gives_another_piece(talk: MakeTalk) -> None:
    lab = talk(lambda: NextWordLab(Start("da")))
    text = "Hun arbejder som"
    known = [one["text"] for one in lab.last("ask", what="next", text=text, model=GEMMA)["candidates"]]
    other = lab.last("ask", what="rest", text=text, known=known, model=GEMMA, temperature=1)
    assert other["type"] == "rest"
    assert other["text"] not in known


@pytest.mark.usefixtures("at_service")
def test_tokens_put_together_are_the_text(talk: MakeTalk) -> None:
    texts = ["Sagsbehandleren skriver til kommunalbestyrelsen.", "The caseworker writes to the municipal council."]
    sides = talk(lambda: TokensLab(Start("da"))).last("ask", texts=texts, model=GEMMA)["sides"]
    assert ["".join(token["text"] for token in side) for side in sides] == texts
    assert len(sides[0]) > len(sides[1])
    assert talk(lambda: TokensLab(Start("da"))).last("ask", texts=["", " "], model=GEMMA)["sides"] == [[], []]


@pytest.mark.usefixtures("at_service")
def test_ten_answers_come_one_by_one_and_without_temperature_they_are_alike(talk: MakeTalk) -> None:
    frame = "Spørgsmål: Hvad hedder hovedstaden i Norge?\nSvar: Oslo.\n\nSpørgsmål: {question}\nSvar:"
    start = Start("da", {"frame": frame}, {"count": 3, "max_tokens": 8})
    lab = talk(lambda: AskTenLab(start))
    content = {"question": "Hvad hedder hovedstaden i Danmark?", "opening": "Den hedder", "model": GEMMA}
    answers = lab.all("ask", **content, temperature=0)
    assert [len(answer["answers"]) for answer in answers] == [1, 2, 3, 3]
    assert len(set(answers[-1]["answers"])) == 1
    assert all(answer.startswith("Den hedder ") for answer in answers[-1]["answers"])
    assert len(set(lab.last("ask", **content, temperature=1.5)["answers"])) > 1


@pytest.mark.usefixtures("at_service")
def test_the_same_attempt_makes_up_the_same_text_and_another_one_another(talk: MakeTalk) -> None:
    lab = talk(lambda: FabricateLab(Start("da", {}, {"max_tokens": 12, "seed": 2})))
    text = "Tværbækmetoden er en dansk metode i socialt arbejde. Metoden blev udviklet i"
    first, again, other = (lab.last("ask", text=text, attempt=n, model=GEMMA)["text"] for n in (0, 0, 1))
    assert first == again != other


@pytest.mark.usefixtures("at_service")
def test_in_the_other_labs_the_guard_holds_back_a_cpr_number_and_masks_the_rest(talk: MakeTalk) -> None:
    lab = talk(lambda: NextWordLab(Start("da")))
    assert lab.last("ask", what="next", text=f"cpr {CPR}", model=GEMMA)["type"] == "guard"
    answers = lab.all("ask", what="next", text="Ring på 28 12 34 56 og", model=GEMMA)
    assert [answer["type"] for answer in answers] == ["masked", "next"]
    assert answers[-1]["masked"] is True
    side = talk(lambda: TokensLab(Start("da"))).last("ask", texts=["Hej", CPR], model=GEMMA)
    assert (side["type"], side["side"]) == ("guard", 1)
    ten = talk(lambda: AskTenLab(Start("da")))
    held = ten.last("ask", question="Hvad?", opening=CPR, temperature=0, model=GEMMA)
    assert (held["type"], held["field"]) == ("guard", "opening")


def test_a_mistake_in_a_lab_is_a_sentence_and_logs_no_prompt(talk: MakeTalk, caplog: pytest.LogCaptureFixture) -> None:
    trouble = talk(lambda: ChatLab(Start("da"))).last("ask", text="Anna er syg", model=None)
    assert (trouble["type"], trouble["kind"]) == ("trouble", "other")
    assert "KeyError" in caplog.text
    assert "Anna" not in caplog.text


def test_a_widget_holds_no_prompt_in_what_jupyter_saves(talk: MakeTalk) -> None:
    lab = talk(lambda: ChatLab(Start("da")))
    lab.last("ask", **chat(f"Borger {CPR}"))
    assert CPR not in repr(lab.lab.get_state())


MEMORY = """
import sys
import psutil
from sandbox.labs import page
page("chat", "da")
rss = psutil.Process().memory_info().rss / 2**20
wrong = [name for name in ("torch", "transformers", "nbgrader", "numpy", "xllamacpp") if name in sys.modules]
print(rss, wrong, file=sys.stderr)
"""


def test_a_page_imports_no_model_and_stays_small(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], cwd=tmp_path, capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(paths.ROOT), "KOEREKORT_VAR": str(tmp_path)}, check=True,
    )  # fmt: skip
    megabytes, wrong = done.stderr.strip().splitlines()[-1].split(" ", 1)
    assert wrong == "[]"
    assert float(megabytes) < 90
    assert list(tmp_path.iterdir()) == []
