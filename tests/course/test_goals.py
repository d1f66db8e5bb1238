"""The goals file is read strictly, and says what the municipality has not decided yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.errors import ContentError
from course.goals import FILE, MAX_KPIS, load_goals


def test_the_file_as_it_comes_is_examples_with_roles_and_both_languages() -> None:
    goals = load_goals()
    assert goals.decided is None
    assert len(goals.goals) >= 3
    assert all(1 <= len(ambition.kpis) <= MAX_KPIS for goal in goals.goals for ambition in goal.ambitions)
    assert {name for kpi in goals.kpis() for name in kpi.missing()} == {"baseline", "target"}
    (share,) = [kpi for kpi in goals.kpis() if kpi.id == "licence-share"]
    assert (share.baseline, share.target, share.missing()) == (0, 100, ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("decided: null", "decided: soon", "field 'decided' must be a date"),
        ("decided: null\n", "", "field 'decided' is missing"),
        ("unit: minutes", "unit: hours", "field 'unit' is 'hours'"),
        ("baseline: null", "baseline: unknown", "field 'baseline' must be a number"),
        ("            baseline: null\n", "", "field 'baseline' is missing"),
        ("date: 2027-11-01", "date: next year", "field 'date' must be a date such as 2027-06-01"),
        ("id: drafts-with-errors", "id: drafting-time", "the KPI 'drafting-time' stands twice"),
        ("id: workplace", "id: service", "the goal 'service' stands twice"),
        ("denominator:", "denomenator:", "field 'denominator' is missing"),
        ("            target: null\n", "            target: null\n            sort: 1\n", "'sort' is not known here"),
    ],
)
def test_a_fault_is_named_with_goal_and_field(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    file = tmp_path / "goals.yaml"
    head, schema, body = text.partition("schema: 1")
    file.write_text(head + schema + body.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as fault:
        load_goals(file)
    assert message in str(fault.value)
    assert "goals.yaml" in str(fault.value)


def test_a_decision_has_a_date(tmp_path: Path) -> None:
    file = tmp_path / "goals.yaml"
    file.write_text(FILE.read_text("utf-8").replace("decided: null", "decided: 2026-12-01"), "utf-8")
    assert load_goals(file).decided == "2026-12-01"
