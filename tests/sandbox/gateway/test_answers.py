"""What the guard hides in an answer, however the answer is cut into pieces."""

from __future__ import annotations

import pytest

from sandbox.engines.wire import Chance, Chosen, Piece, Usage
from sandbox.gateway.answers import HOLD, AnswerGuard

TEXTS = {
    "Ring til 67 11 61 26, eller skriv til anna.hansen@example.dk i dag.": ("PHONE", "EMAIL"),
    "Nummeret er 010190-1234.": ("CPR",),
    "Det er 010190 - 1234 og ikke andet": ("CPR",),
    "mia@example.dk er adressen": ("EMAIL",),
    "Bilen med nummerplade AB 12 345 er fra 2019": ("PLATE",),
    "Blåbærgrød 😀 til 67 11 61 26": ("PHONE",),
    "Konto: DK50 0040 0440 1162 43": ("BANK",),
}
HIDDEN = ("67 11 61 26", "hansen@", "@example", "010190", "1234", "12 345", "0440")


def written(text: str, size: int, before: str = "") -> tuple[list[Piece], Piece]:
    """The pieces that go on when `text` comes `size` characters at a time, each with its logprob; and the last."""
    guard = AnswerGuard(before)
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    found = [guard.add(Piece(part, (Chosen(part, -1.0, (Chance(part, -1.0),)),))) for part in parts]
    return found, guard.add(Piece(finish="stop", usage=Usage(1, len(parts))))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 200])
@pytest.mark.parametrize("text", TEXTS)
def test_nothing_slips_through_in_pieces(text: str, size: int) -> None:
    found, last = written(text, size)
    pieces = [*found, last]
    said = "".join(piece.text for piece in pieces)
    assert not [hidden for hidden in HIDDEN if hidden in said]
    assert last.masked == tuple(sorted(TEXTS[text]))
    tokens = [item for piece in pieces for item in piece.chosen]
    assert "".join(token.token for token in tokens) == said
    assert len(tokens) == len(found)
    tops = "".join(top.token for token in tokens for top in token.top)
    assert not [hidden for hidden in HIDDEN if hidden in tops]


@pytest.mark.parametrize("size", [1, 4, 50])
def test_an_ordinary_answer_goes_through_unchanged(size: int) -> None:
    text = "Borgeren har søgt om 12 timer, og fristen er den 3. maj 2027.\n\n1. Hør parten\n2. Træf afgørelse 😀"
    found, last = written(text, size)
    assert "".join(piece.text for piece in (*found, last)) == text
    assert last.masked == ()


def test_a_name_is_not_hidden_in_an_answer() -> None:
    """The model makes names up; hiding them would hide that from who learns about it."""
    found, last = written("Med venlig hilsen Anna Hansen, Skovvej 12, 2860 Søborg", 3)
    assert "Anna Hansen" in "".join(piece.text for piece in (*found, last))


def test_the_first_word_comes_at_once_and_each_word_when_it_is_whole() -> None:
    guard = AnswerGuard()
    assert [guard.add(Piece(text)).text for text in (" Kom", "mun", "en", " har")] == [" Kom", "", "", "munen "]


def test_what_is_held_back_has_a_limit() -> None:
    guard, given, gone = AnswerGuard(), 0, 0
    for number in range(200):
        gone += len(guard.add(Piece(f"{number % 10}, ")).text)
        given += 3
        assert given - gone <= HOLD + 3


def test_the_text_it_goes_on_from_is_read_along() -> None:
    found, last = written(" 61 26 i morgen", 3, before="Ring til 67 11")
    assert "61 26" not in "".join(piece.text for piece in (*found, last))
    assert last.masked == ("PHONE",)


def test_a_long_answer_is_read_once() -> None:
    """The guard's work per piece does not grow with the answer."""
    guard = AnswerGuard()
    for _ in range(2000):
        guard.add(Piece("ord og "))
        assert len(guard._seen) + len(guard._text) < 400
