"""Saving and checking as the kernel's side does it: truth is the file, a refusal is a sentence, a key never leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from course import answers
from course.errors import AnswerFileError
from course.widgets.base import FOLDER, Place, changed_texts, css, esm, with_masks
from course.widgets.kinds import WIDGETS

Talk = Callable[[Any, dict[str, Any]], list[dict[str, Any]]]
Items = dict[str, Any]


def widget(items: Items, place: Place, item_id: str) -> Any:
    return WIDGETS[items[item_id]["kind"]](items[item_id], place, "Opgave 1")


def test_an_answer_is_on_the_disk_before_it_is_called_saved(items: Items, place: Place, talk: Talk) -> None:
    message = {"type": "answer", "value": "b", "confidence": 0.75, "stamp": "s1"}
    assert talk(widget(items, place, "sample-g1"), message) == [{"type": "saved", "stamp": "s1"}]
    kept = answers.read(place.folder, "sample")
    assert (kept.value("sample-g1"), kept.confidence("sample-g1")) == ("b", 0.75)


def test_hello_reads_the_file_again(items: Items, place: Place, talk: Talk) -> None:
    shown = widget(items, place, "sample-g1")
    assert talk(shown, {"type": "hello"}) == [{"type": "state", "value": None, "confidence": None}]
    answers.save(place.folder, "sample", "en", "sample-g1", "c", 0.5)
    assert talk(shown, {"type": "hello"}) == [{"type": "state", "value": "c", "confidence": 0.5}]


@pytest.mark.parametrize(
    ("value", "confidence"), [("z", None), (7, None), (["b"], None), ("b", 0.8), ("b", "0.75"), ({"a": 1}, None)]
)
def test_an_answer_of_the_wrong_shape_is_refused_and_not_written(
    items: Items, place: Place, talk: Talk, value: Any, confidence: Any
) -> None:
    message = {"type": "answer", "value": value, "confidence": confidence, "stamp": "s1"}
    reply = talk(widget(items, place, "sample-g1"), message)
    assert [one["type"] for one in reply] == ["refused"]
    assert not (place.folder / "answers.json").exists()


def test_a_disk_that_refuses_is_said_in_a_sentence(
    items: Items, place: Place, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise AnswerFileError("answers.json could not be written: No space left on device.")

    monkeypatch.setattr(answers, "save", full)
    message = {"type": "answer", "value": "b", "confidence": None, "stamp": "s1"}
    (reply,) = talk(widget(items, place, "sample-g1"), message)
    assert (reply["type"], reply["stamp"]) == ("refused", "s1")
    assert "browseren" in reply["text"]
    assert "No space left" in reply["text"]


def test_a_broken_answer_file_is_told_and_kept_aside_by_the_next_answer(items: Items, place: Place, talk: Talk) -> None:
    (place.folder / "answers.json").write_text("{broken")
    shown = widget(items, place, "sample-g1")
    trouble, state = talk(shown, {"type": "hello"})
    assert trouble["type"] == "trouble"
    assert "ikke slettet" in trouble["text"]
    assert state == {"type": "state", "value": None, "confidence": None}
    assert talk(shown, {"type": "answer", "value": "a", "confidence": None, "stamp": "s"})[0]["type"] == "saved"
    (kept,) = place.folder.glob("answers.json.bad-*")
    assert kept.read_text() == "{broken"


def test_practice_is_checked_with_the_reason_and_every_explanation(items: Items, place: Place, talk: Talk) -> None:
    shown = widget(items, place, "sample-p1")
    (wrong,) = talk(shown, {"type": "check", "value": "a"})
    assert wrong["right"] is False
    for text in ("Ikke rigtigt endnu", "Fordi p1a", "Se alle forklaringer", "Fordi p1b", "Fordi p1d"):
        assert text in wrong["html"]
    (right,) = talk(shown, {"type": "check", "value": "b"})
    assert right["right"] is True
    assert talk(shown, {"type": "check", "value": {"no": "answer"}})[0]["right"] is False


def test_a_graded_item_is_never_checked_on_the_page(items: Items, place: Place, talk: Talk) -> None:
    for item_id in items:
        if items[item_id]["use"] != "practice":
            assert talk(widget(items, place, item_id), {"type": "check", "value": "b"}) == []


def test_what_a_widget_sends_to_the_browser_holds_no_key_and_no_reason(items: Items, place: Place) -> None:
    for item_id in items:
        sent = json.dumps(widget(items, place, item_id).get_state(), ensure_ascii=False)
        assert "Fordi" not in sent
        assert "Rigtigt g4" not in sent
        assert '"key"' not in sent


def test_texts_are_in_the_pages_language(items: Items, place: Place) -> None:
    danish = widget(items, place, "sample-g1")
    english = widget(items, replace(place, language="en"), "sample-g1")
    assert (danish.item["options"][0]["html"], english.item["options"][0]["html"]) == ("Svar a", "Answer a")
    assert danish.labels["save.saved"] == "Gemt"
    assert english.labels["save.saved"] == "Saved"


def test_authors_html_is_shown_as_text(items: Items, place: Place) -> None:
    item = items["sample-g1"]
    item["stem"]["da"] = "<script>alert(1)</script>\n\n**Hvad** <b>nu</b>?"
    item["options"][0]["text"]["da"] = '<img src=x onerror="alert(1)">'
    sent = widget(items, place, "sample-g1").item
    assert sent["question_html"] == "<strong>Hvad</strong> &lt;b&gt;nu&lt;/b&gt;?"
    assert "<script" not in json.dumps(sent)
    assert "<img" not in json.dumps(sent)


def test_an_unknown_message_is_ignored(items: Items, place: Place, talk: Talk) -> None:
    assert talk(widget(items, place, "sample-g1"), {"type": "erase"}) == []
    assert talk(widget(items, place, "sample-g1"), {}) == []


def test_a_script_is_its_parts_in_order() -> None:
    text = esm("dom", "hub", "single")
    assert text.index("function h(") < text.index("class Hub") < text.index("export default")
    assert "--kk-focus" in css()


def test_every_text_that_a_script_asks_for_is_in_the_catalogue(items: Items, place: Place) -> None:
    known = widget(items, place, "sample-g1").labels
    asked = set()
    for script in FOLDER.glob("*.js"):
        text = script.read_text("utf-8")
        asked |= set(re.findall(r'(?:labels\[|text\()\s*"([a-z.-]+)"', text))
        asked |= {key for pair in re.findall(r'\? "([a-z.-]+)" : "([a-z.-]+)"', text) for key in pair if "." in key}
    assert len(asked) > 25
    assert asked <= set(known)
    assert {f"hint.{kind}" for kind in WIDGETS} <= set(known)
    assert {f"confidence.{level}" for level in (0.25, 0.5, 0.75, 0.95)} <= set(known)


def test_a_free_text_is_held_until_it_has_no_personal_data(items: Items, place: Place, talk: Talk) -> None:
    guarded = replace(place, guard=lambda text: text.replace("Bo", "[NAVN]"))
    shown = widget(items, guarded, "sample-r1")
    value = {"text": "Ring til Bo", "self": [], "shown": True}
    (held,) = talk(shown, {"type": "answer", "stamp": "s1", "value": value})
    assert (held["type"], held["texts"], held["value"]["shown"]) == ("held", ["Ring til [NAVN]"], True)
    assert answers.read(place.folder, "sample").value("sample-r1") is None
    assert talk(shown, {"type": "answer", "stamp": "s2", "value": held["value"]}) == [{"type": "saved", "stamp": "s2"}]
    assert answers.read(place.folder, "sample").value("sample-r1") == held["value"]


def test_masks_are_found_in_every_field_of_an_answer() -> None:
    value = {"goal": "Bo får hjælp", "place": "own", "steps": [["Bo", "venter"], ["ingen", ""]]}
    masked = with_masks(value, lambda text: text.replace("Bo", "[NAVN]"))
    assert masked == {"goal": "[NAVN] får hjælp", "place": "own", "steps": [["[NAVN]", "venter"], ["ingen", ""]]}
    assert changed_texts(value, masked) == ["[NAVN] får hjælp", "[NAVN]"]
