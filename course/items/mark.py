"""Marking in a text: the learner marks words, such as personal data, or errors in a draft.

The author writes what should be marked, and what only looks like it, as `[words]{id}` in the text of each language.
The share is (found - marked without need) / to be found, never below 0, so marking everything earns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from course.fields import Fields, Text, unique
from course.items.base import Item, Reason, UnusableAnswer, sentence, without_secrets
from course.locale import LANGUAGES

SPAN = re.compile(r"\[([^\]]+)\]\{([a-z0-9-]+)\}")
WORD = re.compile(r"\S+")
NEAR = 1
"""Words this close to a span that was found count as part of it: where a span begins is a matter of taste."""


def plain_text(text: str) -> str:
    """Return an author's text as the learner reads it, without the spans' brackets."""
    return SPAN.sub(r"\1", text)


def words(plain: str) -> list[str]:
    """Return the words of a text as they can be marked: what stands between white space."""
    return WORD.findall(plain)


@dataclass(frozen=True)
class Span:
    """A place in the text. `right`: it should be marked; otherwise it only looks as if it should."""

    id: str
    right: bool
    why: Text
    about: Text
    places: Mapping[str, frozenset[int]]
    """Its words, by number, in the text of each language."""

    def marked(self, language: str, chosen: frozenset[int]) -> bool:
        """Return whether at least half of its words are marked."""
        own = self.places[language]
        return 2 * len(own & chosen) >= len(own)

    def reason(self) -> Reason:
        """Return its explanation as a reason."""
        return Reason(self.id, self.right, self.why, self.about)


@dataclass(frozen=True, kw_only=True)
class MarkItem(Item):
    """An item whose answer is `{"language": "da", "words": [0, 4, 5]}`: the words marked, by number, in that text."""

    kind = "mark"

    text: Text
    spans: tuple[Span, ...]

    @classmethod
    def read(cls, fields: Fields, common: dict[str, Any]) -> MarkItem:
        text = fields.text("text")
        found = {language: _find_spans(text[language]) for language in LANGUAGES}
        spans = tuple(_read_span(child, found) for child in fields.children("spans"))
        unique([span.id for span in spans], fields.where, "the span")
        for language, places in found.items():
            if unknown := sorted(places.keys() - {span.id for span in spans}):
                raise fields.fail("text", f"({language}) marks {unknown[0]!r}, which is not among the spans.")
        if not any(span.right for span in spans):
            raise fields.fail("spans", "must hold at least one with right: true.")
        return cls(**common, text={name: plain_text(words) for name, words in text.items()}, spans=spans)

    def usable(self, value: object) -> tuple[str, frozenset[int]]:
        language = value.get("language") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping) or language not in LANGUAGES:
            raise UnusableAnswer(f"{self.id}: {value!r} names no language of the course.")
        chosen, count = value.get("words"), len(words(self.text[language]))
        if not isinstance(chosen, list) or not all(type(word) is int and 0 <= word < count for word in chosen):
            raise UnusableAnswer(f"{self.id}: {value!r} is not a list of the text's words.")
        return language, frozenset(chosen)

    def assess(self, value: tuple[str, frozenset[int]]) -> tuple[float, tuple[Reason, ...]]:
        language, chosen = value
        marked = [span for span in self.spans if span.marked(language, chosen)]
        found = [span for span in marked if span.right]
        needless = list(runs(chosen - _around(found, language)))
        share = (len(found) - len(needless)) / sum(span.right for span in self.spans)
        known = frozenset[int]().union(*(span.places[language] for span in marked))
        others = [run for run in needless if not run & known]
        reasons = [span.reason() for span in marked] + [self._needless(run, language) for run in others]
        return max(0.0, share), tuple(reasons)

    def explanations(self) -> tuple[Reason, ...]:
        return tuple(span.reason() for span in self.spans)

    def left_out(self, value: tuple[str, frozenset[int]]) -> int:
        return sum(span.right and not span.marked(*value) for span in self.spans)

    def model_value(self) -> dict[str, Any]:
        right = frozenset[int]().union(*(span.places["da"] for span in self.spans if span.right))
        return {"language": "da", "words": sorted(right)}

    def learner_copy(self) -> dict[str, Any]:
        """Return the item as a learner may have it: a graded one with the text alone."""
        if self.use != "graded":
            return super().learner_copy()
        copy = without_secrets(self.source) | {"text": dict(self.text)}
        del copy["spans"]
        return copy

    def _needless(self, run: frozenset[int], language: str) -> Reason:
        every = words(self.text[language])
        about = " ".join(every[place] for place in sorted(run))
        return Reason(None, False, sentence("mark.needless"), dict.fromkeys(LANGUAGES, about))


def _find_spans(text: str) -> dict[str, tuple[str, frozenset[int]]]:
    """Return the spans of a text by id: their words, and the words' numbers in the plain text."""
    plain, found, last = "", {}, 0
    for match in SPAN.finditer(text):
        plain += text[last : match.start()]
        found[match[2]] = (match[1], len(plain), len(plain) + len(match[1]))
        plain += match[1]
        last = match.end()
    plain += text[last:]
    places = [(word.start(), word.end()) for word in WORD.finditer(plain)]
    return {
        span: (about, frozenset(n for n, (first, end) in enumerate(places) if first < stop and end > start))
        for span, (about, start, stop) in found.items()
    }


def _read_span(fields: Fields, found: Mapping[str, Mapping[str, tuple[str, frozenset[int]]]]) -> Span:
    span_id = fields.id()
    for language, places in found.items():
        if span_id not in places:
            raise fields.fail("id", f"is {span_id!r}, which the {language} text does not mark as [words]{{{span_id}}}.")
    about = {language: places[span_id][0] for language, places in found.items()}
    where = {language: places[span_id][1] for language, places in found.items()}
    span = Span(span_id, fields.boolean("right", False), fields.text("why"), about, where)
    fields.done()
    return span


def _around(spans: Iterable[Span], language: str) -> frozenset[int]:
    """Return the words of spans and their neighbours."""
    own = [place for span in spans for place in span.places[language]]
    return frozenset(place + step for place in own for step in range(-NEAR, NEAR + 1))


def runs(chosen: Iterable[int]) -> Iterable[frozenset[int]]:
    """Yield the stretches of neighbouring words."""
    run: list[int] = []
    for place in sorted(chosen):
        if run and place != run[-1] + 1:
            yield frozenset(run)
            run = []
        run.append(place)
    if run:
        yield frozenset(run)
