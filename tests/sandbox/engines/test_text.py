"""Text from tokens: whole characters, stop strings, and the bytes of a token. With a small real tokenizer."""

from __future__ import annotations

from typing import Any

import pytest
from tokenizers import Tokenizer, decoders, models
from tokenizers.pre_tokenizers import ByteLevel

from sandbox.engines.text import TextMaker, token_bytes_of
from sandbox.engines.wire import token_bytes, token_text


class Wrapped:
    """What the transformers library puts around a tokenizer, as far as it is used here."""

    added_tokens_decoder: dict[int, str] = {}

    def __init__(self) -> None:
        letters = sorted(ByteLevel.alphabet())
        self.vocab = {letter: at for at, letter in enumerate(letters)}
        self.backend_tokenizer = Tokenizer(models.BPE(self.vocab, []))
        self.backend_tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
        self.backend_tokenizer.decoder = decoders.ByteLevel()

    def ids(self, text: str) -> list[int]:
        return list(self.backend_tokenizer.encode(text).ids)

    def convert_ids_to_tokens(self, number: int) -> str:
        return str(self.backend_tokenizer.id_to_token(number))


@pytest.fixture
def tokenizer() -> Any:
    """A vocabulary of single bytes, so that every letter outside ASCII is several tokens."""
    return Wrapped()


def made(tokenizer: Any, text: str, *stops: str) -> tuple[list[str], bool]:
    maker = TextMaker(tokenizer, stops)
    parts = []
    for number in tokenizer.ids(text):
        parts.append(maker.add(number))
        if maker.stopped:
            break
    return [*parts, maker.rest()], maker.stopped


@pytest.mark.parametrize("text", ["Blåbærgrød", "😀🇩🇰", "a\u2028b", "Bruger:\nHej"])
def test_no_letter_is_lost_or_torn(tokenizer: Any, text: str) -> None:
    parts, stopped = made(tokenizer, text)
    assert "".join(parts) == text
    assert all("\ufffd" not in part for part in parts)
    assert not stopped


@pytest.mark.parametrize(
    ("text", "stops", "kept"),
    [
        ("en to tre", ["to"], "en "),
        ("en to tre", ["tre", "to"], "en "),
        ("aab", ["ab"], "a"),
        ("linje\nBruger: hej", ["\nBruger:"], "linje"),
        ("linje\nBrugen er fin", ["\nBruger:"], "linje\nBrugen er fin"),
        ("slut\nBrug", ["\nBruger:"], "slut\nBrug"),
        ("æøå", ["ø"], "æ"),
    ],
)
def test_nothing_of_a_stop_string_comes_out(tokenizer: Any, text: str, stops: list[str], kept: str) -> None:
    parts, stopped = made(tokenizer, text, *stops)
    assert "".join(parts) == kept
    assert stopped == (kept != text)


def test_what_could_become_a_stop_string_is_held_back(tokenizer: Any) -> None:
    parts, _ = made(tokenizer, "ab\nBx", "\nBruger")
    assert parts == ["a", "b", "", "", "\nBx", ""]


def test_a_tokens_bytes_are_found(tokenizer: Any) -> None:
    assert b"".join(token_bytes_of(tokenizer, number) for number in tokenizer.ids("å 😀")) == "å 😀".encode()


@pytest.mark.parametrize("data", [b"hus", " på".encode(), b"\xf0", b"\xf0\x9f", b"", b"<0x", "<0xæ".encode()])
def test_bytes_and_their_readable_form_go_both_ways(data: bytes) -> None:
    assert token_bytes(token_text(data)) == data


def test_a_torn_letter_has_a_readable_form() -> None:
    assert token_text(b"\xf0\x9f") == "<0xF0><0x9F>"
