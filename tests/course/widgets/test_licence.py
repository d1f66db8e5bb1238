"""How it stands with the AI-kørekort: what it says and does not say, what is missing with links, and when it ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from course.widgets.licence import earned_html, licence_html

LABELS = {"fin-g1": "Opgave 1", "fin-g2": "Opgave 2"}
TOMORROW = (date.today() + timedelta(days=1)).isoformat()
MET: dict[str, Any] = {"met": True, "missing": [], "date": "2026-11-23", "expires": TOMORROW}


def missing(module: str, reason: str, *items: str) -> dict[str, Any]:
    return {"module": module, "reason": reason, "items": list(items), "title": {"da": f"Modul {module}", "en": module}}


def test_met_it_says_what_it_says_and_what_not_with_its_days() -> None:
    html = licence_html(MET, "da", LABELS)
    for words in ("Tillykke", "23. november 2026", "gennemført kurset", "kan tage fejl", "loven kræver det ikke"):
        assert words in html
    assert "from 23 November 2026" in licence_html(MET, "en", LABELS)
    assert "23. november 2026" in earned_html(MET, "da")


def test_not_met_it_names_what_is_missing_with_links() -> None:
    lacks = [missing("ethics", "not-handed-in"), missing("final", "safety", "fin-g2"), missing("x", "unanswered", "y")]
    licence = {"met": False, "missing": lacks, "date": None, "expires": None}
    html = licence_html(licence, "da", LABELS)
    assert '<a href="../ethics/ethics.ipynb">Modul ethics</a> er ikke afleveret' in html
    assert '<a href="#item-fin-g2">Opgave 2</a>' in html
    assert "opgaver uden svar" in html
    assert "#item-y" not in html
    assert "så mange gange du vil" in html
    assert 'href="ethics.ipynb"' in licence_html(licence, "en", LABELS)
    assert earned_html(licence, "da") == ""


def test_an_expired_one_is_no_longer_shown_as_met() -> None:
    old = MET | {"expires": date.today().isoformat()}
    assert earned_html(old, "da") == ""
    assert "gjaldt til" in licence_html(old, "da", LABELS)


@pytest.mark.parametrize("licence", [None, 5, [], {"met": True}, {"met": "yes", "expires": TOMORROW}])
def test_a_report_that_cannot_be_read_is_never_met(licence: object) -> None:
    assert "Tillykke" not in licence_html(licence, "da", LABELS)
    assert earned_html(licence, "da") == ""
