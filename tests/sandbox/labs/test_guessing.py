"""Is a guess weighed as the model computes it, and are the beginnings whole in both languages?"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.errors import ContentError
from course.locale import LANGUAGES
from sandbox.client import ModelClient
from sandbox.guard import check
from sandbox.labs import guessing
from sandbox.labs.base import LabWidget, Start
from sandbox.labs.guessing import first_word, load_series, weigh
from sandbox.labs.next_word import NextWordLab

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
GEMMA = "gemma3-270m"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_beginning_can_be_guessed_and_passes_the_guard(language: str) -> None:
    series = load_series(language)
    assert 8 <= len(series) <= 10
    for one in series:
        assert one["word"] in one["choices"]
        assert len(set(one["choices"])) == 3
        assert first_word(one["word"]) == one["word"]
        assert not one["text"].endswith((" ", one["word"]))
        assert check(one["text"]).verdict == "allow", one["text"]


@pytest.mark.parametrize(
    ("change", "said"),
    [("word: hilsen", "'word' is missing"), ("choices: [tanke, tak]", "choices"), ("schema: 1", "schema")],
)
def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, said: str) -> None:
    broken = tmp_path / "series.yaml"
    with_fault = {"word: hilsen": "", "choices: [tanke, tak]": "choices: [hilsen]", "schema: 1": "schema: 2"}
    broken.write_text(guessing.SERIES.read_text("utf-8").replace(change, with_fault[change], 1), "utf-8")
    monkeypatch.setattr(guessing, "SERIES", broken)
    load_series.cache_clear()
    with pytest.raises(ContentError, match=said):
        load_series("da")
    load_series.cache_clear()


@pytest.mark.parametrize(
    ("text", "word"), [(" København er", "København"), (", og", ","), ("e-mail nu", "e-mail"), ("", ""), (" \n", "")]
)
def test_the_first_word_of_what_a_model_wrote(text: str, word: str) -> None:
    assert first_word(text) == word


@pytest.mark.usefixtures("at_service")
def test_a_word_is_as_likely_as_its_pieces_and_its_place_is_the_first_ones() -> None:
    client, text = ModelClient(), "Har du spørgsmål, er du velkommen til at"
    found = weigh(client, text, "kontakte", GEMMA)
    first = client.next_tokens(text, 1, GEMMA)[0]
    assert (found["rank"], found["piece"], found["most"]) == (1, first.token, False)
    second = {one.token: one.logprob for one in client.next_tokens(text + first.token, 10, GEMMA)}
    assert found["logprob"] == pytest.approx(first.logprob + second["akte"], abs=0.01)
    assert math.exp(found["logprob"]) > 0.5
    unlisted = weigh(client, text, "xylofon", GEMMA)
    assert unlisted["most"] is True
    assert math.exp(unlisted["logprob"]) < 0.01


@pytest.mark.usefixtures("at_service")
def test_a_guess_is_shown_beside_the_models_first_choice_and_the_persons_word(talk: MakeTalk) -> None:
    lab = talk(lambda: NextWordLab(Start("da")))
    series = lab.lab.config["series"]
    number = next(place for place, one in enumerate(series) if one["word"] == "kontakte")
    told = lab.last("ask", what="guess", number=number, guess=" ringe nu ", model=GEMMA)
    assert (told["first"]["word"], told["person"]["word"], told["mine"]["word"]) == ("kontakte", "kontakte", "ringe")
    assert told["first"]["logprob"] >= told["mine"]["logprob"]
    assert lab.last("ask", what="guess", number=number, guess="", model=GEMMA)["mine"] is None
    assert lab.last("ask", what="guess", number=number, guess="130531-4567", model=GEMMA)["type"] == "guard"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("at_service")
def test_the_model_hits_some_of_the_persons_words_and_not_all(talk: MakeTalk, language: str) -> None:
    lab = talk(lambda: NextWordLab(Start(language)))
    hits = 0
    for number in range(len(load_series(language))):
        told = lab.last("ask", what="guess", number=number, guess="", model=GEMMA)
        hits += told["first"]["word"].casefold() == told["person"]["word"].casefold()
    assert 2 <= hits < len(load_series(language))


def test_a_demo_in_a_lesson_has_no_guessing() -> None:
    assert "series" not in NextWordLab(Start("da", {"title": "Et forsøg", "prompt": "Hej"})).config
