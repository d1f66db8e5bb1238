"""Is each trap caught where it is said, and left alone where the right fact is told?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks import traps
from course.locale import LANGUAGES

TRAPS = traps.load_traps()


def test_there_is_one_for_each_way_in_which_older_sources_are_wrong() -> None:
    assert len(TRAPS) == 10


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.id for trap in TRAPS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wrong_sentence_is_caught_and_the_right_one_is_not(trap: traps.Trap, language: str) -> None:
    assert [other.id for other in TRAPS if other.caught(trap.examples[language], language)] == [trap.id]
    assert not [other.id for other in TRAPS if other.caught(trap.right[language], language)]
    assert trap.why


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Indtil 26. juli 2026 skulle kommunen sikre et tilstrækkeligt niveau af AI-færdigheder."),
        ("da", "Kommunen skal ikke garantere et bestemt niveau hos den enkelte."),
        ("da", "Reglerne om højrisiko gælder ikke endnu."),
        ("da", "Datatilsynet indstillede Gladsaxe til en bøde, og om kommunen fik en bøde, er ikke bekræftet."),
        ("da", "Asta er ikke et værktøj fra STAR."),
        ("en", "Gladsaxe was proposed for a fine, and it is not confirmed that it had to pay."),
        ("en", "OWASP's list of 2025 was succeeded by that of 2026."),
    ],
)
def test_what_is_told_as_the_past_or_denied_is_not_caught(language: str, sentence: str) -> None:
    assert not [trap.id for trap in TRAPS if trap.caught(sentence, language)]


def test_they_are_looked_for_in_lessons_and_items_but_not_in_wrong_answers(tmp_path: Path) -> None:
    wrong = "Reglerne om højrisiko gælder allerede i dag."
    item = planted.single(["Noget andet.", wrong], 0)
    assert not list(traps.faults(planted.content(planted.module(tmp_path, items=[item]))))
    item["key"] = "o1"
    where = [
        fault.where for fault in traps.faults(planted.content(planted.module(tmp_path, f"Ja.\n{wrong}", items=[item])))
    ]
    assert where == ["planted/lesson.da.md, line 4", "planted/items.yaml, p1, options, o1, text"]
