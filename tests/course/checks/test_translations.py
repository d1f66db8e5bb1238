"""Is a Danish text that changed after the English was checked told of, and nothing else?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course import guide
from course.checks import translations
from course.guide import Guide


def test_a_module_nobody_has_checked_is_told_of(tmp_path: Path) -> None:
    [fault] = translations.faults(planted.content(planted.module(tmp_path)))
    assert "--translated planted" in fault.what


def test_recorded_texts_are_in_order_until_the_danish_changes(tmp_path: Path) -> None:
    item = planted.single(["Ja.", "Nej."], 0)
    translations.record(planted.content(planted.module(tmp_path, items=[item])))
    assert not list(translations.faults(planted.content(planted.module(tmp_path, items=[item]))))
    item["options"][1]["why"]["da"] = "En anden grund."
    changed = planted.module(tmp_path, "Ny tekst.", items=[item])
    texts = [fault.what for fault in translations.faults(planted.content(changed))]
    assert [text.split(";")[0] for text in texts] == [
        "the Danish text of 'piece first' changed",
        "the Danish text of 'item p1' changed",
    ]
    assert translations.record(planted.content(changed)) == ["planted: piece first", "planted: item p1"]
    assert not list(translations.faults(planted.content(changed)))


def test_a_new_english_text_a_key_and_a_line_break_change_nothing(tmp_path: Path) -> None:
    item = planted.single(["Ja.", "Nej."], 0)
    translations.record(planted.content(planted.module(tmp_path, "En lang tekst.", items=[item])))
    item |= {"key": "o1", "stem": {"da": "Hvad gør du?", "en": "What would you do?"}}
    same = planted.module(tmp_path, "En lang\ntekst.", "Another text.", [item])
    assert not list(translations.faults(planted.content(same)))


def test_a_new_text_and_one_that_is_gone_are_told_of(tmp_path: Path) -> None:
    translations.record(planted.content(planted.module(tmp_path, items=[planted.single(["Ja.", "Nej."], 0, "p1")])))
    other = planted.module(tmp_path, items=[planted.single(["Ja.", "Nej."], 0, "p2")])
    texts = [fault.what for fault in translations.faults(planted.content(other))]
    assert "the Danish text of 'item p2' is new" in texts[0]
    assert "'item p1', which is not there any more" in texts[1]


def test_guides_are_recorded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "GUIDES", tmp_path)
    before = planted.content(guides=(Guide("rollout/notice", {"da": "Før", "en": "Before"}),))
    after = planted.content(guides=(Guide("rollout/notice", {"da": "Efter", "en": "Before"}),))
    translations.record(before)
    assert not list(translations.faults(before))
    assert ["'rollout/notice' changed" in fault.what for fault in translations.faults(after)] == [True]
