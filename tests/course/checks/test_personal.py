"""Is what could be somebody's told of, and what cannot be anybody's left alone? The real guard reads the texts."""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks import personal


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("CPR", "Hendes nummer er 070761-4285."),
        ("PHONE", "Ring til mig på 39 57 12 34."),
        ("EMAIL", "Skriv til birgitte.holm@gladsaxe-skole.dk i dag."),
        ("NAME", "Sagen handler om Birgitte Holmgaard fra nabohuset."),
        ("ADDRESS", "Hun bor på Søborg Hovedgade 14, 2860 Søborg."),
    ],
)
def test_what_could_be_somebodys_is_told_of(tmp_path: Path, kind: str, text: str) -> None:
    [fault] = personal.faults(planted.content(planted.module(tmp_path, text)))
    assert fault.where == "planted/lesson.da.md, line 4"
    assert fault.what.startswith(kind)


def test_it_is_found_in_items_and_in_wrong_answers_too(tmp_path: Path) -> None:
    item = planted.single(["Ja.", "Ring på 39 57 12 34."], 0)
    found = list(personal.faults(planted.content(planted.module(tmp_path, items=[item]))))
    assert {fault.where for fault in found} == {"planted/items.yaml, p1, options, o1, text"}


@pytest.mark.parametrize(
    ("kind", "words", "may"),
    [
        ("CPR", "ddmmåå-xxxx", True),
        ("CPR", "070730-4285", True),  # born in 2030
        ("CPR", "070730-1285", False),  # born in 1930
        ("CPR", "070726-4285", False),
        ("CPR", "070737-4285", False),
        ("PHONE", "+45 67 12 34 56", True),
        ("PHONE", "94123456", True),
        ("PHONE", "45 12 34 56", False),
        ("EMAIL", "nadja@example.org", True),
        ("EMAIL", "nadja@kommune.example", True),
        ("EMAIL", "nadja@example.org.dk", False),
        ("NAME", "Nadja", True),
        ("NAME", "Now Erik", True),
        ("NAME", "Nadja Sørensen", False),
        ("NAME", "Erik Sørensen", False),
        ("ADDRESS", "Hovedgaden 1", False),
        ("HEALTH", "Erik har en depression", True),
        ("BANK", "1234 1234567890", False),
    ],
)
def test_what_may_stand(kind: str, words: str, may: bool) -> None:
    assert personal.may_stand(kind, words) is may


def test_what_was_invented_may_stand_also_in_the_genitive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "invented", lambda: {"NAME": ("Moffatt Jensen",)})
    assert personal.may_stand("NAME", "Moffatt Jensens")
    assert not personal.may_stand("NAME", "Moffatt Hansen")
