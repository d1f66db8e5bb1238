"""The sample module's items as a learner has them, a place for answers, and a browser's part in the conversation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.items import load_items
from course.widgets.base import Place

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "items.yaml"
Talk = Callable[[Any, dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture
def items() -> dict[str, Any]:
    return {item.id: item.learner_copy() for item in load_items(SAMPLE).values()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place("anna", "sample", "da", tmp_path)


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Send a message as the script does; return what the kernel sends back."""

    def _talk(widget: Any, message: dict[str, Any]) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []
        monkeypatch.setattr(type(widget), "send", lambda _self, content: sent.append(content))
        widget._handle_custom_msg(message, [])
        return sent

    return _talk
