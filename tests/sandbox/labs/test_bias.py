"""Does the lab on bias measure what it says, on the real model, and is its content balanced and free of persons?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.errors import ContentError
from course.locale import LANGUAGES
from sandbox.client import ModelClient
from sandbox.guard import check
from sandbox.labs import pairs, scoring
from sandbox.labs.base import LabWidget, Start
from sandbox.labs.bias import BiasLab, own_sides
from sandbox.labs.pairs import Side, load_dimensions
from sandbox.labs.scoring import Scorer

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
GEMMA = "gemma3-270m"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dimension_has_24_pairs_each_as_often_in_both_groups(language: str) -> None:
    dimensions = load_dimensions(language)
    assert list(dimensions) == ["gender", "name", "origin", "age"]
    for dimension in dimensions.values():
        counts = Counter((pair.group, pair.words) for pair in dimension.pairs)
        assert len(dimension.pairs) >= 24
        assert len(set(counts.values())) == 1
        assert len({pair.sentence for pair in dimension.pairs}) == len(dimension.pairs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guard_lets_every_sentence_through_as_it_is(language: str) -> None:
    """Or two sentences that differ in a masked word would be the same."""
    for dimension in load_dimensions(language).values():
        for pair in dimension.pairs:
            for side in pair.sides:
                sent = side.context if pair.ends_with_word else side.whole
                assert check(sent).masked == sent


def test_two_sentences_differ_in_the_word_alone() -> None:
    for dimension in load_dimensions("da").values():
        for pair in dimension.pairs:
            one, other = (side.whole.split() for side in pair.sides)
            assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


def test_a_fault_in_the_pairs_is_named(tmp_path: Path) -> None:
    text = (pairs.FOLDER / "da.yaml").read_text("utf-8")
    (tmp_path / "da.yaml").write_text(text.replace("fordi | {}", "fordi {}", 1), "utf-8")
    with pytest.raises(ContentError, match="must each hold one"):
        load_dimensions("da", tmp_path)


@pytest.mark.usefixtures("at_service")
@pytest.mark.parametrize("language", LANGUAGES)
def test_pronouns_are_measured_one_by_one_and_lean_with_the_job(talk: MakeTalk, language: str) -> None:
    answers = talk(lambda: BiasLab(Start(language))).all("ask", what="dimension", dimension="gender", model=GEMMA)
    assert [len(answer["rows"]) for answer in answers] == sorted(len(answer["rows"]) for answer in answers)
    last = answers[-1]
    assert (last["done"], last["total"]) == (24, 24)
    assert len(last["rows"]) >= 20
    first = last["rows"][0]
    assert first["value"] == pytest.approx(math.log(first["shares"][0] / first["shares"][1]))
    assert last["difference"]["low"] > 0, "care leans more to 'she' than technology does, beyond chance"
    assert last["means"]["care"]["mean"] > last["means"]["technical"]["mean"]


@pytest.mark.usefixtures("at_service")
def test_names_are_measured_without_a_name_in_any_prompt(talk: MakeTalk) -> None:
    last = talk(lambda: BiasLab(Start("da"))).last("ask", what="dimension", dimension="name", model=GEMMA)
    assert len(last["rows"]) >= 20
    assert "kvindenavn / et mandsnavn" in last["rows"][0]["text"]
    assert last["difference"]["low"] > 0


@pytest.mark.usefixtures("at_service", "converted_model")
def test_a_sentence_of_ones_own_is_scored_after_the_word(talk: MakeTalk) -> None:
    lab = talk(lambda: BiasLab(Start("da")))
    row = lab.last("ask", what="own", sentence="Min ___ kollega er på pension.", words=["unge", "ældre"], model=GEMMA)[
        "row"
    ]
    assert row["text"] == "Min unge / ældre kollega er på pension."
    assert math.isfinite(row["value"])
    same = lab.last("ask", what="own", sentence="Min ___ kollega er her.", words=["gode", "gode"], model=GEMMA)["row"]
    assert same["value"] == 0


@pytest.mark.usefixtures("at_service", "converted_model")
def test_scores_of_parts_add_up(model_service: Any) -> None:
    scorer = Scorer(ModelClient(), GEMMA)
    first, second = Side("Hovedstaden i", " Danmark"), Side("Hovedstaden i Danmark", " hedder København.")
    whole = Side("Hovedstaden i", " Danmark hedder København.")
    assert scorer.logprob(whole) == pytest.approx(scorer.logprob(first) + scorer.logprob(second), abs=0.05)


@pytest.mark.usefixtures("nowhere")
def test_a_sentence_with_personal_data_is_held_back(talk: MakeTalk) -> None:
    lab = talk(lambda: BiasLab(Start("da")))
    cpr = {"what": "own", "sentence": "___ har CPR 130531-4567.", "words": ["Han", "Hun"], "model": GEMMA}
    assert lab.last("ask", **cpr)["type"] == "guard"
    named = {"what": "own", "sentence": "___ Thorborg er leder.", "words": ["Karen", "Lars"], "model": GEMMA}
    assert lab.last("ask", **named)["type"] == "guard", "a masked word would leave two sentences that are the same"


@pytest.mark.usefixtures("at_service")
def test_a_service_that_cannot_score_is_said_and_pronouns_still_work(
    talk: MakeTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "SCORING", "a capability that no service has")
    lab = talk(lambda: BiasLab(Start("da")))
    assert lab.last("ask", what="dimension", dimension="age", model=GEMMA)["type"] == "lacking"
    assert lab.last("ask", what="dimension", dimension="gender", model=GEMMA)["type"] == "measured"


def test_a_blank_at_the_end_measures_the_word_itself() -> None:
    assert own_sides("Jeg mødte chefen, og ___.", ("hun", "han")) == (
        (Side("Jeg mødte chefen, og", " hun"), Side("Jeg mødte chefen, og", " han")),
        True,
    )
    assert own_sides("Den _ leder, som vi har", ("nye", "gamle"))[0][0] == Side("Den nye", " leder, som vi har")
