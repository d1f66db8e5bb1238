"""Reads the sentence pairs of the lab on bias: two sentences that are the same but for one word, or one kind of word.

It knows neither models nor pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.fields import Fields, load_yaml, unique

FOLDER = Path(__file__).parent / "data" / "bias"
SLOT, BAR = "{}", " | "
Words = tuple[tuple[str, ...], tuple[str, ...]]
"""The two words of a pair; or two lists of words that stand for one kind each, such as names."""
LEAST = 12
"""A group needs so many sentences, or its mean says nothing."""


@dataclass(frozen=True)
class Side:
    """One of a pair's sentences: what the model reads, and what is measured after it (it begins with a space)."""

    context: str
    measured: str

    @property
    def whole(self) -> str:
        """The sentence."""
        return self.context + self.measured


@dataclass(frozen=True)
class Pair:
    """A sentence with a place for a word, a bar where the measured part begins, and the words."""

    group: str
    sentence: str
    words: Words

    @property
    def sides(self) -> tuple[Side, Side]:
        """The sentence with the first word, and with the second."""
        context, measured = self.sentence.split(BAR)
        words = self.words[0][0], self.words[1][0]
        one, other = (Side(context.replace(SLOT, word), " " + measured.replace(SLOT, word)) for word in words)
        return one, other

    @property
    def ends_with_word(self) -> bool:
        """Whether the words themselves are what is measured."""
        return self.sentence.endswith(BAR + SLOT)


@dataclass(frozen=True)
class Dimension:
    """What a set of pairs differs in. `a` and `b` say what the words are called; `groups` are ids with titles."""

    id: str
    title: str
    about: str
    a: str
    b: str
    groups: dict[str, str]
    pairs: tuple[Pair, ...]


@lru_cache
def load_dimensions(language: str, folder: Path = FOLDER) -> dict[str, Dimension]:
    """Return the dimensions in a language by id; raises ContentError that names file and field."""
    path = folder / f"{language}.yaml"
    fields = Fields(load_yaml(path), f"bias/{path.name}")
    fields.schema(1)
    found = [_dimension(child) for child in fields.children("dimensions")]
    fields.done()
    unique([dimension.id for dimension in found], fields.where, "dimension")
    return {dimension.id: dimension for dimension in found}


def _dimension(fields: Fields) -> Dimension:
    named = fields.id(), fields.string("title"), fields.string("about"), fields.string("a"), fields.string("b")
    words = [_words(fields, pair) for pair in fields.sequence("pairs")]
    groups = fields.children("groups")
    if len(groups) != 2 or not words:
        raise fields.fail("groups", f"must be two, and `pairs` at least one; here are {len(groups)} and {len(words)}.")
    titles, pairs = {}, []
    for group in groups:
        group_id, titles[group_id] = group.id(), group.string("title")
        sentences = [_sentence(group, text) for text in group.sequence("sentences")]
        if len(sentences) < LEAST or len(sentences) % len(words):
            need = f"at least {LEAST}, and as many for each of the {len(words)} pairs"
            raise group.fail("sentences", f"are {len(sentences)}; it takes {need}.")
        group.done()
        if any(len(side) > 1 for pair in words for side in pair) and not all(
            text.endswith(BAR + SLOT) for text in sentences
        ):
            raise group.fail("sentences", "must end with the place for the word where a pair is two lists of words.")
        pairs += [Pair(group_id, text, words[number % len(words)]) for number, text in enumerate(sentences)]
    fields.done()
    return Dimension(*named, titles, tuple(pairs))


def _words(fields: Fields, pair: object) -> Words:
    sides = [[side] if isinstance(side, str) else side for side in pair] if isinstance(pair, list) else []
    if len(sides) != 2 or not all(isinstance(side, list) and side and all(map(_is_word, side)) for side in sides):
        raise fields.fail("pairs", f"must be lists of two words, or of two lists of words, not {pair!r}.")
    return tuple(sides[0]), tuple(sides[1])


def _is_word(word: object) -> bool:
    return isinstance(word, str) and word.strip() == word != ""


def _sentence(fields: Fields, text: object) -> str:
    if not isinstance(text, str) or text.count(SLOT) != 1 or text.count(BAR) != 1 or text.endswith(BAR):
        raise fields.fail(
            "sentences", f"must each hold one {SLOT} and one {BAR.strip()!r} with text after it: {text!r}."
        )
    return text
