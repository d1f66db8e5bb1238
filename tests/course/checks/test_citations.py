"""Is a claim about law, years, shares or authorities without a source seen?"""

from __future__ import annotations

from pathlib import Path

import planted
import pytest

from course.checks import citations
from course.checks.fault import Fault
from course.errors import ContentError

PLAIN = "Læs brevet igennem.\n\nSpørg en kollega.\n\nGå en tur."


def found(path: Path, da: str, en: str = "Short text.") -> list[Fault]:
    return list(citations.faults(planted.content(planted.module(path, da, en))))


@pytest.mark.parametrize(
    "claim",
    [
        "Det står i § 24.",
        "Se artikel 4.",
        "Ifølge en rapport er det sådan.",
        "Det siger forvaltningsloven.",
        "Der er ikke lov for det.",
        "Databeskyttelsesforordningen gælder.",
        "Det skete i 2018.",
        "Det er 60 procent.",
        "Det er 12,2 %.",
        "Datatilsynet var uenigt.",
        "Det er en regel fra EU.",
    ],
)
def test_a_danish_claim_needs_a_source(tmp_path: Path, claim: str) -> None:
    [fault] = found(tmp_path, f"{PLAIN}\n\n{claim}\n\n{PLAIN}")
    assert fault.where == "planted/lesson.da.md, line 4"
    assert claim[:-1] in fault.what
    assert not found(tmp_path, f"{PLAIN}\n\n{claim} [[kilde]]\n\n{PLAIN}")


@pytest.mark.parametrize(
    "claim",
    ["See Article 4.", "According to a report it is so.", "It is the law.", "The AI Act applies.", "It was in 2018.",
     "It is 60 per cent.", "The Danish Data Protection Agency disagreed.", "It is a rule of the EU."],
)  # fmt: skip
def test_an_english_claim_needs_a_source(tmp_path: Path, claim: str) -> None:
    assert [fault.where for fault in found(tmp_path, PLAIN, claim)] == ["planted/lesson.en.md, line 4"]


def test_plain_words_need_none(tmp_path: Path) -> None:
    assert not found(tmp_path, "Du har lov til at spørge. Klokken er 14.10. Sæt streg under tallet 60.")
    assert not found(tmp_path, "Hvilken lov bygger det på? Kører det i en EU-sky? Spørg.")


def test_a_source_beside_the_paragraph_serves_it_and_one_further_off_does_not(tmp_path: Path) -> None:
    assert not found(tmp_path, "Det skete i 2018.\n\nSådan gik det. [[kilde]]")
    assert not found(tmp_path, "Sådan gik det. [[kilde]]\n\nDet skete i 2018.")
    assert found(tmp_path, "Det skete i 2018.\n\nSådan gik det.\n\nDerfor. [[kilde]]")
    assert found(tmp_path, "- Det skete i 2018.\n- Sådan gik det.\n- Derfor. [[kilde]]")


def test_a_scene_and_a_question_are_free(tmp_path: Path) -> None:
    assert not found(tmp_path, ":::{scene}\nDet var i 2018.\n:::\n\n:::{think}\nHvad siger loven?\n:::")
    assert found(tmp_path, ":::{note}\nDet var i 2018.\n:::")


def test_an_allowance_has_a_reason_and_is_used(tmp_path: Path) -> None:
    (tmp_path / "planted").mkdir()
    allowed = tmp_path / "planted" / citations.ALLOWED
    allowed.write_text("schema: 1\nuncited:\n  - words: Det skete i 2018\n    reason: an invented year\n", "utf-8")
    assert not found(tmp_path, "Det skete i 2018.")
    assert "needs no allowance" in found(tmp_path, "Det skete.")[0].what
    allowed.write_text("schema: 1\nuncited:\n  - words: Det skete i 2018\n", "utf-8")
    with pytest.raises(ContentError, match="reason"):
        found(tmp_path, "Det skete i 2018.")
