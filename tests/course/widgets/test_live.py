"""What is written before the visitor comes is written again when the visitor comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.widgets.live import LiveWidget

Talk = Callable[[Any, dict[str, Any]], list[dict[str, Any]]]


def test_hello_writes_anew(talk: Talk) -> None:
    texts = iter(["early", "late"])
    shown = LiveWidget(lambda: next(texts), "da")
    assert shown.html == "early"
    assert talk(shown, {"type": "other"}) == []
    assert talk(shown, {"type": "hello"}) == [{"html": "late"}]
