"""The feedback after grading: own answer, right or wrong, why, comment; escaped, and never a key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.items import load_items, score
from course.widgets.feedback import changed_since, feedback_html, points_text
from course.widgets.kinds import labels

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "items.yaml"
Items = dict[str, Any]
VALUES: dict[str, Any] = {
    "sample-g1": "a",
    "sample-g2": ["a"],
    "sample-g3": ["c", "a", "d", "b"],
    "sample-r1": {"text": "Jeg <b>prøver</b>", "self": [], "shown": False},
}


def report(values: dict[str, Any]) -> dict[str, Any]:
    """What the grader writes, made by the same scoring."""
    entries: dict[str, dict[str, Any]] = {}
    for item in load_items(SAMPLE).values():
        if item.use != "practice":
            got = score(item, values.get(item.id))
            reasons = [{"option": r.option, "right": r.right, "text": r.text, "about": r.about} for r in got.reasons]
            entries[item.id] = {
                "points": got.points,
                "max_points": got.max_points,
                "answered": got.answered,
                "right": got.right,
                "value": values.get(item.id),
                "reasons": reasons,
                "comment": None,
                "waiting_for_reader": item.kind == "text",
            }
    points = sum(entry["points"] for entry in entries.values())
    return {
        "points": points,
        "max_points": 9,
        "submitted": "2026-11-22T09:30:00Z",
        "waiting_for_reader": True,
        "items": entries,
        "error": None,
    }


def html(items: Items, data: dict[str, Any], language: str = "da") -> str:
    return feedback_html(data, items.values(), labels(list(items.values()), language), language)


def test_each_item_has_answer_verdict_and_reason(items: Items) -> None:
    made = html(items, report(VALUES))
    one, two, three, four, text = made.split("<details")[1:]
    assert "Ikke rigtigt" in one
    assert "Svar a" in one
    assert "Fordi g1a" in one
    assert "Delvist rigtigt" in two
    assert "1 af 2 point" in two
    assert "Rigtigt</span>" in three
    assert [" open" in entry.split(">")[0] for entry in (one, two, three, four, text)] == [
        True,
        True,
        False,
        True,
        True,
    ]
    assert one.count("Svar a") == 1
    assert three.count("Svar c") == 1
    assert "Ikke besvaret" in four
    assert "Ikke læst af en underviser endnu" in text
    assert "op til 3 point" in text
    assert "&lt;b&gt;prøver&lt;/b&gt;" in text
    assert 'href="#item-sample-g1"' in one
    assert "3 af 9 point" in made
    assert "En underviser kan læse" not in html(items, report(VALUES) | {"waiting_for_reader": False})


def test_no_reason_beyond_the_own_answer_and_no_key(items: Items) -> None:
    made = html(items, report(VALUES))
    for secret in ("Fordi g1b", "Fordi g1c", "Fordi g2d", "Rigtigt g4", "Forkert g4"):
        assert secret not in made


def test_a_readers_comment_is_shown_as_text(items: Items) -> None:
    data = report(VALUES)
    data["items"]["sample-r1"] |= {"comment": "Fint <script>x</script>", "points": 2.5, "waiting_for_reader": False}
    made = html(items, data)
    assert "Fint &lt;script&gt;" in made
    assert "2,5 af 3 point" in made
    assert "Læst af en underviser" in made


def test_a_foreign_or_unfinished_report_shows_nothing_and_breaks_nothing(items: Items) -> None:
    assert html(items, {}) == ""
    assert html(items, report(VALUES) | {"error": {"da": "x", "en": "x"}}) == ""
    assert html(items, {"items": {"sample-g1": {}, "other": {}, "sample-g2": None}})


def test_points_are_written_as_the_language_has_them() -> None:
    assert points_text(7.5, 10, "da") == "7,5 af 10 point"
    assert points_text(7.5, 10, "en") == "7.5 of 10 points"
    assert points_text(None, 10, "da") == "– af 10 point"


def test_changed_answers_are_counted(items: Items) -> None:
    data = report(VALUES)
    assert changed_since(data, items.values(), VALUES.get) == 0
    assert changed_since(data, items.values(), {**VALUES, "sample-g1": "b", "sample-p1": "c"}.get) == 1
    assert changed_since({}, items.values(), VALUES.get) == 0
