"""Are the guides readable, invented by their own words, and the same passages in both languages?"""

from __future__ import annotations

from pathlib import Path

import pytest

from course.errors import ContentError
from sandbox.documents import load_guides, split_own
from sandbox.documents.guides import OWN_WORDS, read_guide

GOOD = "---\nid: a\ntitle: A\nupdated: 2026-01-01\n---\n> Invented.\n\n## One {#one}\nText.\n"


def test_both_languages_have_the_same_guides_passages_and_dates() -> None:
    shapes = [
        [(guide.id, guide.updated, [one.key for one in guide.passages]) for guide in load_guides(language)]
        for language in ("da", "en")
    ]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) >= 10


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_guide_says_that_it_is_invented_and_has_a_readable_length(language: str) -> None:
    for guide in load_guides(language):
        assert "Eksempelkøbing" in guide.invented
        assert 300 <= sum(len(f"{one.heading} {one.text}".split()) for one in guide.passages) <= 900, guide.id


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (GOOD.replace("---\nid", "id"), "front matter"),
        (GOOD.replace("2026-01-01", "soon"), "date"),
        (GOOD.replace("> Invented.", ""), "invented"),
        (GOOD.replace(" {#one}", ""), "Heading"),
        (GOOD + "\n## Two {#one}\nMore.\n", "one"),
        (GOOD.replace("id: a", "id: b"), "a.md"),
    ],
)
def test_a_broken_guide_is_named(tmp_path: Path, broken: str, says: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(broken, "utf-8")
    with pytest.raises(ContentError, match=says):
        read_guide(path)


def test_a_text_of_ones_own_is_cut_into_passages_of_whole_sentences() -> None:
    sentence = "Dette er en sætning på otte ord her. "
    passages = split_own(f"{sentence * 20}\n\nSidste afsnit.", "Mit")
    assert [one.key for one in passages] == ["own#1", "own#2", "own#3"]
    assert all(len(one.text.split()) <= OWN_WORDS for one in passages)
    assert passages[-1].text == "Sidste afsnit."
    assert split_own("  \n ", "Mit") == ()
