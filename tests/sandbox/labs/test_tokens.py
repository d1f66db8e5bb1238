"""Does the token lab cut a learner's word, and let the model write how many letters it has?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from course.locale import LANGUAGES
from sandbox.labs.base import LabWidget, Start, own_texts
from sandbox.labs.tokens import PLACE, TokensLab

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
GEMMA = "gemma3-270m"
WORDS = {"da": ["kommunalbestyrelsen", "børnehave", "is"], "en": ["municipality", "strawberry", "letter"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("at_service")
def test_the_model_miscounts_the_letters_of_the_example(talk: MakeTalk, language: str) -> None:
    lab = talk(lambda: TokensLab(Start(language)))
    wrong = 0
    for word in WORDS[language]:
        told = lab.last("ask", what="count", word=word, model=GEMMA)
        assert (told["type"], told["word"]) == ("count", word)
        number = re.search(r"\d+", told["text"])
        wrong += not number or int(number[0]) != len(word)
    assert wrong, "the model counts right: then the page must not say that it does not"
    assert own_texts("tokens", language)["tokens.letters.example"] == WORDS[language][0]
    assert PLACE in own_texts("tokens", language)["tokens.letters.frame"]


@pytest.mark.usefixtures("at_service")
def test_a_word_is_cut_beside_the_two_texts(talk: MakeTalk) -> None:
    lab = talk(lambda: TokensLab(Start("da")))
    sides = lab.last("ask", texts=["Hej du", "Hi you", "kommunalbestyrelsen"], model=GEMMA)["sides"]
    assert len(sides) == 3
    assert "".join(token["text"] for token in sides[2]) == "kommunalbestyrelsen"


@pytest.mark.usefixtures("nowhere")
def test_the_guard_reads_the_word(talk: MakeTalk) -> None:
    held = talk(lambda: TokensLab(Start("da"))).last("ask", what="count", word="130531-4567", model=GEMMA)
    assert (held["type"], held["side"]) == ("guard", 2)
