"""What the model service answers, as pages read it: tokens, their likelihood, and parts of an answer.

It does not know how an answer comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VISIBLE = {"\n": "⏎", "\t": "⇥", " ": "␣", "": "∅"}


@dataclass(frozen=True)
class Candidate:
    """A possible next token: as the model would write it, as a person can read it, and its natural log probability."""

    token: str
    text: str
    logprob: float


@dataclass(frozen=True)
class Written(Candidate):
    """A token that a model wrote, and the likeliest ones it was chosen among, likeliest first."""

    top: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Delta:
    """A part of an answer; the last one has `finish`: "stop" (the model was done) or "length" (it was cut off).

    `tokens` is empty unless log probabilities were asked for. A part without text says that the page still waits.
    `masked`, on the last one, are the kinds (CPR, EMAIL, ...) that the guard masked in the answer.
    """

    text: str
    finish: str | None = None
    tokens: tuple[Written, ...] = ()
    masked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Token:
    """A token's id in the vocabulary and its text."""

    id: int
    text: str


@dataclass(frozen=True)
class Scored(Token):
    """A token of a given text and its natural log probability there; None for a first token with nothing before it."""

    logprob: float | None


def readable(token: str) -> str:
    """A token for people: without its leading space, and with white space that can be seen."""
    bare = token.strip(" ")
    if not bare:
        return VISIBLE[" "] * len(token) or VISIBLE[""]
    return "".join(VISIBLE.get(letter, letter) if letter in "\n\t" else letter for letter in bare)


def written(raw: Mapping[str, Any] | None) -> tuple[Written, ...]:
    """The tokens in a chunk's log probabilities, in the form of chat (`content`) or of completions (parallel lists)."""
    if not raw:
        return ()
    if raw.get("content") is not None:
        told = [(item["token"], item["logprob"], _pairs(item.get("top_logprobs"))) for item in raw["content"]]
    else:
        tokens, tops = raw.get("tokens") or [], raw.get("top_logprobs")
        likeliest = [list((top or {}).items()) for top in tops or [{}] * len(tokens)]
        told = list(zip(tokens, raw.get("token_logprobs") or [], likeliest, strict=True))
    return tuple(Written(token, readable(token), logprob, candidates(top)) for token, logprob, top in told)


def masked(body: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple((body.get("guard") or {}).get("masked", ()))


def _pairs(items: Sequence[Mapping[str, Any]] | None) -> list[tuple[str, float]]:
    return [(item["token"], item["logprob"]) for item in items or ()]


def candidates(pairs: Iterable[tuple[str, float]]) -> tuple[Candidate, ...]:
    likeliest = sorted(pairs, key=lambda pair: -pair[1])
    return tuple(Candidate(token, readable(token), logprob) for token, logprob in likeliest)
