"""What a lab tells besides prompts reaches the service that counts and keeps, and nothing else does."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox import events
from sandbox.events import Events
from sandbox.labs.base import Start
from sandbox.labs.chat import ChatLab
from sandbox.models import load_catalogue

MODEL = "gemma3-270m"


@pytest.fixture
def chat(talk: Any, at_service: Any) -> Any:
    return talk(lambda: ChatLab(Start("da")))


def counted(var: Path, kind: str, seconds: float = 30) -> int:
    """How often the service has counted a kind; it writes every few seconds."""
    end = time.monotonic() + seconds
    while True:
        rows = Events(load_catalogue().models, var / "events.db").rows()
        count = sum(row.count for row in rows if row.kind == kind)
        if count or time.monotonic() > end:
            return count
        time.sleep(0.5)


def test_a_report_is_read_shown_and_stored(chat: Any, at_service: Any) -> None:
    text = "Modellen skrev til kirsten@example.org uden grund."
    shown = chat.last("tell", what="read", text=text)
    assert (shown["type"], shown["clean"], shown["masked"]) == (
        "reading",
        False,
        "Modellen skrev til [E-MAIL] uden grund.",
    )
    refused = chat.last("tell", what="report", kind="error", model=MODEL, text=text)
    assert (refused["type"], refused["kind"]) == ("trouble", "blocked")
    assert chat.last("tell", what="read", text=shown["masked"])["clean"]
    stored = chat.last("tell", what="report", kind="error", model=MODEL, text=shown["masked"])
    assert stored["type"] == "stored"
    assert stored["days"] > 0
    rows = sqlite3.connect(at_service.var / "reports.db").execute(
        "SELECT text, lab FROM reports WHERE receipt = ?", (stored["receipt"],)
    )
    assert rows.fetchall() == [(shown["masked"], "chat")]


def test_opening_and_rating_are_counted_without_a_text(chat: Any, at_service: Any) -> None:
    assert chat.last("hello")["type"] == "ready"
    assert chat.last("tell", what="rated_down", model=MODEL)["type"] == "noted"
    assert counted(at_service.var, "rated_down") >= 1
    assert counted(at_service.var, "opened") >= 1


def test_a_lab_in_a_lesson_is_counted_as_one(talk: Any, at_service: Any) -> None:
    lab = talk(lambda: ChatLab(Start("da", {"title": "Prøv"})))
    assert lab.lab._teller.lab == events.IN_LESSON


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("events", {"kind": "typed", "lab": "chat"}, "invalid_value"),
        ("events", {"kind": "opened", "lab": "chat", "text": "x"}, "invalid_value"),
        ("events", {"kind": 7}, "invalid_value"),
        ("reports", {"kind": "odd", "lab": "chat", "language": "da", "text": "x"}, "invalid_report"),
        ("reports", {"kind": "bias", "lab": "chat", "language": "da", "text": ""}, "invalid_report"),
    ],
)
def test_what_is_no_event_or_report_is_refused(at_service: Any, path: str, body: dict[str, Any], code: str) -> None:
    root, key = at_service.base_url.removesuffix("/v1"), (at_service.var / "run" / "model.token").read_text().strip()
    reply = httpx.post(f"{root}/{path}", json=body, headers={"Authorization": f"Bearer {key}"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, code)
    assert httpx.post(f"{root}/{path}", json=body).status_code == 401


def test_a_service_that_is_away_costs_an_event_nothing(talk: Callable[..., Any], nowhere: None) -> None:
    lab = talk(lambda: ChatLab(Start("da")))
    assert lab.last("tell", what="rated_up", model=MODEL)["type"] == "noted"
