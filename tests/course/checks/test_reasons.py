"""Is an option without a reason of its own seen?"""

from __future__ import annotations

from pathlib import Path

import planted

from course.checks import reasons


def test_a_missing_and_a_doubled_reason_are_told_of(tmp_path: Path) -> None:
    item = planted.single(["Ja.", "Nej.", "Måske."], 0)
    assert not list(reasons.faults(planted.content(planted.module(tmp_path, items=[item]))))
    item["options"][1]["why"] = item["options"][0]["why"]
    del item["options"][2]["why"]["en"]
    found = {
        fault.where: fault.what for fault in reasons.faults(planted.content(planted.module(tmp_path, items=[item])))
    }
    assert "the same reason as 'o0'" in found["planted/items.yaml, p1, o1"]
    assert "no reason" in found["planted/items.yaml, p1, o2"]


def test_a_premise_is_where_a_match_has_its_reasons(tmp_path: Path) -> None:
    item = {
        "id": "p1",
        "kind": "match",
        "premises": [{"id": "a", "text": {"da": "A", "en": "A"}}],
        "options": [{"id": "x", "text": {"da": "X", "en": "X"}}],
        "key": {"a": "x"},
    }
    assert [f.where for f in reasons.faults(planted.content(planted.module(tmp_path, items=[item])))] == [
        "planted/items.yaml, p1, a"
    ]
