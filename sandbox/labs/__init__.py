"""The labs: what a notebook calls to let a learner try things on the local model.

    demo("next-word-ansoegning")     a demo of the open lesson, as its author set it up
    page("chat", "da")               a lab on a page of its own

Faults are a sentence on the page, never a traceback. It imports no model, and starts nothing: a page is built long
before anyone sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import paths
from course.errors import CourseError
from course.locale import LANGUAGES, translator
from course.page import alert_html, current_lesson, forget_visitor, read_items_json, show, show_html
from sandbox.labs.ask_ten import AskTenLab
from sandbox.labs.base import LabWidget, Start, own_texts
from sandbox.labs.bias import BiasLab
from sandbox.labs.chat import ChatLab
from sandbox.labs.documents import DocumentsLab
from sandbox.labs.fabricate import FabricateLab
from sandbox.labs.next_word import NextWordLab
from sandbox.labs.personal_data import PersonalDataLab
from sandbox.labs.prompt_cases import PromptCasesLab
from sandbox.labs.prompt_lab import PromptLab
from sandbox.labs.tokens import TokensLab
from sandbox.labs.trick import TrickLab

__all__ = ["LABS", "demo", "page"]

LABS: dict[str, type[LabWidget]] = {
    lab.lab: lab
    for lab in (
        ChatLab,
        NextWordLab,
        TokensLab,
        AskTenLab,
        FabricateLab,
        PromptLab,
        PromptCasesLab,
        BiasLab,
        PersonalDataLab,
        DocumentsLab,
        TrickLab,
    )
}


def demo(demo_id: str) -> None:
    """Show a demo of the open lesson: the lab it names, with its prompt, settings, notice and limits."""
    try:
        lesson = current_lesson()
    except CourseError:
        _say("lab.demo.no-lesson", LANGUAGES[0])
        return
    found = lesson.demos.get(demo_id)
    if found is None:
        _say("lab.demo.unknown", lesson.language, name=demo_id)
    elif found.get("lab") not in LABS:
        _say("lab.unknown", lesson.language, name=found.get("lab"))
    else:
        show(LABS[found["lab"]](demo_start(found, lesson.language)))


def page(lab: str, language: str, module: str | None = None) -> None:
    """Show a lab that has a page of its own, with a link back to the module, or `module#piece`, it belongs to."""
    forget_visitor()
    if lab not in LABS:
        _say("lab.unknown", language, name=lab)
        return
    prefix = f"{lab}.page."
    texts = own_texts(lab, language)
    own = {key.removeprefix(prefix): text for key, text in texts.items() if key.startswith(prefix)}
    show(LABS[lab](Start(language, own | _module_link(module, language))))


def demo_start(found: Mapping[str, Any], language: str) -> Start:
    """Return what a lab begins with, from an author's mapping: texts in one language, and the other settings."""
    settings = dict(found.get("settings") or {})
    texts = {name: found[name][language] for name in ("title", "notice", "limits") if name in found}
    texts["prompt"] = found["prompt"][language]
    texts |= {f"prompt.{code}": found["prompt"][code] for code in LANGUAGES}
    prose = {name: value[language] for name, value in settings.items() if isinstance(value, Mapping)}
    return Start(language, texts | prose, {name: value for name, value in settings.items() if name not in prose})


def _module_link(place: str | None, language: str) -> dict[str, str]:
    """Return where a lab's page leads back to; nothing where the course is not served, or lacks the module."""
    if place is None or paths.labs_only():
        return {}
    module, hash_sign, piece = place.partition("#")
    try:
        title = read_items_json(paths.site() / module, module)["title"][language]
    except CourseError:
        return {}
    folder = f"{module}/" if language == LANGUAGES[0] else ""
    return {"module": title, "module.href": f"../{folder}{module}.ipynb{hash_sign}{piece}"}


def _say(key: str, language: str, **values: object) -> None:
    show_html(alert_html(translator("sandbox", "labs", language)(key, **values)))
