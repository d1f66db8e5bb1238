"""Plays the learner on every module: model answers earn all, the untouched page nothing, each mistake its reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain

import pytest

from course.items import USES, Item, MultipleItem, NumberItem, OrderingItem, SingleItem, score
from course.items.mark import MarkItem
from course.items.match import MatchItem
from course.module import Module, load_modules

MODULES = load_modules()
FRAME = ("start", "final")  # they hold the tests and the drill, and few items of their own
ITEMS = [(module, item) for module in MODULES.values() for item in module.items.values()]
GRADED = pytest.mark.parametrize(
    ("module", "item"), [pair for pair in ITEMS if pair[1].use == "graded"], ids=lambda value: getattr(value, "id", "")
)
EACH = pytest.mark.parametrize(("module", "item"), ITEMS, ids=[item.id for _, item in ITEMS])


@EACH
def test_the_model_answer_gets_full_marks_and_the_untouched_item_zero(module: Module, item: Item) -> None:
    given = score(item, item.model_value())
    untouched = score(item, None)
    assert (untouched.points, untouched.answered) == (0, False)
    assert given.answered
    if item.use not in ("practice", "graded"):
        assert given.points == 0, "a program must give no points here"
    else:
        assert (given.points, given.right) == (item.points, True)


@EACH
def test_every_wrong_answer_gets_its_own_explanation(module: Module, item: Item) -> None:
    for wrong in _wrong_answers(item):
        given = score(item, wrong)
        assert given.right is False
        assert given.points < item.points or item.use == "practice"
        assert given.reasons, f"{item.id}: {wrong!r} has no explanation"
        assert all(reason.text["da"] and reason.text["en"] for reason in given.reasons)


def _wrong_answers(item: Item) -> Sequence[object]:
    if isinstance(item, SingleItem):
        return [option.id for option in item.options if option.id != item.key]
    if isinstance(item, MultipleItem):
        return [[o.id] for o in item.options if o.id not in item.key] + [[o.id for o in item.options]]
    if isinstance(item, OrderingItem):
        return [list(reversed(item.key))]
    if isinstance(item, MatchItem):
        wrong = {premise: next(o.id for o in item.options if o.id != key) for premise, key in item.key.items()}
        return [wrong, {**item.key, **dict(list(wrong.items())[:1])}]
    if isinstance(item, MarkItem):
        return [{"language": "da", "words": sorted(trap.places["da"])} for trap in item.spans if not trap.right]
    if isinstance(item, NumberItem):
        return [*(near.value for near in item.near), item.target.value + item.target.tolerance + 1_000_000]
    return []


@GRADED
def test_what_the_learner_receives_holds_no_key_of_a_graded_item(module: Module, item: Item) -> None:
    copy = json.dumps(module.learner_copy(), ensure_ascii=False)
    own = next(i for i in json.loads(copy)["items"] if i["id"] == item.id)
    assert not {"key", "near", "why", "why_wrong"} & set(own)
    for reason in chain(*(score(item, wrong).reasons for wrong in _wrong_answers(item))):
        assert json.dumps(reason.text["da"], ensure_ascii=False) not in copy


@GRADED
def test_feedback_on_a_wrong_answer_does_not_quote_the_key(module: Module, item: Item) -> None:
    if not isinstance(item, SingleItem):
        return  # the other kinds' reasons speak of what was chosen; only a single choice has one key to quote
    key_text = next(option.text for option in item.options if option.id == item.key)
    for wrong in _wrong_answers(item):
        for reason in score(item, wrong).reasons:
            assert key_text["da"] not in reason.text["da"]
            assert key_text["en"] not in reason.text["en"]


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_a_module_has_what_the_issue_asks_for(module: Module) -> None:
    of = {use: [item for item in module.items.values() if item.use == use] for use in USES}
    least = 1 if module.id in FRAME else 8
    assert len(of["graded"]) >= least
    assert len(of["practice"]) + len(of["drill"]) >= (1 if module.id in FRAME else 8)
    assert sum(item.scenario for item in of["graded"]) >= 0.6 * len(of["graded"])
    assert of["feedback"], "each module asks what to improve"
    assert of["reflection"] or module.id == "start"
    assert module.demos
    for block in ("scene", "think", "job-aid", "submit"):
        assert any(one.role == block for one in module.lessons["da"].blocks), block


def test_must_pass_items_stand_in_the_last_module_alone() -> None:
    where = {module.id for module, item in ITEMS if item.must_pass}
    assert where <= {"final"}
