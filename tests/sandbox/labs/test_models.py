"""Do the labs say of each model what it is and what to expect, in the page's language?"""

import pytest

from sandbox.labs.models import model_views

BASE = {
    "id": "b",
    "title": "Base",
    "kind": "base",
    "languages": ["da", "en"],
    "expect": {"da": "Dansk.", "en": "English."},
}
INSTRUCT = {"id": "i", "title": "Smol", "kind": "instruct", "languages": ["en"], "expect": {"da": "D.", "en": "E."}}


@pytest.mark.parametrize(
    ("language", "labels", "expected"),
    [
        ("da", ["Base: skriver videre på din tekst", "Smol: svarer på spørgsmål (engelsk)"], ["Dansk.", "D."]),
        ("en", ["Base: continues your text", "Smol: answers questions (English)"], ["English.", "E."]),
    ],
)
def test_a_model_is_described_in_the_pages_language(language: str, labels: list[str], expected: list[str]) -> None:
    views = model_views([BASE, INSTRUCT], language)
    assert [view["label"] for view in views] == labels
    assert [view["expect"] for view in views] == expected


def test_an_answers_language_is_the_pages_where_the_model_knows_it() -> None:
    assert [view["lang"] for view in model_views([BASE, INSTRUCT], "da")] == ["da", "en"]


def test_a_model_elsewhere_says_where_the_text_goes() -> None:
    (view,) = model_views([{**INSTRUCT, "leaves_machine": "https://models.example.dk/v1"}], "da")
    assert "https://models.example.dk/v1" in view["expect"]


def test_a_model_that_says_little_of_itself_is_still_shown() -> None:
    (view,) = model_views([{"id": "gpt"}], "da")
    assert (view["title"], view["kind"], view["expect"]) == ("gpt", "instruct", "")
