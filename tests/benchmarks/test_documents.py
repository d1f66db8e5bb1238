"""Does the search still find what it found when it was measured, and does the page tell those numbers?"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks.documents.measure import searched
from sandbox.documents import load_guides
from sandbox.labs.documents_data import load_measured

QUESTIONS = yaml.safe_load((Path(__file__).parents[2] / "benchmarks/documents/questions.yaml").read_text("utf-8"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_numbers_on_the_page_are_what_the_search_does_now(language: str) -> None:
    found, told = searched(QUESTIONS, language), load_measured(language)
    assert {name: told[name] for name in found} == found, "run python -m benchmarks.documents.measure again"
    assert found["among_three"] >= 0.85 * found["questions"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_right_word_stands_in_the_passage_that_answers(language: str) -> None:
    texts = {passage.key: passage.text.lower() for guide in load_guides(language) for passage in guide.passages}
    affirmations = {"ja", "nej", "yes", "no"}
    for one in QUESTIONS["questions"]:
        words = [word.lower() for word in one["right"][language]]
        assert affirmations & set(words) or any(word in texts[one["passage"]] for word in words), one["id"]
