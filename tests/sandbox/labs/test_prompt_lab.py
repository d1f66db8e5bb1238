"""Do two prompts get the same cases, does the rule score them, and does the good prompt beat the poor one?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.errors import ContentError
from course.locale import LANGUAGES
from sandbox.guard import check
from sandbox.labs.base import LabWidget, Start
from sandbox.labs.prompt_lab import PromptLab
from sandbox.labs.prompt_rules import WHYS, score
from sandbox.labs.prompt_tasks import DATA, SIDES, TASKS, PromptTask, load_prompt_tasks

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
GEMMA = "gemma3-270m"
LOADED = load_prompt_tasks()


def asked(task: PromptTask, language: str, count: int) -> dict[str, Any]:
    first = [(task.prompts[side].text[language], list(range(task.prompts[side].examples))) for side in SIDES]
    prompts = [{"text": text, "examples": examples} for text, examples in first]
    return {"cases": task.id, "prompts": prompts, "count": count, "model": GEMMA, "kind": "base"}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["deadline", "route"])
@pytest.mark.usefixtures("at_service")
def test_the_good_prompt_beats_the_poor_one(talk: MakeTalk, name: str, language: str) -> None:
    task = LOADED[name]
    answers = talk(lambda: PromptLab(Start(language))).last("ask", **asked(task, language, 5))["answers"]
    right = {side: sum(one["right"] for one in answers if one["side"] == side) for side in SIDES}
    assert right["b"] >= 4
    assert right["b"] >= right["a"] + 2


@pytest.mark.usefixtures("at_service")
def test_answers_come_one_by_one_and_are_the_same_the_next_time(talk: MakeTalk) -> None:
    lab = talk(lambda: PromptLab(Start("da")))
    content = asked(LOADED["deadline"], "da", 2)
    told = lab.all("ask", **content)
    assert [len(one["answers"]) for one in told] == [0, 1, 2, 3, 4]
    assert [(one["now"]["case"], one["now"]["side"]) for one in told[:-1]] == [(0, "a"), (0, "b"), (1, "a"), (1, "b")]
    assert all(one["why"] in WHYS for one in told[-1]["answers"])
    assert lab.last("ask", **content)["answers"] == told[-1]["answers"]


@pytest.mark.usefixtures("at_service")
def test_a_voted_task_has_answers_and_no_marks(talk: MakeTalk) -> None:
    answers = talk(lambda: PromptLab(Start("da"))).last("ask", **asked(LOADED["subject"], "da", 1))["answers"]
    assert [sorted(one) for one in answers] == [["case", "side", "text"]] * 2


@pytest.mark.usefixtures("nowhere")
def test_the_guard_names_the_prompt_it_holds_back(talk: MakeTalk) -> None:
    content = asked(LOADED["route"], "da", 1)
    content["prompts"][1]["text"] = "Borger 130531-4567: {sag}"
    held = talk(lambda: PromptLab(Start("da"))).last("ask", **content)
    assert (held["type"], held["verdict"], held["field"]) == ("guard", "block", "b")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", LOADED.values(), ids=lambda task: task.id)
def test_no_case_example_or_prompt_is_masked(task: PromptTask, language: str) -> None:
    for prompt in task.prompts.values():
        for case in task.cases:
            text = task.composed(prompt.text[language], range(4), case, language)
            assert check(text).verdict == "allow", [text[one.start : one.end] for one in check(text).findings]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "task", [task for task in LOADED.values() if task.rule.kind != "vote"], ids=lambda task: task.id
)
def test_the_rule_takes_every_right_answer_and_no_other_cases(task: PromptTask, language: str) -> None:
    assert len(task.cases) == 10
    for case in task.cases:
        assert score(task.rule, case, f"{case.answer[language]}.", language).right
        wrong = next(one.answer[language] for one in task.cases if one.answer != case.answer)
        assert not score(task.rule, case, wrong, language).right
        assert not score(task.rule, case, "", language).right


@pytest.mark.parametrize(
    ("task", "number", "answer", "why"),
    [
        ("deadline", 0, "den 1. marts", "right"),
        ("deadline", 0, "1. marts 2024", "outside"),
        ("deadline", 0, "11. marts", "other"),
        ("deadline", 0, "Snarest", "none"),
        ("route", 0, "vej", "right"),
        ("route", 0, "Vej og Skole", "several"),
        ("route", 0, "Skole", "other"),
        ("route", 0, "Vejen er lang", "none"),
        ("source", 0, "Klokken 10.", "right"),
        ("source", 0, "Klokken 10 til 18.", "outside"),
        ("source", 0, "Det står der ikke.", "other"),
        ("source", 1, "Det fremgår ikke af teksten.", "right"),
        ("source", 1, "20 kroner", "silent"),
    ],
)
def test_a_mark_says_why(task: str, number: int, answer: str, why: str) -> None:
    mark = score(LOADED[task].rule, LOADED[task].cases[number], answer, "da")
    assert (mark.why, mark.right) == (why, why == "right")


def test_examples_and_case_take_their_places() -> None:
    task = LOADED["route"]
    case = task.cases[0]
    whole = task.composed("Før\n\n{eksempler}\n\nBesked: {sag}\nAfdeling: ", [1], case, "da")
    example = f"Besked: {task.examples[1].text['da']}\nAfdeling: Vej"
    assert whole == f"Før\n\n{example}\n\nBesked: {case.text['da']}\nAfdeling:"
    assert task.composed("Før\n\n{eksempler}\n\n{sag}", [], case, "da") == f"Før\n\n{case.text['da']}"
    assert task.composed("{sag}", [1], case, "da") == f"{example}\n\n{case.text['da']}"


def test_a_task_file_that_is_wrong_names_file_and_field(tmp_path: Path) -> None:
    for name in TASKS:
        (tmp_path / f"{name}.yaml").write_text((DATA / f"{name}.yaml").read_text("utf-8"), "utf-8")
    broken = (DATA / "route.yaml").read_text("utf-8").replace('Besked: {sag}\\nAfdeling:"', 'Afdeling:"')
    (tmp_path / "route.yaml").write_text(broken, "utf-8")
    with pytest.raises(ContentError, match="route.yaml, prompts, b.*no place for the case in 'da'"):
        load_prompt_tasks(tmp_path)
