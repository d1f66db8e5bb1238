"""Text from tokens, one at a time: whole characters only, and nothing of a stop string.

It works on any tokenizer of the `tokenizers` library and knows no model.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

SPACE = "\u2581"  # how sentencepiece writes a space


class TextMaker:
    """Makes an answer's text; what could become a stop string is held back."""

    def __init__(self, tokenizer: Any, stops: tuple[str, ...]) -> None:
        from tokenizers.decoders import DecodeStream

        self._backend = tokenizer.backend_tokenizer
        self._stream = DecodeStream(skip_special_tokens=True)
        self._stops = stops
        self._held = ""
        self.stopped = False

    def add(self, number: int) -> str:
        """The text that is certain now that token `number` came."""
        self._held += self._stream.step(self._backend, number) or ""
        found = [at for at in (self._held.find(stop) for stop in self._stops) if at >= 0]
        if found:
            self.stopped = True
            text, self._held = self._held[: min(found)], ""
            return text
        keep = max((_overlap(self._held, stop) for stop in self._stops), default=0)
        text, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return text

    def rest(self) -> str:
        """What was held back, when no stop string came of it."""
        text, self._held = self._held, ""
        return text


def _overlap(text: str, stop: str) -> int:
    """How many characters at the end of `text` begin `stop`."""
    return next((size for size in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:size])), 0)


def token_bytes_of(tokenizer: Any, number: int) -> bytes:
    """The bytes that token `number` stands for, in byte-level and in sentencepiece vocabularies."""
    piece: str = tokenizer.convert_ids_to_tokens(number)
    if number in tokenizer.added_tokens_decoder:
        return piece.encode()
    if _is_byte_level(tokenizer):
        letters = _letters()
        return bytes(letters[letter] for letter in piece)
    if len(piece) == 6 and piece.startswith("<0x"):
        return bytes([int(piece[3:5], 16)])
    return piece.replace(SPACE, " ").encode()


def _is_byte_level(tokenizer: Any) -> bool:
    return "ByteLevel" in repr(tokenizer.backend_tokenizer.decoder)


@lru_cache
def _letters() -> dict[str, int]:
    """GPT-2's letter for each byte: printable Latin-1 as it is, the others from U+0100 on."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(0x100 + at): byte for at, byte in enumerate(others)}
