"""How far a learner is, in items and in minutes."""

from __future__ import annotations

from typing import Any

from course.answers import Answers
from course.widgets.progress import measure, progress_html

Items = dict[str, Any]


def data(items: Items) -> dict[str, Any]:
    pieces = [
        {"id": "read", "minutes": 4, "items": []},
        {"id": "try", "minutes": 8, "items": ["sample-p1", "sample-p2"]},
        {"id": "end", "minutes": 2, "items": []},
    ]
    return {"pieces": pieces, "items": [items["sample-p1"], items["sample-p2"]]}


def answers(**values: Any) -> Answers:
    return Answers("sample", records={f"sample-{name}": {"value": value} for name, value in values.items()})


def test_minutes_shrink_with_the_answers_and_what_was_read_before_them(items: Items) -> None:
    whole = data(items)
    assert measure(whole, answers()).minutes_left == 14
    half = measure(whole, answers(p1="a", p2=["nothing"]))
    assert (half.answered, half.items, half.minutes_left) == (1, 2, 6)
    assert measure(whole, answers(p1="a", p2=["b"])).minutes_left == 2


def test_the_words_say_what_the_bar_shows(items: Items) -> None:
    whole = data(items)
    assert "0 af 2" in progress_html(measure(whole, answers()), "da")
    assert "Cirka 6 min. tilbage" in progress_html(measure(whole, answers(p1="a")), "da")
    assert "answered everything" in progress_html(measure(whole, answers(p1="a", p2=["b"])), "en")
    assert 'max="2" value="1"' in progress_html(measure(whole, answers(p1="a")), "da")
