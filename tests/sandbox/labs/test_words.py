"""Does every word of an answer get its own tokens' likelihood, and a text that they do not spell none?"""

from __future__ import annotations

import pytest

from sandbox.answer import Candidate, Delta, Written
from sandbox.labs.words import Words


def delta(*tokens: tuple[str, float], text: str | None = None, finish: str | None = None) -> Delta:
    others = (Candidate(" andet", "andet", -0.5),)
    written = tuple(Written(token, token, logprob, others) for token, logprob in tokens)
    return Delta("".join(token for token, _ in tokens) if text is None else text, finish, written)


def likelihoods(words: Words) -> list[tuple[str, float | None]]:
    views = words.views()
    assert "".join(view["text"] for view in views) == words.text
    return [(view["text"], view.get("logprob")) for view in views if not view["text"].isspace()]


def test_a_word_of_several_tokens_is_as_likely_as_all_of_them() -> None:
    words = Words()
    for one in (delta((" kommun", -1.0)), delta(("al", -0.25)), delta((" plan", -2.0)), delta((".", -0.1))):
        words.add(one)
    assert likelihoods(words) == [("kommunal", -1.25), ("plan", -2.0), (".", -0.1)]
    kommunal = words.views()[1]
    assert [piece["text"] for piece in kommunal["pieces"]] == [" kommun", "al"]
    assert kommunal["pieces"][0]["others"] == [[" andet", -0.5]]


def test_the_chosen_token_is_not_among_the_others() -> None:
    words = Words()
    words.add(Delta(" hej", None, (Written(" hej", "hej", -0.1, (Candidate(" hej", "hej", -0.1),)),)))
    assert words.views()[1]["pieces"][0]["others"] == []


def test_line_breaks_and_spaces_have_no_likelihood_and_stay() -> None:
    words = Words()
    words.add(delta((" et", -1.0), ("\n\n", -0.2), ("To", -0.3)))
    assert likelihoods(words) == [("et", -1.0), ("To", -0.3)]
    assert words.text == " et\n\nTo"


@pytest.mark.parametrize("late", [False, True], ids=["together", "text held back"])
def test_text_that_comes_after_its_tokens_is_matched(late: bool) -> None:
    words = Words()
    if late:
        words.add(delta((" Ring", -1.0), (" til", -2.0), text=" Ri"))
        words.add(Delta("ng til"))
    else:
        words.add(delta((" Ring", -1.0), (" til", -2.0)))
    assert likelihoods(words) == [("Ring", -1.0), ("til", -2.0)]


def test_a_masked_part_has_no_likelihood_and_what_follows_has() -> None:
    words = Words()
    words.add(delta((" Ring", -1.0)))
    words.add(delta((" 28", -3.0), text=" [TELEFON]"))
    words.add(delta((" nu", -2.0)))
    assert likelihoods(words) == [("Ring", -1.0), ("[", None), ("TELEFON", None), ("]", None), ("nu", -2.0)]


def test_a_sign_made_of_bytes_has_no_likelihood() -> None:
    words = Words()
    words.add(delta(("<0xF0>", -1.0), ("<0x9F>", -1.0), text="😀"))
    words.add(delta((" ja", -2.0)))
    assert likelihoods(words) == [("😀", None), ("ja", -2.0)]


def test_without_log_probabilities_there_are_words_and_no_likelihoods() -> None:
    words = Words()
    words.add(Delta(" Hej du", "stop"))
    assert likelihoods(words) == [("Hej", None), ("du", None)]
