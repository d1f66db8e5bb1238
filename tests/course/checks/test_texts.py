"""Are texts found wherever they stand, and taken apart as a reader would?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks.content import read_folder
from course.checks.texts import count_words, paragraphs, passages, plain, sentences, words

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def test_every_text_of_a_module_is_found() -> None:
    found = {passage.where for passage in passages(planted.content(read_folder(SAMPLE)))}
    for file in ("lesson.da.md", "lesson.en.md", "module.yaml", "items.yaml", "facts.yaml"):
        assert any(where.startswith(f"sample/{file}") for where in found), file


def test_wrong_answers_and_wrong_advice_are_told_from_right_ones(tmp_path: Path) -> None:
    item = planted.single(["Ja.", "Nej."], 0) | {"kind": "reliance"}
    item["advice"] = {
        "right": {"option": "o0", "text": {"da": "Råd.", "en": "Advice."}},
        "wrong": {"option": "o1", "text": {"da": "Andet råd.", "en": "Other advice."}},
    }
    content = planted.content(planted.module(tmp_path, items=[item]))
    wrong = {passage.text for passage in passages(content) if passage.wrong}
    assert wrong == {"Nej.", "Andet råd.", "Other advice."}


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("**Spørg** [en kollega](https://example.org), `kode` [[kilde]].", ["Spørg", "en", "kollega"]),
        ("OS2ai og LLaMA-2 i uge 5", ["og", "LLaMA", "i", "uge"]),
        ("f.eks. børne- og AI-vejledningen", ["f.eks", "børne-", "og", "AI-vejledningen"]),
        ("| Trin | I dag |\n| --- | --- |", ["Trin", "I", "dag"]),
        ("Skriv til a@example.org, se www.example.org/x og /was.", ["Skriv", "til", "se", "og"]),
    ],
)
def test_words(markdown: str, found: list[str]) -> None:
    assert words(markdown) == found


def test_numbers_are_read_too() -> None:
    assert count_words("Der er 3 fejl i **20** referater.") == 7


def test_sentences_end_at_points_colons_cells_and_headings() -> None:
    assert sentences("## Først\n\nGør sådan: Spørg.\n\n| a b | c |\n| --- | --- |") == [
        "Først",
        "Gør sådan",
        "Spørg",
        "a b",
        "c",
    ]
    assert len(sentences("Klokken er 14.10 i dag. Det er kl.9.")) == 2


def test_paragraphs_are_apart_by_empty_lines_and_points_of_lists() -> None:
    assert paragraphs("Et\nto.\n\n- a\n- b\n  c\n\n| x |\n| --- |") == ["Et\nto.", "- a", "- b\n  c", "| x |\n| --- |"]


def test_marks_are_not_read() -> None:
    assert plain("### Et *ord* {#x}").strip() == "Et ord"
