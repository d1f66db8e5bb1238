"""What a module's notebook calls: `lesson` opens the module, `exercise` shows an item, `submit` hands in.

Faults are a sentence on the page, never a traceback. It imports neither nbgrader nor a model, and writes no
answers itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from IPython.display import HTML, display

from course import answers, paths
from course.errors import ContentError, CourseError
from course.locale import LANGUAGES, translator
from course.widgets.base import Place, as_it_is, css
from course.widgets.kinds import WIDGETS, labels
from course.widgets.live import LiveWidget
from course.widgets.progress import measure, only, progress_html
from course.widgets.reasons import icon_html
from course.widgets.submit import SubmitWidget

ITEMS = "items.json"


@dataclass(frozen=True)
class OpenLesson:
    """The module that a page shows: the learner's place in it, and what items.json holds."""

    place: Place
    data: Mapping[str, Any]

    @property
    def language(self) -> str:
        """The page's language."""
        return self.place.language

    @cached_property
    def items(self) -> dict[str, Mapping[str, Any]]:
        """The items by id, in the author's order."""
        return {item["id"]: item for item in self.data["items"]}

    @cached_property
    def demos(self) -> dict[str, Mapping[str, Any]]:
        """The authors' demo mappings by id; the labs read them."""
        return {demo["id"]: demo for demo in self.data["demos"]}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Each item's heading by id."""
        return labels(list(self.items.values()), self.language)


_current: OpenLesson | None = None
_language = LANGUAGES[0]


def lesson(
    module: str, language: str, folder: Path | str | None = None, guard: Callable[[str], str] = as_it_is
) -> None:
    """Open a module on this page and show how far the learner is; the folder is found when not given.

    `guard` masks personal data in a text; a free text is saved only when it has nothing to mask.
    """
    global _current, _language
    forget_visitor()
    _current, _language = None, language if language in LANGUAGES else LANGUAGES[0]
    try:
        found = open_lesson(module, language, Path(folder) if folder else None)
        _current = replace(found, place=replace(found.place, guard=guard))
    except CourseError as fault:
        _say(_text("lesson.unusable", detail=fault))
        return
    opened = _current
    show(LiveWidget(lambda: _progress(opened), language))


def current_lesson() -> OpenLesson:
    """Return the module that `lesson` opened on this page; raises CourseError when there is none."""
    if _current is None:
        raise CourseError('No module is open on this page: call lesson("<module>", "<language>") first.')
    return _current


def exercise(item_id: str) -> None:
    """Show an exercise of the open module."""
    if _current is None:
        _say(_text("exercise.no-lesson"))
    elif (item := _current.items.get(item_id)) is None:
        _say(_text("exercise.unknown", item=item_id, module=_current.place.module))
    else:
        show(WIDGETS[item["kind"]](item, _current.place, _current.labels[item_id]))


def submit(piece: str | None = None) -> None:
    """Show the button that hands the open module in, and its feedback.

    It names what is unanswered up to the end of `piece`: those who are not to go on need not hear of more.
    """
    if _current is None:
        _say(_text("exercise.no-lesson"))
        return
    ids = [one["id"] for one in _current.data["pieces"]]
    so_far = only(_current.data, ids[: ids.index(piece) + 1])["items"] if piece in ids else _current.items.values()
    show(SubmitWidget(list(_current.items.values()), _current.place, {item["id"] for item in so_far}))


def open_lesson(module: str, language: str, folder: Path | None = None) -> OpenLesson:
    """Read a module's items.json in a folder: the one given, else this one, else the module's beside it.

    Raises:
        CourseError: no folder has it, it cannot be read, or the learner's id cannot be used.
    """
    if language not in LANGUAGES:
        raise ContentError(f"There is no language {language!r}; choose one of {', '.join(LANGUAGES)}.")
    candidates = [folder] if folder else [Path.cwd(), Path.cwd().parent / module]
    found = [candidate for candidate in candidates if (candidate / ITEMS).is_file()]
    fitting = [candidate for candidate in found if _module_of(candidate / ITEMS) == module] or found
    if not fitting:
        raise ContentError(f"{module}/{ITEMS} is missing.")
    data = read_items_json(fitting[-1], module)
    return OpenLesson(Place(paths.learner_id(), module, language, fitting[-1].resolve()), data)


def read_items_json(folder: Path, module: str) -> dict[str, Any]:
    """Return what a module's items.json holds; raises ContentError for one that cannot be used."""
    where = f"{module}/{ITEMS}"
    try:
        data = json.loads((folder / ITEMS).read_bytes())
    except FileNotFoundError:
        raise ContentError(f"{where} is missing.") from None
    except (OSError, ValueError) as fault:
        raise ContentError(f"{where} cannot be read: {fault}.") from fault
    if not isinstance(data, dict) or data.get("schema") != 1:
        raise ContentError(f"{where} is not of schema 1.")
    if data.get("module") != module:
        raise ContentError(f"{where} belongs to the module {data.get('module')!r}.")
    for field in ("pieces", "demos", "items"):
        if not isinstance(data.get(field), list) or not all(isinstance(entry, dict) for entry in data[field]):
            raise ContentError(f"{where}: {field!r} must be a list.")
    for item in data["items"]:
        if item.get("kind") not in WIDGETS:
            raise ContentError(f"{where}, item {item.get('id')!r}: there is no kind {item.get('kind')!r}.")
    return data


def show(thing: object) -> None:
    """Put something under the cell that runs."""
    display(thing)  # type: ignore[no-untyped-call]


def show_html(markup: str) -> None:
    """Put HTML with the widgets' look under the cell that runs."""
    show(HTML(f'<style>{css()}</style><div class="kx">{markup}</div>'))  # type: ignore[no-untyped-call]


def forget_visitor() -> None:
    """Forget the address that the last visitor came by: it may hold the token."""
    os.environ.pop("VOILA_REQUEST_URL", None)


def alert_html(text: str) -> str:
    """Return a sentence that asks for attention."""
    icon = icon_html("warning", "alert-icon")
    return f'<div class="alert alert-warning" role="alert">{icon}<p class="alert-text">{escape(text)}</p></div>'


def _module_of(file: Path) -> object:
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return data.get("module") if isinstance(data, dict) else None


def _progress(opened: OpenLesson) -> str:
    try:
        known = answers.read(opened.place.folder, opened.place.module)
    except (CourseError, OSError):
        known = answers.Answers(opened.place.module)
    return progress_html(measure(opened.data, known), opened.language)


def _text(key: str, **values: object) -> str:
    return translator("course", "page", _language)(key, **values)


def _say(text: str) -> None:
    show_html(alert_html(text))
