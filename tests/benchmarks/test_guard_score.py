"""Does the scorer of the guard's benchmark count right, on both sets? The sets themselves are in test_guard_set.py."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.guard import guards
from benchmarks.guard.guards import Found, Guard
from benchmarks.guard.marked import KINDS, SETS, Text, compile_text, load
from benchmarks.guard.matching import judge, wilson
from benchmarks.guard.score import faults, main, measure, summary, table

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=SETS)
def texts(request: pytest.FixtureRequest) -> list[Text]:
    return load(SETS[request.param])


def perfect(texts: list[Text]) -> Guard:
    spans = {text.text: [Found(s.kind, s.start, s.end) for s in text.spans if not s.maybe] for text in texts}
    return lambda text: spans[text]


def nothing(_: str) -> list[Found]:
    return []


def one(marked: str) -> Text:
    return compile_text({"id": "one", "department": "test", "text": marked})


def counts(marked: str, *found: tuple[str, str]) -> dict[str, tuple[int, int, int]]:
    """Return spans, hits and false findings by kind for a guard that finds these (kind, text)."""
    text = one(marked)
    findings = [Found(kind, text.text.index(what), text.text.index(what) + len(what)) for kind, what in found]
    report = measure(lambda _: findings, [text])
    return {kind: (t.spans, t.hit, t.wrong) for kind, t in report.score.kinds.items() if t.spans or t.wrong}


def test_a_perfect_guard_gets_everything(texts: list[Text]) -> None:
    report = measure(perfect(texts), texts)
    for kind in KINDS:
        shares = report.score.kinds[kind].as_dict()
        assert (shares["recall"], shares["precision"], shares["f1"]) == (1.0, 1.0, 1.0), kind
    assert report.score.verdicts.as_dict()["accuracy"] == 1.0
    assert not list(faults(report))


def test_an_empty_guard_gets_nothing(texts: list[Text]) -> None:
    report = measure(nothing, texts)
    assert {tally.as_dict()["recall"] for tally in report.score.kinds.values()} == {0.0}
    assert report.score.total().as_dict()["precision"] is None
    assert report.score.verdicts.with_data_seen == 0 < report.score.verdicts.clean_seen


def test_misses_and_false_findings_are_counted_in_their_kind() -> None:
    marked = "Ring til {{NAME:Karen Holm}} eller {{NAME:Bo}} på {{EMAIL:k@example.dk}}"
    assert counts(marked, ("NAME", "Karen Holm"), ("PHONE", "k@example.dk"), ("NAME", "Ring")) == {
        "NAME": (2, 1, 1),
        "PHONE": (0, 0, 1),
        "EMAIL": (1, 0, 0),
    }


@pytest.mark.parametrize(
    ("found", "hit", "wrong"),
    [
        ([("NAME", "Karen Marie Holm")], 1, 0),
        ([("NAME", "Karen"), ("NAME", "Marie Holm")], 1, 0),  # in pieces: once
        ([("NAME", "Karen"), ("NAME", "Holm")], 1, 0),  # 9 of 16 characters
        ([("NAME", "Karen")], 0, 1),  # less than half
        ([("NAME", "sagsbehandler Karen Marie Holm i dag")], 1, 0),  # takes a little along
        ([("NAME", "Jeg vil gerne have dig til at spørge sagsbehandler Karen Marie Holm i dag")], 0, 1),
        ([("ADDRESS", "Karen Marie Holm")], 0, 1),  # another kind
    ],
)
def test_a_finding_counts_when_it_covers_at_least_half(found: list[tuple[str, str]], hit: int, wrong: int) -> None:
    marked = "Jeg vil gerne have dig til at spørge sagsbehandler {{NAME:Karen Marie Holm}} i dag"
    result = counts(marked, *found)
    assert (result["NAME"][1], sum(kind[2] for kind in result.values())) == (hit, wrong)


def test_another_kind_over_a_span_hides_it_all_the_same() -> None:
    text = one("Hun hedder {{NAME:Karen Holm}}")
    judged = judge(text.spans, [Found("ADDRESS", 11, 21)])
    assert judged.hidden == judged.missed == text.spans


def test_a_health_fact_counts_at_any_overlap_but_not_for_a_whole_text() -> None:
    marked = "{{NAME:Bo}} har {{HEALTH:haft en svær depression}}. " + "Skriv et brev. " * 20
    assert counts(marked, ("HEALTH", "depression"))["HEALTH"] == (1, 1, 0)
    assert counts(marked, ("HEALTH", one(marked).text))["HEALTH"] == (1, 0, 1)


def test_what_counts_neither_way_is_left_out() -> None:
    marked = "Læs {{?NAME:Holberg}} i dag"
    assert counts(marked) == counts(marked, ("NAME", "Holberg")) == {}
    verdicts = measure(nothing, [one(marked)]).score.verdicts
    assert (verdicts.with_data, verdicts.clean) == (0, 0)


def test_wilson_interval_is_the_textbook_one() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)  # Newcombe 1998, table I, method 3
    assert wilson(0, 0) is None


def test_the_table_the_summary_and_the_faults_say_what_was_counted() -> None:
    small = measure(nothing, [one("Ring til {{NAME:Karen Holm}} i dag"), one("Ring i dag")])
    lines = table(small).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert [line.split()[1] for line in lines[2:]] == [*KINDS, "all"]
    assert "0 of 1 with something to find, 1 of 1 with nothing to find" in summary(small)
    assert list(faults(small)) == ["one: missed NAME: Ring til [Karen Holm] i dag"]


@pytest.mark.parametrize("name", SETS)
def test_the_command_prints_a_table_and_writes_numbers_only(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    command = [sys.executable, "benchmarks/guard/score.py", "--set", name, "--guard", "regex"]
    command += ["--json", str(out), "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "| CPR " in done.stdout
    data = json.loads(out.read_text("utf-8"))
    assert (data["guard"], data["seed"], data["texts"]) == ("regex", 3, len(load(SETS[name])))
    assert 0 < data["kinds"]["CPR"]["recall"] < 1
    assert "text" not in {key for fault in data["texts_with_faults"].values() for key in fault}


def test_a_guard_that_is_not_installed_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guards, "find_spec", lambda _: None)
    assert main(["--guard", "presidio"]) == 2
    assert "pip install presidio-analyzer" in capsys.readouterr().err


def test_a_set_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "texts.yaml"
    path.write_text("not: a list", "utf-8")
    assert main(["--texts", str(path), "--guard", "regex"]) == 2
    assert "texts.yaml" in capsys.readouterr().err


def test_our_guard_is_measured_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("ours: ")
