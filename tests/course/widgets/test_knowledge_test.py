"""The test on the page: the form is given when it is begun and stays; questions are sent without keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sample_forms import SECRET, right, sample_with_test

from course import answers, forms
from course.module import load_module
from course.widgets.base import Place
from course.widgets.kinds import answered, words_html
from course.widgets.test import KnowledgeTestWidget

Talk = Callable[[Any, dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture
def item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    module = load_module(sample_with_test(tmp_path / "modules", "before"))
    return next(item for item in module.learner_copy()["items"] if item["kind"] == "test")


@pytest.fixture
def here(tmp_path: Path) -> Place:
    (tmp_path / "site" / "sample").mkdir(parents=True)
    return Place("anna", "sample", "da", tmp_path / "site" / "sample")


def begin(item: dict[str, Any], place: Place, talk: Talk, form: str | None = None) -> dict[str, Any]:
    (message,) = talk(KnowledgeTestWidget(item, place, "Prøve"), {"type": "begin", "form": form})
    return message


def test_what_the_page_gets_first_holds_no_question(item: dict[str, Any], here: Place) -> None:
    widget = KnowledgeTestWidget(item, here, "Prøve")
    assert (widget.item["of"], widget.item["tag"], widget.item["label"]) == (20, "Uden point", "Prøve")
    assert "Spørgsmål a1" not in json.dumps(widget.item, ensure_ascii=False)


def test_beginning_gives_the_form_that_is_the_learners_and_no_key(
    item: dict[str, Any], here: Place, talk: Talk
) -> None:
    message = begin(item, here, talk)
    assert message["form"] == forms.assign("anna")
    assert [len(message["questions"]), message["answers"]] == [20, {}]
    assert {*message["questions"][0]} == {"id", "context_html", "question_html", "options"}
    assert SECRET not in json.dumps(message, ensure_ascii=False)


def test_a_begun_form_is_taken_up_with_its_answers_whatever_the_ledger_says(
    item: dict[str, Any], here: Place, talk: Talk
) -> None:
    other = {"a": "b", "b": "a"}[forms.assign("anna")]
    answers.save(here.folder, "sample", "da", "sample-test", right(other, range(1, 4)))
    message = begin(item, here, talk)
    assert (message["form"], message["answers"]) == (other, right(other, range(1, 4))["answers"])
    assert begin(item, here, talk, forms.assign("anna"))["form"] == forms.assign("anna")
    assert begin(item, here, talk, "c")["form"] == other


def test_after_the_course_it_is_the_form_not_begun_in_another_module(
    item: dict[str, Any], here: Place, talk: Talk
) -> None:
    first = {"a": "b", "b": "a"}[forms.assign("anna")]  # not what the ledger says
    (here.folder.parent / "start").mkdir()
    answers.save(here.folder.parent / "start", "start", "da", "sta-test", right(first))
    (here.folder.parent / "odd").mkdir()
    (here.folder.parent / "odd" / "answers.json").write_text("[]")
    assert begin(item | {"when": "after"}, here, talk)["form"] == {"a": "b", "b": "a"}[first]


def test_an_answer_is_saved_as_it_grows_and_counts_when_whole(item: dict[str, Any], here: Place, talk: Talk) -> None:
    widget = KnowledgeTestWidget(item, here, "Prøve")
    for value in ({"form": "a", "answers": {}}, right("a", range(1, 9)), right("a")):
        (reply,) = talk(widget, {"type": "answer", "stamp": "s", "value": value, "confidence": None})
        assert reply == {"type": "saved", "stamp": "s"}
        assert answered(item, value) == (len(value["answers"]) == 20)
    assert words_html(item, right("a", range(1, 9)), "da") == "<p>8 af 20 besvaret</p>"
    wrong: list[Any] = [right("c"), {"form": "a", "answers": {"ta-01": "x"}}, {"form": "a"}, {"form": ["a"]}, "a"]
    for unfit in wrong:
        (reply,) = talk(widget, {"type": "answer", "stamp": "s", "value": unfit, "confidence": None})
        assert reply["type"] == "refused"
