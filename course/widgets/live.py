"""A piece of page that is written again each time a browser connects or an answer is saved.

A kernel may have run a cell long before its visitor came, so what the cell wrote may be old. It does not know
what it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from course.locale import translator
from course.widgets.base import SHARED, css, esm


class LiveWidget(anywidget.AnyWidget):
    """Shows the HTML that `write` returns; `write` escapes what it puts in."""

    _esm = traitlets.Unicode(esm(*SHARED, "live")).tag(sync=True)
    _css = traitlets.Unicode(css()).tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self, write: Callable[[], str], language: str) -> None:
        self._write = write
        super().__init__(html=write(), labels=translator("course", "widgets", language).all())
        self.on_msg(self._receive)

    def _receive(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("type") == "hello":
            self.send({"html": self._write()})
