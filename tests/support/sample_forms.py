"""Three small-worded forms of a test, and a copy of the sample module that shows one, as an author would write them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from course.locale import LANGUAGES

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
KEYS = "abcd"
SECRET = "Kun for forfatteren"
EXERCISE = ":::{exercise} sample-p1\n:::\n"


def write_forms(folder: Path) -> Path:
    """Write a.yaml, b.yaml and c.yaml; question n of each has the key `KEYS[n % 4]`, and n = 1 ... 20."""
    folder.mkdir(parents=True, exist_ok=True)
    for form in "abc":
        data = {"schema": 1, "form": form, "items": [_question(form, number) for number in range(1, 21)]}
        (folder / f"{form}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


def key(number: int) -> str:
    """Return the key of question `number`."""
    return KEYS[number % 4]


def right(form: str, numbers: range = range(1, 21)) -> dict[str, Any]:
    """Return an answer with these questions answered rightly."""
    return {"form": form, "answers": {f"t{form}-{number:02}": key(number) for number in numbers}}


def sample_with_test(modules: Path, when: str = "before", name: str = "sample") -> Path:
    """Copy the sample module into `modules` under a name, with a test `<name>-test` first in it, and the forms."""
    write_forms(modules / "forms")
    folder = Path(shutil.copytree(SAMPLE, modules / name))
    for file in folder.iterdir():
        file.write_text(file.read_text("utf-8").replace("sample-", f"{name}-"), "utf-8")
    for file in (folder / "module.yaml", folder / "items.yaml"):
        file.write_text(file.read_text("utf-8").replace(": sample\n", f": {name}\n", 1), "utf-8")
    item = (
        f"  - {{id: {name}-test, kind: test, use: test, points: 0, goal: tokens, when: {when}, "
        "stem: {da: Tag prøven., en: Take the test.}}\n"
    )
    items = folder / "items.yaml"
    items.write_text(items.read_text("utf-8").replace("items:\n", f"items:\n{item}", 1), "utf-8")
    for language in LANGUAGES:
        lesson = folder / f"lesson.{language}.md"
        first = EXERCISE.replace("sample-", f"{name}-")
        both = first.replace("-p1", "-test") + "\n" + first
        lesson.write_text(lesson.read_text("utf-8").replace(first, both, 1), "utf-8")
    return folder


def _question(form: str, number: int) -> dict[str, Any]:
    options = [
        {"id": option, "text": _text(f"Svar {option}{number}"), "why": _text(f"{SECRET} {form}{number}{option}")}
        for option in KEYS
    ]
    return {
        "id": f"t{form}-{number:02}",
        "kind": "single",
        "area": "sample",
        "goal": "tokens",
        "difficulty": "easy" if number < 8 else "hard",
        "scenario": number <= 16,
        "stem": _text(f"En sag.\n\nSpørgsmål {form}{number}?"),
        "options": options,
        "key": key(number),
    }


def _text(words: str) -> dict[str, str]:
    return {"da": words, "en": words}
