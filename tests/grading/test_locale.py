"""The grader's texts: the same keys and the same places for values in both languages."""

from __future__ import annotations

from string import Formatter

from course.locale import LANGUAGES, translator


def test_every_language_has_the_same_keys_and_values() -> None:
    danish, english = (translator("grading", "feedback", language).all() for language in LANGUAGES)
    assert danish.keys() == english.keys()
    for key, text in danish.items():
        assert text.strip()
        assert english[key].strip()
        places = [{name for _, name, _, _ in Formatter().parse(t)} for t in (text, english[key])]
        assert places[0] == places[1], key
