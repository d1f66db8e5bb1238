"""Feedback on practice says right or wrong in words, why, and what was left out."""

from __future__ import annotations

from typing import Any

from course.items import read_item
from course.widgets.reasons import verdict_html

Items = dict[str, Any]


def verdict(item: dict[str, Any], value: object, language: str = "da") -> str:
    return verdict_html(read_item(item, "here"), value, language)


def test_right_and_wrong_are_words_and_signs(items: Items) -> None:
    assert "Rigtigt</span>" in verdict(items["sample-p1"], "b")
    assert "Ikke rigtigt endnu" in verdict(items["sample-p1"], "c")
    assert "Not right yet" in verdict(items["sample-p1"], "c", "en")
    assert verdict(items["sample-p1"], "b").count("<svg") == 1 + 1 + 4


def test_a_part_of_the_keys_is_on_the_way_and_says_how_many_are_missing(items: Items) -> None:
    html = verdict(items["sample-p2"], ["a"])
    assert "Godt på vej" in html
    assert "ét rigtigt svar mere" in html
    assert "Ikke rigtigt endnu" in verdict(items["sample-p2"], ["a", "b"])


def test_an_ordering_tells_the_misplaced_and_unfolds_in_the_right_order(items: Items) -> None:
    html = verdict(items["sample-p3"], ["a", "c", "d", "b"])
    first, rest = html.split("<details>")
    assert "Forkert placeret" in first
    assert "Fordi p3d" not in first
    assert [rest.index(f"Fordi p3{option}") for option in "cadb"] == sorted(rest.index(f"Fordi p3{o}") for o in "cadb")


def test_a_typical_mistake_gets_its_own_reason(items: Items) -> None:
    assert "Du talte ord p4" in verdict(items["sample-p4"], 3)
    assert "Forkert p4" in verdict(items["sample-p4"], 99)
    assert "<details>" not in verdict(items["sample-p4"], 99)


def test_reasons_are_escaped(items: Items) -> None:
    items["sample-p1"]["options"][0]["why"]["da"] = "<script>x</script>"
    items["sample-p1"]["options"][0]["text"]["da"] = "<b>fed</b>"
    html = verdict(items["sample-p1"], "a")
    assert "<script>" not in html
    assert "<b>" not in html
