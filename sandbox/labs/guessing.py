"""Guess before the model answers: the beginnings, the model's first choice, and how likely it computed a word to be.

A word is as likely as all its tokens after one another. It keeps no score, and does not know how anything looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.fields import Fields, load_yaml
from sandbox.client import ModelClient

SERIES = Path(__file__).parent / "data" / "next_word" / "series.yaml"
LISTED = 100  # how many candidates the service tells at most
FIRST_TOKENS = 8
WORD = re.compile(r"\s*(\w+(?:[-'’]\w+)*|\S)")


@lru_cache
def load_series(language: str) -> list[dict[str, Any]]:
    """Return the beginnings in a language: `text`, `word` that a person wrote next, `choices` with it, `source`.

    Raises:
        ContentError: the file is not as it should be; the message names place and field.
    """
    fields = Fields(load_yaml(SERIES), "next_word/series.yaml")
    fields.schema(1)
    every = {code: [_beginning(child) for child in fields.children(code)] for code in ("da", "en")}
    fields.done()
    return every[language]


def _beginning(fields: Fields) -> dict[str, Any]:
    text, word, source = (fields.string(name) for name in ("text", "word", "source"))
    others = [str(choice) for choice in fields.sequence("choices")]
    fields.done()
    if word in others:
        raise fields.fail("choices", f"holds the word itself, {word!r}; give only the others.")
    return {"text": text, "word": word, "source": source, "choices": sorted([word, *others], key=str.casefold)}


def first_word(text: str) -> str:
    """Return the first word of a text, or its first sign; empty if there is none."""
    found = WORD.match(text)
    return found[1] if found else ""


def first_choice(client: ModelClient, text: str, model: str | None) -> dict[str, Any]:
    """Return `weigh` of the word that the model writes next when it always takes the likeliest token.

    Its tokens are those that the model wrote, so its first one has rank 1 by definition.
    """
    deltas = client.complete(text, model, temperature=0, max_tokens=FIRST_TOKENS, logprobs=1)
    tokens = [token for delta in deltas for token in delta.tokens]
    word = first_word("".join(token.token for token in tokens))
    total, written = 0.0, ""
    for token in tokens:
        total, written = total + token.logprob, written + token.token
        if len(written.strip()) >= len(word):
            break
    return {"word": word, "piece": tokens[0].token if tokens else "", "rank": 1, "logprob": total, "most": not word}


def weigh(client: ModelClient, text: str, word: str, model: str | None) -> dict[str, Any]:
    """Return what the model computed of a word after a text.

    `logprob` of the whole word, `piece` it begins with, `rank` of that piece (1 is likeliest). A piece that is not
    among the 100 likeliest ends it: then `rank` is None if it was the first one, `logprob` is the most that the word
    can have, and `most` is true.
    """
    pieces = [token.text for token in client.tokenize(f" {word}" if word[:1].isalnum() else word, model)]
    rank, total, before = None, 0.0, text
    for number, piece in enumerate(pieces):
        candidates = client.next_tokens(before, LISTED, model)
        place = next((at for at, one in enumerate(candidates) if one.token == piece), None)
        if place is None:
            most = total + min((one.logprob for one in candidates), default=0.0)
            return {"word": word, "piece": pieces[0], "rank": rank, "logprob": most, "most": True}
        rank = place + 1 if number == 0 else rank
        total += candidates[place].logprob
        before += piece
    return {"word": word, "piece": pieces[0] if pieces else "", "rank": rank, "logprob": total, "most": not pieces}


def reveal(client: ModelClient, text: str, words: Iterable[str], model: str | None) -> list[dict[str, Any]]:
    """Return `weigh` of the model's first choice and of each of the words, in this order; each word is asked once."""
    first = first_choice(client, text, model)
    asked = {first["word"]: first}
    wanted = [str(first["word"]), *words]
    for word in wanted:
        if word not in asked:
            asked[word] = weigh(client, text, word, model)
    return [asked[word] for word in wanted]
