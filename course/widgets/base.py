"""What the widgets of all kinds share: the script, the traits, and the messages that save and check an answer.

An answer's value is checked for its shape only. It does not know pages, nor how a kind looks or is scored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from course import answers
from course.errors import CourseError
from course.items import read_item, score
from course.locale import translator
from course.widgets.markdown import inline_html, split_question
from course.widgets.reasons import verdict_html

LEVELS = (0.25, 0.5, 0.75, 0.95)
FOLDER = Path(__file__).parent
SHARED = ("dom", "hub")
EXERCISE = (*SHARED, "saver", "core")

log = logging.getLogger(__name__)


def as_it_is(text: str) -> str:
    """Return the text: the guard of a page that has none."""
    return text


@dataclass(frozen=True)
class Place:
    """Whose answers to which module, the folder of the answer file, and the page's language.

    `guard` returns a free text with masks over personal data; what it would mask is not saved.
    """

    learner: str
    module: str
    language: str
    folder: Path
    guard: Callable[[str], str] = as_it_is


@lru_cache
def esm(*names: str) -> str:
    """Return an ES module's text, put together from this folder's scripts in order."""
    return "\n".join((FOLDER / f"{name}.js").read_text("utf-8") for name in names)


@lru_cache
def css() -> str:
    """Return the stylesheet that all widgets share."""
    return (FOLDER / "widgets.css").read_text("utf-8")


class ExerciseWidget(anywidget.AnyWidget):
    """One exercise on a page. A kind's class says its script, its fields, and what its answers look like."""

    kind: ClassVar[str]
    free_text: ClassVar[bool] = False

    _css = traitlets.Unicode(css()).tag(sync=True)
    item = traitlets.Dict().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    config = traitlets.Dict().tag(sync=True)

    def __init__(self, item: Mapping[str, Any], place: Place, label: str) -> None:
        self._source = item
        self._place = place
        t = translator("course", "widgets", place.language)
        super().__init__(
            item=self._common_view(label) | self.view(item, place.language),
            labels=t.all(),
            config={
                "learner": place.learner,
                "module": place.module,
                "language": place.language,
                "levels": list(LEVELS),
            },
        )
        self.on_msg(self._receive)

    @classmethod
    def view(cls, item: Mapping[str, Any], language: str) -> dict[str, Any]:
        """Return what the kind's script needs beyond the stem."""
        return {"options": option_views(item, language)}

    @classmethod
    def fits(cls, item: Mapping[str, Any], value: object) -> bool:
        """Return whether a value has the shape of this kind's answers."""
        raise NotImplementedError

    @classmethod
    def answered(cls, item: Mapping[str, Any], value: object) -> bool:
        """Return whether a value counts as an answer."""
        return cls.fits(item, value)

    @classmethod
    def words_html(cls, item: Mapping[str, Any], value: Any, language: str) -> str:
        """Return a value that fits, in words."""
        raise NotImplementedError

    def _common_view(self, label: str) -> dict[str, Any]:
        item, language = self._source, self._place.language
        t = translator("course", "widgets", language)
        context, question = split_question(item["stem"][language])
        points = t("tag.point") if item["points"] == 1 else t("tag.points", n=item["points"])
        return {
            "id": item["id"],
            "kind": item["kind"],
            "use": item["use"],
            "points": item["points"],
            "label": label,
            "tag": points if item["points"] else t(f"tag.{item['use']}"),
            "note": "" if item["use"] == "practice" else t(f"note.{item['use']}"),
            "confidence": bool(item.get("confidence")),
            "context_html": context,
            "question_html": question or t("question"),
        }

    def _receive(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        handler = {"hello": self._hello, "answer": self._answer, "check": self._check}.get(content.get("type", ""))
        if handler is not None:
            handler(content)

    def _hello(self, _content: dict[str, Any]) -> None:
        """Read the file again: this cell may have run long before the browser came."""
        item_id = self._source["id"]
        try:
            known = answers.read(self._place.folder, self._place.module)
        except (CourseError, OSError) as fault:
            log.warning("%s: %s", item_id, fault)
            self.send({"type": "trouble", "text": self._text("trouble.unreadable", detail=fault)})
            known = answers.Answers(self._place.module)
        self.send({"type": "state", "value": known.value(item_id), "confidence": known.confidence(item_id)})

    def _answer(self, content: dict[str, Any]) -> None:
        stamp, value, confidence = content.get("stamp"), content.get("value"), content.get("confidence")
        place, item_id = self._place, self._source["id"]
        if not (value is None or self.fits(self._source, value)) or confidence not in (None, *LEVELS):
            self.send({"type": "refused", "stamp": stamp, "text": self._text("refused.shape")})
            return
        if self.free_text and (texts := changed_texts(value, masked := with_masks(value, place.guard))):
            self.send({"type": "held", "stamp": stamp, "value": masked, "texts": texts, "text": self._text("held")})
            return
        try:
            answers.save(place.folder, place.module, place.language, item_id, value, confidence)
        except (CourseError, OSError) as fault:
            log.warning("%s was not saved: %s", item_id, fault)
            self.send({"type": "refused", "stamp": stamp, "text": self._text("refused.disk", detail=fault)})
        else:
            self.send({"type": "saved", "stamp": stamp})

    def _check(self, content: dict[str, Any]) -> None:
        """Score a practice answer; graded items have no key here, so there is nothing to tell."""
        if self._source["use"] != "practice":
            return
        item, value = read_item(dict(self._source), self._source["id"]), content.get("value")
        html = verdict_html(item, value, self._place.language)
        self.send({"type": "feedback", "right": score(item, value).right, "html": html})

    def _text(self, key: str, **values: object) -> str:
        return translator("course", "widgets", self._place.language)(key, **values)


def option_views(item: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """Return the options as the scripts take them: id and label, in the order shown."""
    return [{"id": option["id"], "html": inline_html(option["text"][language])} for option in item["options"]]


def option_ids(item: Mapping[str, Any]) -> list[str]:
    """Return the ids of an item's options in the order shown."""
    return [option["id"] for option in item["options"]]


def with_masks(value: Any, guard: Callable[[str], str]) -> Any:
    """Return an answer with every text in it as the guard lets it through."""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, Mapping):
        return {name: with_masks(content, guard) for name, content in value.items()}
    return [with_masks(content, guard) for content in value] if isinstance(value, list) else value


def changed_texts(value: Any, masked: Any) -> list[str]:
    """Return the texts of `masked` that differ from those of `value`, which has the same shape."""
    if isinstance(value, str):
        return [masked] if masked != value else []
    if isinstance(value, Mapping):
        return [text for name in value for text in changed_texts(value[name], masked[name])]
    pairs = zip(value, masked, strict=True) if isinstance(value, list) else ()
    return [text for pair in pairs for text in changed_texts(*pair)]
