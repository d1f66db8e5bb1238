"""Every catalogue is complete in every language: same keys, same places for values, nothing empty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from course.locale import LANGUAGES, translator

ROOT = Path(__file__).parents[1]
CATALOGUES = sorted(
    (package, po.relative_to(folder).with_suffix("").as_posix())
    for package in ("course", "sandbox", "grading")
    for folder in [ROOT / package / "locale" / LANGUAGES[0]]
    for po in folder.rglob("*.po")
)
PLACES = re.compile(r"\{(\w+)")


@pytest.mark.parametrize(("package", "domain"), CATALOGUES)
def test_all_languages_say_the_same_things(package: str, domain: str) -> None:
    first, *others = (translator(package, domain, language).all() for language in LANGUAGES)
    assert first
    for other in others:
        assert set(other) == set(first)
        for key, text in first.items():
            assert text.strip(), key
            assert other[key].strip(), key
            assert set(PLACES.findall(other[key])) == set(PLACES.findall(text)), key


@pytest.mark.parametrize(("package", "domain"), CATALOGUES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(package: str, domain: str, language: str) -> None:
    file = ROOT / package / "locale" / language / f"{domain}.po"
    keys = re.findall(r'^msgid "(.+)"', file.read_text("utf-8"), re.MULTILINE)
    assert len(keys) == len(set(keys))
    with file.open("rb") as handle:
        assert not [m.id for m in read_po(handle) if m.id and (m.fuzzy or not m.string)]


def test_a_missing_text_and_an_unknown_language_are_named() -> None:
    with pytest.raises(KeyError, match=r"build\.po has no text for 'nothing'"):
        translator("course", "build", "da")("nothing")
    with pytest.raises(ValueError, match="no language 'sv'"):
        translator("course", "build", "sv")
