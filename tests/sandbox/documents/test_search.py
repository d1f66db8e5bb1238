"""Does the search find what a person would look for, say why, and refuse what no guide answers?"""

from __future__ import annotations

import pytest

from sandbox.documents import LEAST, Cutter, Found, Index, load_guides, split_own


def find(question: str, language: str = "da", own: str = "") -> list[Found]:
    guides = [one for guide in load_guides(language) for one in guide.passages]
    return Index([*guides, *split_own(own, "Own")], Cutter(language)).search(question)


def test_inflections_and_compounds_are_found() -> None:
    assert find("eternitplader på genbrugspladserne")[0].passage.key == "genbrugsplads#asbest"


def test_english_is_found_too() -> None:
    assert find("recording of meetings", "en")[0].passage.key == "ai-retningslinjer#referater"


def test_it_says_which_words_counted_and_where_they_stand() -> None:
    found = find("Hvor længe gælder AI-kørekortet for en pingvin?")[0]
    weights = {one.word: one.score for one in found.weights}
    assert weights["kørekortet"] > 0
    assert weights["pingvin"] == 0
    assert sum(weights.values()) == pytest.approx(found.score, rel=1e-3)
    assert any("kørekort" in found.passage.text[start:end] for start, end in found.places)


@pytest.mark.parametrize("question", ["Hvem er borgmester?", "", "!!!", "og eller hvis"])
def test_what_no_guide_answers_has_no_source(question: str) -> None:
    assert not [one for one in find(question) if one.score >= LEAST]


def test_a_text_of_ones_own_is_searched() -> None:
    own = "Kantinens pandekager serveres hver torsdag."
    assert find("Hvornår serveres pandekager?", own=own)[0].passage.key == "own#1"
