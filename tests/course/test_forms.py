"""The test's forms are read strictly and are parallel; who gets which first is drawn in blocks and never changes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sample_forms import SECRET, right, sample_with_test, write_forms

from course import forms, paths
from course.errors import ContentError
from course.items import KnowledgeTestItem, load_items
from course.items.form import Form, load_forms
from course.module import load_module

REAL = load_forms(paths.MODULES / "forms")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_forms(tmp_path / "forms")


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))


@pytest.mark.parametrize("form", REAL.values(), ids=list(REAL))
def test_the_courses_forms_are_read_and_each_key_earns_its_area(form: Form) -> None:
    keys = {question.item.id: question.item.key for question in form.questions}
    assert all(tally.right == tally.of for tally in form.areas(keys).values())
    assert sum(tally.of for tally in form.areas({}).values()) == 20
    assert all(tally.right == tally.answered == 0 for tally in form.areas({}).values())


@pytest.mark.parametrize(
    ("form", "was", "becomes", "said"),
    [
        ("a", "form: a", "form: b", "forms/a.yaml: field 'form' is 'b', but the file is 'a.yaml'"),
        ("a", "schema: 1", "schema: 2", "field 'schema'"),
        ("b", "difficulty: easy", "difficulty: hard", "item 'tb-01': area, goal and difficulty are .*'ta-01' has"),
        ("c", "area: sample", "area: other", "item 'tc-01': area"),
        ("b", "id: tb-02", "id: tb-01", "must have the ids tb-01 to tb-20"),
        ("a", "kind: single", "kind: multiple", "item 'ta-01': field 'kind' is 'multiple'"),
        ("a", "key: b", "key: c", "each option as key equally often; now a 5, b 4, c 6, d 5"),
        ("a", "key: b", "key: z", "item 'ta-01': field 'key' is 'z'"),
        ("a", "scenario: true", "scenario: false", "has 15 scenarios; there must be at least 16"),
        ("a", "scenario: true", "scenery: true", "'scenery' is not known"),
        ("a", "  - id: d\n", "  - id: e\n", "field 'options' must have the ids a, b, c, d"),
    ],
)
def test_a_fault_names_file_item_and_field(folder: Path, form: str, was: str, becomes: str, said: str) -> None:
    file = folder / f"{form}.yaml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), "utf-8")
    with pytest.raises(ContentError, match=said):
        load_forms(folder)


def test_a_missing_form_is_named(folder: Path) -> None:
    (folder / "c.yaml").unlink()
    with pytest.raises(ContentError, match=r"forms/c\.yaml is missing"):
        load_forms(folder)


@pytest.mark.parametrize(("when", "held"), [("before", ["a", "b"]), ("after", ["a", "b"]), ("later", ["c"])])
def test_a_learners_copy_has_the_questions_it_needs_and_no_key(tmp_path: Path, when: str, held: list[str]) -> None:
    module = load_module(sample_with_test(tmp_path / "modules", when))
    copy = json.loads(json.dumps(module.learner_copy(), ensure_ascii=False))
    (item,) = [item for item in copy["items"] if item["kind"] == "test"]
    assert list(item["forms"]) == held
    for questions in item["forms"].values():
        assert len(questions) == 20
        assert all(set(question) == {"id", "stem", "options"} for question in questions)
        assert all(set(option) == {"id", "text"} for question in questions for option in question["options"])
    assert SECRET not in json.dumps(copy, ensure_ascii=False)


def test_a_test_gives_no_points_and_tells_areas(tmp_path: Path) -> None:
    item: Any = load_items(sample_with_test(tmp_path / "modules") / "items.yaml")["sample-test"]
    assert isinstance(item, KnowledgeTestItem)
    given = item.score(right("b", range(1, 6)))
    assert (given.points, given.max_points, given.right, given.answered, given.reasons) == (0, 0, None, True, ())
    tally = item.areas(right("b", range(1, 6)))["sample"]
    assert (tally.right, tally.answered, tally.of) == (5, 5, 20)
    assert item.areas(item.model_value())["sample"].right == 20
    wrong = {"form": "a", "answers": {"ta-01": "a", "ta-02": "c"}}
    assert item.areas(wrong)["sample"].right == 1


@pytest.mark.parametrize(
    "value",
    [
        None,
        "a",
        {"form": "a"},
        {"form": "a", "answers": {}},
        {"form": "c", "answers": {"tc-01": "a"}},
        {"form": "a", "answers": {"tb-01": "a"}},
        {"form": "a", "answers": {"ta-01": "e"}},
        {"form": "a", "answers": {"ta-01": ["a"]}},
        {"form": ["a"], "answers": []},
    ],
)
def test_what_is_no_answer_counts_as_none(tmp_path: Path, value: object) -> None:
    item: Any = load_items(sample_with_test(tmp_path / "modules") / "items.yaml")["sample-test"]
    assert not item.score(value).answered
    assert item.areas(value) == {}


def test_half_get_form_a_first_in_every_block_of_four_and_nobody_is_moved() -> None:
    learners = [f"learner{number}" for number in range(40)]
    drawn = [forms.assign(learner) for learner in learners]
    blocks = ["".join(drawn[start : start + 4]) for start in range(0, 40, 4)]
    assert all(Counter(block) == {"a": 2, "b": 2} for block in blocks)
    assert len(set(blocks)) > 1  # all ten alike: once in six to the ninth
    assert [forms.assign(learner) for learner in reversed(learners)] == drawn[::-1]


def test_the_ledger_has_one_line_for_each_learner_and_no_name() -> None:
    for learner in ("anna", "bo@example.org", "anna"):
        forms.assign(learner)
    text = (paths.forms() / "ledger.txt").read_text("utf-8")
    assert len(text.splitlines()) == 2
    assert "anna" not in text
    assert "bo@" not in text


def test_a_torn_last_line_costs_nobody_a_place() -> None:
    first = forms.assign("anna")
    ledger = paths.forms() / "ledger.txt"
    ledger.write_text(ledger.read_text("utf-8") + "0123", "utf-8")
    second = forms.assign("bo")
    assert (forms.assign("anna"), forms.assign("bo")) == (first, second)


def test_where_the_ledger_cannot_be_written_the_id_decides() -> None:
    paths.forms().parent.mkdir(parents=True)
    paths.forms().write_text("a file in the folder's place")
    drawn = [forms.assign(f"learner{number}") for number in range(100)]
    assert drawn == [forms.assign(f"learner{number}") for number in range(100)]
    assert 25 < drawn.count("a") < 75


def test_the_form_after_the_course_is_the_one_not_taken_before() -> None:
    first = forms.pick("anna", "before")
    assert forms.pick("anna", "after") == {"a": "b", "b": "a"}[first]
    assert (forms.pick("anna", "after", {"a"}), forms.pick("anna", "after", {"b", "c"})) == ("b", "a")
    assert forms.pick("anna", "later") == "c"
