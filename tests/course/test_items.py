"""Every kind of item: what its answers are worth, what they say, and what a learner's copy leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from course.errors import ContentError
from course.items import load_items, read_item, score

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "items.yaml"
ITEMS = load_items(SAMPLE)


@pytest.mark.parametrize("item_id", [i for i in ITEMS if i != "sample-r1"])
def test_the_model_value_earns_everything_and_nothing_earns_nothing(item_id: str) -> None:
    item = ITEMS[item_id]
    full, none = score(item, item.model_value()), score(item, None)
    assert (full.points, full.right, full.answered) == (item.points, True, True)
    assert (none.points, none.right, none.answered) == (0, False, False)


@pytest.mark.parametrize(
    ("ticked", "points"),
    [
        (["a", "d"], 2),
        (["a"], 1),
        (["a", "d", "b"], 1),
        (["a", "b"], 0),
        (["a", "b", "c", "d"], 0),
        ([], 0),
        (["b"], 0),
    ],
)
def test_multiple_choice_gives_part_of_the_points_but_nothing_for_ticking_all(ticked: list[str], points: int) -> None:
    assert score(ITEMS["sample-g2"], ticked).points == points


@pytest.mark.parametrize(("order", "points"), [("cadb", 2), ("acdb", 1.33), ("bdac", 0), ("abcd", 0)])
def test_ordering_counts_pairs_that_stand_right(order: str, points: float) -> None:
    assert score(ITEMS["sample-g3"], list(order)).points == points


@pytest.mark.parametrize(
    ("value", "right", "reason"),
    [
        (12, True, "Rigtigt g4"),
        (12.5, True, "Rigtigt g4"),
        (3, False, "Du talte ord g4"),
        (99, False, "Forkert g4"),
    ],
)
def test_number_knows_the_key_its_tolerance_and_typical_mistakes(value: float, right: bool, reason: str) -> None:
    given = score(ITEMS["sample-g4"], value)
    assert (given.right, given.reasons[0].text["da"]) == (right, reason)


def test_each_chosen_option_gets_its_own_reason_and_no_other() -> None:
    for option in "abcd":
        reasons = score(ITEMS["sample-g1"], option).reasons
        assert [(r.option, r.right, r.text["en"]) for r in reasons] == [(option, option == "b", f"Because g1{option}")]


def test_free_text_gets_no_points_from_a_program() -> None:
    written = score(ITEMS["sample-r1"], {"text": "Jeg prøver det.", "self": ["r1", "x"], "shown": True})
    assert (written.points, written.max_points, written.right, written.answered) == (0, 3, None, True)
    assert not score(ITEMS["sample-r1"], {"text": "  "}).answered


@pytest.mark.parametrize(
    "value", ["z", 1, True, {}, ["a", 1], [["a"]], {"text": 3}, float("nan"), float("inf"), ["a", "b"]]
)
def test_a_value_of_the_wrong_type_is_unanswered_and_says_so(value: Any) -> None:
    for item_id in ("sample-g1", "sample-g3", "sample-g4", "sample-r1"):
        given = score(ITEMS[item_id], value)
        if item_id == "sample-g4" and value == 1 and value is not True:
            continue
        assert (given.points, given.answered) == (0, False)
        assert "kunne ikke læses" in given.reasons[0].text["da"]


def test_a_graded_items_copy_holds_neither_key_nor_reasons() -> None:
    for item in ITEMS.values():
        copy = json.dumps(item.learner_copy(), ensure_ascii=False)
        secret = any(word in copy for word in ("Fordi", "Because", "Rigtigt", "Forkert", "Du talte", '"key"'))
        assert secret == (item.use == "practice"), item.id
        assert item.stem["da"] in copy


GOOD: dict[str, Any] = {
    "id": "x-p1",
    "kind": "single",
    "use": "practice",
    "goal": "g",
    "stem": {"da": "d", "en": "e"},
    "options": [{"id": o, "text": {"da": o, "en": o}, "why": {"da": o, "en": o}} for o in "ab"],
    "key": "a",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "c"}, "field 'key' is 'c'; it must be one of a, b"),
        ({"key": None}, "field 'key' must be a text"),
        ({"stem": {"da": "d"}}, "field 'stem' has no text in 'en'"),
        ({"kind": "essay"}, "field 'kind' is 'essay'"),
        ({"points": 2}, "practice gives no points"),
        ({"use": "graded"}, "a graded item needs points"),
        ({"hint": "x"}, "field 'hint' is not known here"),
        ({"id": "X 1"}, "field 'id' must be lower-case"),
        ({"options": GOOD["options"][:1]}, "must hold at least 2 options"),
        ({"options": GOOD["options"] * 2}, "the option 'a' stands twice"),
        ({"confidence": "yes"}, "must be true or false"),
    ],
)
def test_a_faulty_item_is_refused_with_file_item_and_field(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ContentError, match="sample/items.yaml, item 'x-p1'") as fault:
        read_item(GOOD | change, "sample/items.yaml, item 'x-p1'")
    assert message in str(fault.value)


def test_a_missing_key_and_a_doubled_id_are_refused(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    file = tmp_path / "items.yaml"
    file.write_text(text.replace("    key: b\n", "", 1), "utf-8")
    with pytest.raises(ContentError, match="item 'sample-p1': field 'key' is missing"):
        load_items(file)
    file.write_text(text.replace("sample-p2", "sample-p1"), "utf-8")
    with pytest.raises(ContentError, match="the item 'sample-p1' stands twice"):
        load_items(file)
