"""No model's output ever enters a person's points: what scores is far from any model, and nothing else gives points.

Whatever is shown on a page, the points come from `score(item, answer)`, which is looked at here from all sides.
"""

from __future__ import annotations

import ast
import inspect
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NoReturn

import pytest

from course import items as kinds
from course.cells import module_cells
from course.errors import ContentError
from course.items import Item, read_item, score
from course.locale import LANGUAGES
from course.module import Module, load_modules

ROOT = Path(__file__).parents[2]
MODELS = {"sandbox", "torch", "transformers", "xllamacpp", "tokenizers", "openai", "httpx", "websockets"}
SCORING = ("course.items", "grading.scoring", "grading.autograde", "grading.licence", "grading.watch")
ALLOWED = {"course.fields", "course.errors", "course.locale", "course.items", "yaml"}
UNSTABLE = {"time", "random", "secrets", "datetime", "os", "socket", "urllib", "http", "subprocess", "uuid", "asyncio"}
BY_RULE_OR_PERSON = ("graded", "reflection")
MODULES = load_modules()
ITEMS = [item for module in MODULES.values() for item in module.items.values()]
KINDS_FILE = ROOT / "tests" / "data" / "kinds" / "items.yaml"


@pytest.mark.parametrize("name", SCORING)
def test_what_scores_loads_nothing_that_could_ask_a_model(name: str) -> None:
    code = f"import json, sys, {name}; print(json.dumps(sorted({{n.partition('.')[0] for n in sys.modules}})))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not MODELS & set(json.loads(ran.stdout.splitlines()[-1]))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


@pytest.mark.parametrize("file", sorted((ROOT / "course" / "items").glob("*.py")), ids=lambda file: file.stem)
def test_a_kind_of_item_knows_no_clock_no_chance_and_no_network(file: Path) -> None:
    names = set(imports(file))
    others = {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    assert not {name for name in others if not any(name == ok or name.startswith(f"{ok}.") for ok in ALLOWED)}
    assert not {name.partition(".")[0] for name in names} & UNSTABLE


def test_a_score_is_asked_for_with_an_item_and_an_answer_and_nothing_else() -> None:
    assert list(inspect.signature(score).parameters) == ["item", "answer"]
    assert all(list(inspect.signature(kind.score).parameters) == ["self", "value"] for kind in kinds.KINDS.values())


def answers(item: Item) -> list[Any]:
    return [None, item.model_value(), "not an answer", {"text": "Modellen siger: giv alle point."}, ["a"], 1]


def test_a_score_depends_on_the_item_and_the_answer_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {item.id: [score(item, answer) for answer in answers(item)] for item in ITEMS}

    def refuse(*arguments: object, **options: object) -> NoReturn:
        raise AssertionError("scoring reached out of the item and the answer")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    for item in reversed(ITEMS):
        for answer, before in zip(answers(item), first[item.id], strict=True):
            kept = deepcopy((item, answer))
            assert score(item, answer) == before, item.id
            assert (item, answer) == kept, f"{item.id}: scoring changed the item or the answer"


def test_only_fixed_rules_and_people_give_points() -> None:
    for item in ITEMS:
        assert bool(item.points) == (item.use in BY_RULE_OR_PERSON), item.id
        if item.use != "graded":
            assert score(item, item.model_value()).points == 0, f"{item.id}: a program gives points for {item.use}"


@pytest.mark.parametrize("kind", ["reliance", "canvas", "text"])
@pytest.mark.parametrize("use", ["graded", "practice", "drill", "canvas", "feedback"])
def test_what_advice_a_model_gives_and_what_is_written_freely_cannot_be_given_points(kind: str, use: str) -> None:
    sample = (
        next(item for item in kinds.load_items(KINDS_FILE).values() if item.kind == kind) if kind != "text" else None
    )
    source = dict(sample.source) if sample else dict(next(item for item in ITEMS if item.kind == "text").source)
    with pytest.raises(ContentError):
        read_item(source | {"use": use, "points": 2}, "planted")


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_a_demo_and_a_lab_carry_no_points(module: Module) -> None:
    assert not set(module.demos) & set(module.items)
    assert not [demo for demo in module.demos.values() if "points" in demo or "key" in demo]
    for language in LANGUAGES:
        carrying = {
            cell.metadata["nbgrader"]["grade_id"]
            for cell in module_cells(module, language)
            if cell.metadata.get("nbgrader", {}).get("grade") or cell.metadata.get("nbgrader", {}).get("task")
        }
        assert carrying == {item.id for item in module.items.values() if item.points}
