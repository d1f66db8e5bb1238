"""What a test showed is told in words: areas with links, a change only where it is more than chance, no number."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from course.widgets.areas import tests_html as html_of


def area(right: int, of: int = 6, answered: int | None = None, title: str = "Etik") -> dict[str, Any]:
    titles = {"da": title, "en": f"{title} (en)"}
    return {"right": right, "answered": of if answered is None else answered, "of": of, "title": titles}


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


BEFORE = {"ethics": area(5, title="Etik & jura"), "prompts": area(1, 3, title="Prompt-design")}


@pytest.mark.parametrize(
    ("language", "href", "lead"), [("da", "../ethics/ethics.ipynb", "godt på vej"), ("en", "ethics.ipynb", "well on")]
)
def test_the_test_before_names_areas_with_links_and_no_number(language: str, href: str, lead: str) -> None:
    html = html_of({"sta-test": {"when": "before", "areas": BEFORE, "before": {}}}, language)
    assert f'<a href="{href}">Etik &amp; jura' in html
    well, more = (line for line in html.split("<p>") if "ipynb" in line)
    assert lead in well
    assert "ethics" in well
    assert "prompts" in more
    assert not re.search(r"\d", words(html))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(2, 4, "Flere rigtige"), (2, 3, "Omtrent som før."), (4, 5, "Omtrent som før, og godt"), (5, 3, "Færre rigtige")],
)
def test_the_test_after_tells_each_areas_way_in_words(before: int, after: int, said: str) -> None:
    tests = {"t": {"when": "after", "areas": {"ethics": area(after)}, "before": {"ethics": area(before)}}}
    html = html_of(tests, "da")
    assert said in html
    assert not re.search(r"\d", words(html))


def test_without_a_test_before_nothing_is_compared_and_an_unanswered_area_is_left_out() -> None:
    areas = {"ethics": area(5), "prompts": area(0, 3, answered=0, title="Prompt-design")}
    html = html_of({"t": {"when": "after", "areas": areas, "before": {}}}, "da")
    assert "Etik" in html
    assert "Prompt" not in html
    assert "Før og efter" not in html


@pytest.mark.parametrize(
    "tests",
    [None, [], "x", {"t": None}, {"t": {"areas": 5}}, {"t": {"areas": {"x": {"right": "1"}}}}, {"t": {"areas": {}}}],
)
def test_a_report_that_cannot_be_read_says_nothing(tests: object) -> None:
    assert html_of(tests, "da") == ""
