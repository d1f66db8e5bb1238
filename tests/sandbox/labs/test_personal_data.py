"""Does the lab on personal data hold learner and real guard against the key, and keep the key to itself till then?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from course.locale import LANGUAGES
from sandbox.guard import check
from sandbox.labs.base import LabWidget, Start
from sandbox.labs.marked_texts import load_marked_texts
from sandbox.labs.personal_data import PersonalDataLab

MakeTalk = Callable[[Callable[[], LabWidget]], Any]
pytestmark = pytest.mark.usefixtures("nowhere")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gets_the_texts_without_the_key(talk: MakeTalk, language: str) -> None:
    lab = talk(lambda: PersonalDataLab(Start(language))).lab
    samples = lab.config["settings"]["samples"]
    assert [sample["id"] for sample in samples] == list(load_marked_texts(language))
    assert all(set(sample) == {"id", "title", "level", "text"} for sample in samples)
    assert "{" not in "".join(sample["text"] for sample in samples)


def test_it_is_ready_without_a_model(talk: MakeTalk) -> None:
    assert talk(lambda: PersonalDataLab(Start("da"))).last("hello")["type"] == "ready"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_key_itself_gets_full_marks_in_every_text(talk: MakeTalk, language: str) -> None:
    lab = talk(lambda: PersonalDataLab(Start(language)))
    for text in load_marked_texts(language).values():
        data = [span for span in text.spans if span.kind != "NONE"]
        marked = sorted({word for span in data for word in range(span.start, span.end)})
        answer = lab.last("ask", text=text.id, marked=marked)
        assert answer["scores"]["you"] == {"found": len(data), "missed": 0, "extra": 0}, text.id
        assert {row["you"] for row in answer["rows"] if row["data"]} <= {"all"}
        assert all(row["why"] and row["kind"] for row in answer["rows"])


def test_the_guards_marks_are_the_real_guards(talk: MakeTalk) -> None:
    text = load_marked_texts("da")["phone-note"]
    answer = talk(lambda: PersonalDataLab(Start("da"))).last("ask", text=text.id, marked=[])
    seen = {row["text"] for row in answer["rows"] if row["guard"] == "all"}
    assert {"120431-4218", "94 11 30 57"} <= seen
    assert answer["scores"]["you"]["found"] == 0
    assert len(check(text.text).findings) >= answer["scores"]["guard"]["found"] > 0
    assert "39 57 50 00" not in seen, "the municipality's own number"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guard_overlooks_what_only_points_to_someone_in_context(talk: MakeTalk, language: str) -> None:
    answer = talk(lambda: PersonalDataLab(Start(language))).last("ask", text="no-names", marked=[])
    assert answer["scores"]["guard"]["missed"] >= 4
    assert answer["overlooked"][0]["count"] >= 3
