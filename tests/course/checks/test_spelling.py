"""Is a misspelt word found by hunspell, and a word of our own left alone?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks import spelling
from course.locale import LANGUAGES

needs_hunspell = pytest.mark.skipif(not spelling.installed(), reason=spelling.MISSING)


def found(path: Path, da: str = "Ja.", en: str = "Yes.") -> set[str]:
    content = planted.content(planted.module(path, da, en))
    return {fault.what.split("'")[1] for fault in spelling.faults(content) if fault.where.startswith("planted/lesson")}


@needs_hunspell
def test_misspelt_words_are_found(tmp_path: Path) -> None:
    assert found(tmp_path, "Lad asistenten skrive et udkast til sagsbehandlern.") == {"asistenten", "sagsbehandlern"}
    assert found(tmp_path, en="The assisstant wrote an AI-drafft.") == {"assisstant", "AI-drafft"}
    assert found(tmp_path, "Brug en AI-asistent.") == {"AI-asistent"}


@needs_hunspell
def test_right_words_own_words_names_and_addresses_are_known(tmp_path: Path) -> None:
    text = "Amina læser kommunens AI-vejledning på www.exaample.org, skriver til xxyy@example.org og ser på `answrs`."
    assert not found(tmp_path, text)
    assert not found(tmp_path, "DPO’en i Gladsaxe spurgte om tokens kl. 9 [[fakkta]].", "The DPO’s answer in Gladsaxe.")


@needs_hunspell
def test_a_quotation_in_the_other_language_is_known_and_a_single_word_is_not(tmp_path: Path) -> None:
    assert not found(tmp_path, "Artiklen hedder „Why the wonderful things happen“.")
    assert found(tmp_path, "Det er wonderful.") == {"wonderful"}


@needs_hunspell
def test_the_pages_own_texts_are_read() -> None:
    assert {passage.language for passage in spelling.catalogue_texts()} == set(LANGUAGES)


def test_without_hunspell_it_says_so_and_fails_only_in_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    content = planted.content(planted.module(tmp_path))
    assert [(fault.what, fault.warning) for fault in spelling.faults(content)] == [(spelling.MISSING, True)]
    monkeypatch.setenv("CI", "true")
    assert [fault.warning for fault in spelling.faults(content)] == [False]


@pytest.mark.parametrize("file", sorted(spelling.WORDS.glob("words.*.txt")), ids=lambda file: file.name)
def test_the_lists_are_sorted_and_have_no_word_twice(file: Path) -> None:
    listed = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert listed == sorted(set(listed), key=lambda word: (word.casefold(), word))
