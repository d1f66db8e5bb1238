"""Is a prompt counted on hidden cases that nobody sees, and does the good prompt beat the poor one on them?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.errors import ContentError
from course.locale import LANGUAGES
from course.module import load_modules
from sandbox.guard import check
from sandbox.labs import demo_start
from sandbox.labs.base import LabWidget, Start, own_texts
from sandbox.labs.prompt_cases import PromptCasesLab
from sandbox.labs.prompt_cases_data import COUNT, DATA, OPEN, STEPS, TASKS, HiddenCases, load_hidden_cases
from sandbox.labs.prompt_rules import score
from sandbox.models.catalogue import load_catalogue

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
LOADED = [load_hidden_cases(name) for name in TASKS]
by_task = pytest.mark.parametrize("hidden", LOADED, ids=lambda hidden: hidden.task.id)
by_language = pytest.mark.parametrize("language", LANGUAGES)


def lab(name: str, language: str) -> PromptCasesLab:
    return PromptCasesLab(Start(language, settings={"task": name}))


def counted(talk: MakeTalk, hidden: HiddenCases, step: str, language: str) -> list[dict[str, Any]]:
    started = talk(lambda: lab(hidden.task.id, language))
    told: list[dict[str, Any]] = started.all("ask", what="hidden", prompt=hidden.written(step, language))
    return told


@pytest.mark.slow
@by_language
@by_task
@pytest.mark.usefixtures("at_service")
def test_on_the_hidden_cases_the_good_prompt_beats_the_poor_one(
    talk: MakeTalk, hidden: HiddenCases, language: str
) -> None:
    poor, good = (counted(talk, hidden, step, language)[-1]["right"] for step in ("poor", "good"))
    assert good >= 7
    assert good >= poor + 4


@pytest.mark.usefixtures("at_service")
def test_cases_are_counted_one_by_one_and_only_numbers_and_kinds_are_told(talk: MakeTalk) -> None:
    hidden = LOADED[0]
    told = counted(talk, hidden, "good", "da")
    assert [one["done"] for one in told] == list(range(COUNT + 1))
    last = told[-1]
    assert last["right"] + sum(miss["times"] for miss in last["misses"]) == COUNT
    assert {key for one in told for key in one} == {"type", "task", "done", "right", "misses", "end"}
    assert {key for miss in last["misses"] for key in miss} == {"why", "times"}


@pytest.mark.usefixtures("at_service")
def test_an_open_try_shows_what_the_model_wrote(talk: MakeTalk) -> None:
    hidden = LOADED[0]
    told = talk(lambda: lab("deadline", "da")).all("ask", what="open", prompt=hidden.written("good", "da"))
    assert [len(one["answers"]) for one in told] == [1, 2, 3, OPEN]
    assert any(one["right"] and hidden.open[place].answer["da"] in one["text"] for place, one in
               enumerate(told[-1]["answers"]))  # fmt: skip


@by_language
@by_task
def test_the_browser_gets_nothing_of_the_hidden_cases(hidden: HiddenCases, language: str) -> None:
    state = json.dumps(lab(hidden.task.id, language).get_state(), ensure_ascii=False, default=str)
    assert all(case.text[language] in state for case in hidden.open)
    assert not any(case.text[one] in state for case in hidden.cases for one in LANGUAGES)


@by_language
def test_the_guard_reads_the_prompt_before_the_model(talk: MakeTalk, nowhere: None, language: str) -> None:
    held = talk(lambda: lab("route", language)).last("ask", what="hidden", prompt="Borger 130531-4567: {sag}")
    assert (held["type"], held["verdict"]) == ("guard", "block")


@pytest.mark.usefixtures("nowhere")
def test_without_a_model_there_is_a_sentence_and_no_count(talk: MakeTalk) -> None:
    told = talk(lambda: lab("route", "da")).last("ask", what="hidden", prompt="{sag}")
    assert (told["type"], told["kind"]) == ("trouble", "down")


@by_language
@by_task
def test_no_case_or_prompt_is_masked_and_every_case_can_be_right(hidden: HiddenCases, language: str) -> None:
    assert len(hidden.cases) == COUNT
    for case in hidden.cases:
        assert score(hidden.task.rule, case, case.answer[language], language).right
        for step in STEPS:
            text = hidden.task.composed(hidden.written(step, language), [], case, language)
            assert check(text).verdict == "allow", text


@by_language
@by_task
def test_every_miss_has_words(hidden: HiddenCases, language: str) -> None:
    texts, kind = own_texts("prompt_cases", language), hidden.task.rule.kind
    answers = [other.answer[language] for other in hidden.cases] + ["", "Vej Skole Roads School 1 2", "99"]
    marks = {score(hidden.task.rule, case, answer, language).why for case in hidden.cases for answer in answers}
    marks |= {score(hidden.task.rule, case, f"{case.answer[language]} 2024", language).why for case in hidden.cases}
    assert len(marks) == 4
    assert {f"prompt_cases.miss.{kind}.{why}" for why in marks - {"right"}} <= set(texts)


@by_language
@by_task
def test_the_hints_lead_to_the_good_prompt(hidden: HiddenCases, language: str) -> None:
    good = hidden.written("good", language)
    assert hidden.examples(language) in good
    assert hidden.examples(language) in hidden.written("better", language)
    assert good.endswith(hidden.hints[-1][language].split(":\n", 1)[1])


@by_task
def test_the_cases_are_counted_on_the_default_model(hidden: HiddenCases) -> None:
    """Measure again (README.md of the data) when this fails."""
    assert hidden.model == load_catalogue().default


@by_language
def test_the_demos_begin_with_the_measured_poor_prompt(language: str) -> None:
    demos = [demo for module in load_modules().values() for demo in module.demos.values()]
    own = [demo for demo in demos if demo["lab"] == "prompt_cases"]
    assert own
    for demo in own:
        start = demo_start(demo, language)
        assert start.texts["prompt"] == load_hidden_cases(demo["settings"]["task"]).written("poor", language)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Vejskiltet på hjørnet er væltet.", "Lygtepælen ved stien lyser ikke.", "cases.*is not hidden.*Lygtepælen"),
        ("Vejskiltet på hjørnet er væltet.", "Kan eleverne få frugt i frikvarteret?", "cases.*stands twice"),
        ('answer: {da: "Vej", en: "Roads"}', 'answer: {da: "Park", en: "Roads"}', "cases.*not possible: 'Park'"),
        ("task: route", "task: deadline", "task.*must be 'route'"),
        ("Besked: {sag}\\nAfdeling:", "Afdeling:", "good.*no place for the case in 'da'"),
        ("model: gemma3-270m", "model: gemma3-270m\npoints: 10", "points"),
    ],
)
def test_a_data_file_that_is_wrong_names_file_and_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (DATA / "route.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "route.yaml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=f"(?s)route.yaml.*{said}"):
        load_hidden_cases("route", tmp_path)


def test_an_unknown_task_is_named() -> None:
    with pytest.raises(ContentError, match="no task 'poem'"):
        lab("poem", "da")
