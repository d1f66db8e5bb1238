"""Feedback as HTML: own answer, verdict, reasons; nothing a learner wrote becomes markup, and no key is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course.items import TextItem, load_items, score
from grading.render import Renderer, verdict

ITEMS = load_items(Path(__file__).parents[1] / "data" / "sample" / "items.yaml")


def graded(item_id: str, value: Any, language: str = "da") -> str:
    item = ITEMS[item_id]
    return Renderer(language).graded(item, value, score(item, value), [])


def test_a_wrong_choice_gets_its_own_reason_and_no_other() -> None:
    html = graded("sample-g1", "a")
    assert "Svar a" in html
    assert "Fordi g1a" in html
    assert "Ikke rigtigt" in html
    for other in "bcd":
        assert f"Svar {other}" not in html
        assert f"Fordi g1{other}" not in html


def test_each_ticked_option_is_told_right_or_wrong() -> None:
    html = graded("sample-g2", ["a", "b"])
    assert html.index("Svar a") < html.index("Fordi g2a") < html.index("Fordi g2b")
    assert "Fordi g2d" not in html
    assert "Ikke rigtigt" in html


def test_numbers_and_verdicts_are_in_the_language() -> None:
    assert "1,5 tokens" in graded("sample-g4", 1.5)
    assert "1.5 tokens" in graded("sample-g4", 1.5, "en")
    assert "Du talte ord g4" in graded("sample-g4", 3)
    assert "Not right" in graded("sample-g4", 3, "en")


def test_an_unanswered_item_shows_no_answer_and_no_reason() -> None:
    html = graded("sample-g1", None)
    assert "Ikke besvaret" in html
    assert "Fordi" not in html
    assert "Dit svar" not in html


@pytest.mark.parametrize("value", ["zzz", 7, ["a"], {"a": 1}, True, "<script>alert(1)</script>"])
def test_an_answer_of_another_type_is_never_echoed(value: Any) -> None:
    html = graded("sample-g1", value)
    assert "Ikke besvaret" in html
    assert "<script" not in html


@pytest.mark.parametrize("value", [10**400, float("inf"), float("nan"), -(10**18)])
def test_a_number_beyond_all_bounds_counts_as_unanswered(value: float) -> None:
    assert "Ikke besvaret" in graded("sample-g4", value)


def test_a_free_text_is_escaped_and_stands_beside_its_rubric() -> None:
    item = ITEMS["sample-r1"]
    assert isinstance(item, TextItem)
    text = "<img src=x onerror=alert(1)>\n**ikke fed** & [link](javascript:alert(1))"
    html = Renderer("da").reflection(item, {"text": text, "self": ["r2"], "shown": True}, [])
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;<br>**ikke fed** &amp; [link]" in html
    assert html.count("krydset af i tjeklisten") == 1
    assert "Nævner en opgave" in html
    assert "Modelsvaret har været vist" in html
    assert item.model_answer
    assert item.model_answer["da"] not in html


@pytest.mark.parametrize("value", [None, "bare text", {"text": 3}, {"text": "   "}, []])
def test_no_text_says_so(value: Any) -> None:
    item = ITEMS["sample-r1"]
    assert isinstance(item, TextItem)
    assert "Der er ikke skrevet noget." in Renderer("da").reflection(item, value, [])


def test_verdicts() -> None:
    def of(item_id: str, value: Any) -> str:
        return verdict(score(ITEMS[item_id], value))

    assert of("sample-g2", ["a", "d"]) == "right"
    assert of("sample-g2", ["a"]) == "partly"
    assert of("sample-g2", ["b"]) == "wrong"
    assert of("sample-g2", ["a", "b", "c", "d"]) == "wrong"
    assert of("sample-g2", None) == "unanswered"
