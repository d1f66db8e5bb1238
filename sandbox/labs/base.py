"""What all labs share: script, look and texts, the guard before every prompt, and plain sentences for faults.

A prompt is kept in memory while it is answered, and nowhere else. It does not know what any one lab shows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from course.locale import translator
from course.widgets import base as course_widgets
from sandbox.answer import Delta
from sandbox.client import ModelClient
from sandbox.errors import ModelServiceError
from sandbox.labs.models import model_views
from sandbox.labs.reading import read
from sandbox.labs.tasks import Task, Tasks
from sandbox.labs.telling import Teller

WEB = Path(__file__).parent / "web"
FRAME = ("lab", "parts", "report")
TELL_SECONDS = 0.06

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Start:
    """What a lab begins with: texts by name (prompt, notice, ...) in the page's language, and settings."""

    language: str
    texts: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@lru_cache
def esm(*names: str) -> str:
    """Return a lab's ES module: the course's helpers, the labs' own, and the lab's scripts, in order."""
    shared = course_widgets.esm(*course_widgets.SHARED)
    return "\n".join([shared, *((WEB / f"{name}.js").read_text("utf-8") for name in (*FRAME, *names))])


@lru_cache
def css(*names: str) -> str:
    """Return the widgets' shared stylesheet followed by the labs' own, and a lab's, in order."""
    return course_widgets.css() + "".join((WEB / f"{name}.css").read_text("utf-8") for name in ("labs", *names))


def own_texts(lab: str, language: str) -> dict[str, str]:
    """Return a lab's own texts by key; each lab has a catalogue, `labs/<lab>.po`."""
    return translator("sandbox", f"labs/{lab}", language).all()


class LabWidget(anywidget.AnyWidget):
    """One lab on a page. A lab's class says its name, its script, and how it answers what the script asks."""

    lab: ClassVar[str]

    _css = traitlets.Unicode(css()).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    config = traitlets.Dict().tag(sync=True)

    def __init__(self, start: Start) -> None:
        self.language = start.language
        self.settings = dict(start.settings)
        self._asked, self._looks, self._tells = Tasks(self.send), Tasks(self.send), Tasks(self.send)
        self._teller = Teller(self.lab, start.language, in_lesson="title" in start.texts)
        self._client: ModelClient | None = None
        super().__init__(
            labels=self._labels(),
            config={"language": start.language, "texts": dict(start.texts), "settings": self.settings},
        )
        self.on_msg(self._receive)

    @property
    def client(self) -> ModelClient:
        """The way to the model service, made on first use: a page is built long before it is seen."""
        if self._client is None:
            self._client = ModelClient()
        return self._client

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer what the lab's script asked for; runs in the background, and may raise ModelServiceError."""
        raise NotImplementedError

    def guarded(self, task: Task, text: str, **more: object) -> str | None:
        """Return what the model may read of `text`; None when the guard holds it back, and the browser was told."""
        result, reading = read(text, self.language)
        if result.verdict == "block":
            task.end("guard", **reading, **more)
            return None
        if result.findings:
            task.say("masked", **reading, **more)
        return result.masked

    def tell(self, task: Task, deltas: Iterator[Delta]) -> None:
        """Tell the browser the whole text so far, again and again, until the answer ends or the task is stopped.

        Leaving the stream closes it, and with it the model's work.
        """
        text, told, reason = "", 0.0, "stop"
        for delta in deltas:
            if task.stopped:
                return
            text += delta.text
            reason = delta.finish or reason
            if time.monotonic() - told >= TELL_SECONDS:
                told = time.monotonic()
                task.say("text", text=text)
        task.end("text", text=text, reason=reason)

    def _labels(self) -> dict[str, str]:
        widgets = translator("course", "widgets", self.language).all()
        frame = {key: text for key, text in widgets.items() if key.startswith("banner.")}
        return frame | translator("sandbox", "labs", self.language).all() | own_texts(self.lab, self.language)

    def _receive(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        kind, task_id = content.get("type"), str(content.get("task"))
        if kind == "stop":
            self._asked.stop()
        elif kind == "hello":
            self._looks.start(task_id, lambda task: self._safely(task, self._hello))
        elif kind == "health":
            self._looks.start(task_id, lambda task: task.end("health", ok=self._is_up()))
        elif kind == "tell":
            self._tells.start(task_id, lambda task: self._safely(task, lambda own: self._tell(own, content)))
        elif kind == "ask":
            self._asked.start(task_id, lambda task: self._safely(task, lambda own: self.work(own, content)))

    def _hello(self, task: Task) -> None:
        task.end("ready", models=model_views(self.client.models(), self.language))
        self._teller.opened(self.client)

    def _tell(self, task: Task, content: Mapping[str, Any]) -> None:
        self._teller.work(self.client, task, content)

    def _is_up(self) -> bool:
        try:
            return bool(self.client.health()["status"] == "ok")
        except ModelServiceError:
            return False

    def _safely(self, task: Task, work: Callable[[Task], None]) -> None:
        """Do the work; a fault becomes a sentence. What went wrong is logged without the prompt."""
        try:
            work(task)
        except ModelServiceError as fault:
            task.end("trouble", kind=fault.kind, text=self._sentence(fault))
        except Exception as fault:
            log.error("The lab %s failed with %s.", self.lab, type(fault).__name__)
            task.end("trouble", kind="other", text=self._text("lab.trouble.other"))

    def _sentence(self, fault: ModelServiceError) -> str:
        limit, length = fault.details.get("limit"), fault.details.get("length")
        if fault.kind == "too_long" and limit and length:
            return self._text("lab.trouble.too_long.numbers", limit=limit, length=length)
        return self._text(f"lab.trouble.{fault.kind}")

    def _text(self, key: str, **values: object) -> str:
        return translator("sandbox", "labs", self.language)(key, **values)
