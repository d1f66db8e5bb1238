"""Ask the documents, as its script sees it: passages and two answers, no source, the guard, the drill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.labs.base import Start
from sandbox.labs.documents import DocumentsLab
from sandbox.labs.documents_data import VERDICTS, load_cases

CPR = "150130-4321"  # a birth date in 2030: nobody has it
Make = Callable[[Callable[[], DocumentsLab]], Any]


@pytest.fixture
def lab(talk: Make) -> Any:
    """The lab on a Danish page."""
    return talk(lambda: DocumentsLab(Start("da")))


def ask(lab: Any, question: str, own: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = lab.all("ask", what="ask", question=question, own=own, model="gemma3-270m")
    return found


def test_a_question_gets_passages_and_two_answers(lab: Any, at_service: Any) -> None:
    told = ask(lab, "Hvor længe gælder AI-kørekortet?")
    found, last = told[0], told[-1]
    assert found["type"] == "found"
    assert found["enough"]
    best = found["passages"][0]
    assert best["key"] == "ai-retningslinjer#kursus"
    assert "".join(part["text"] for part in best["parts"]) == best["text"]
    assert any(part.get("hit") for part in best["parts"])
    assert last["type"] == "answered"
    assert last["sourced"]
    assert last["bare"]
    assert last["check"]["sentence"] in best["text"]


def test_without_a_source_no_answer_from_sources_is_asked_for(lab: Any, at_service: Any) -> None:
    told = ask(lab, "Hvem er borgmester?")
    assert told[0]["enough"] is False
    assert not [one for one in told if one["type"] == "with"]
    assert told[-1]["sourced"] == ""
    assert told[-1]["bare"]


@pytest.mark.parametrize("field", ["question", "own"])
def test_the_guard_reads_the_question_and_the_pasted_text(lab: Any, field: str) -> None:
    texts = {"question": "Hvad gælder her?", "own": "", field: f"Sagen om {CPR}"}
    last = ask(lab, **texts)[-1]
    assert (last["type"], last["field"]) == ("guard", field)


def test_a_browser_gets_no_key_before_it_has_judged(lab: Any) -> None:
    assert all(set(case) == {"id", "passage", "question", "answer"} for case in lab.lab.config["settings"]["cases"])


@pytest.mark.parametrize("case", [one.id for one in load_cases()])
def test_a_case_is_judged_with_a_reason(lab: Any, case: str) -> None:
    results = [lab.last("ask", what="judge", case=case, verdict=verdict) for verdict in VERDICTS]
    assert [one["right"] for one in results].count(True) == 1
    assert all(one["reason"] and one["mark"] for one in results)


def test_about_half_of_the_cases_are_not_supported() -> None:
    verdicts = [case.verdict for case in load_cases()]
    assert len(verdicts) >= 8
    assert all(verdicts.count(verdict) >= 3 for verdict in VERDICTS)


def test_a_page_loads_the_search_only_when_it_is_used() -> None:
    code = "import sys; from sandbox.labs.documents import DocumentsLab; from sandbox.labs.base import Start;"
    code += "DocumentsLab(Start('da')); sys.exit(bool({'numpy', 'bm25s'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
