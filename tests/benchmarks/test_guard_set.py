"""Is the guard's benchmark set sound - big, varied, without anybody's data - and does its scorer count right?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from stdnum import ean, iban
from stdnum.dk import cpr, cvr

from benchmarks.guard import guards, made, score
from benchmarks.guard.guards import Found, Guard
from benchmarks.guard.made import CPR_FORMS, Maker, cpr_parts
from benchmarks.guard.marked import KINDS, MARK, SET, Text, compile_text, load
from benchmarks.guard.matching import judge, wilson
from benchmarks.guard.score import faults, main, measure, summary, table

ROOT = Path(__file__).parents[2]
RAW = SET.read_text("utf-8")
LEAST_TEXTS = 320
LEAST_CLEAN = 0.45
MOST_MAYBE = 0.05
LEAST_SPANS = {
    "CPR": 60, "NAME": 120, "PHONE": 60, "EMAIL": 50, "ADDRESS": 60, "BANK": 35,
    "CASE": 25, "PLATE": 20, "HEALTH": 40, "SECRET": 25, "INJECTION": 25,
}  # fmt: skip
NUMBERS = ("CPR", "PHONE", "BANK", "PLATE")  # never written out in the set
PERSONAL = {"NAME", "CPR", "ADDRESS", "PHONE", "EMAIL", "CASE", "PLATE"}
TEN_DIGITS = re.compile(r"(?<!\d)(\d\d)[ .\-/]?(\d\d)[ .\-/]?(\d\d)\s*[.\-/\u2010-\u2015\u2212]?\s*\d{4}(?!\d)")
SWITCHBOARD = {"39575000"}
EIGHT_DIGITS = re.compile(r"(?<![\w.-])[2-9]\d{7}(?!\d)|(?<![\w.-])[2-9]\d(?: \d\d){3}(?![\d ])")
INVENTED = re.compile(r"@(?:example\.[a-z]{2,3}|[\w-]*eksempel[\w-]*\.dk)$|\(at\)eksempelpost\.dk$")


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return load()


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


# the set


def test_the_set_is_big_enough_and_ids_are_unique(texts: list[Text]) -> None:
    assert len(texts) >= LEAST_TEXTS
    assert not [name for name, count in Counter(text.id for text in texts).items() if count > 1]
    assert len({text.text for text in texts}) == len(texts)


def test_texts_are_of_the_promised_length_and_from_many_departments(texts: list[Text]) -> None:
    assert not [text.id for text in texts if not 20 <= len(text.text) <= 900]
    assert len({text.department for text in texts}) >= 12


def test_half_the_texts_have_nothing_to_find(texts: list[Text]) -> None:
    assert sum(not text.spans for text in texts) >= LEAST_CLEAN * len(texts)


def test_every_kind_has_enough_spans(texts: list[Text]) -> None:
    have = Counter(span.kind for text in texts for span in text.spans if not span.maybe)
    assert not {kind: have[kind] for kind in KINDS if have[kind] < LEAST_SPANS[kind]}
    assert ", ".join(f"{kind} {have[kind]}" for kind in KINDS) in (SET.parents[1] / "README.md").read_text("utf-8")


def test_few_spans_count_neither_way(texts: list[Text]) -> None:
    spans = [span for text in texts for span in text.spans]
    assert sum(span.maybe for span in spans) <= MOST_MAYBE * len(spans)


def test_spans_have_no_space_at_their_ends_and_do_not_overlap(texts: list[Text]) -> None:
    for text in texts:
        for span in text.spans:
            assert text.text[span.start : span.end].strip() == text.text[span.start : span.end] != "", text.id
        assert all(a.end <= b.start for a, b in zip(text.spans, text.spans[1:], strict=False)), text.id


def test_a_health_fact_stands_only_where_a_person_is_pointed_out(texts: list[Text]) -> None:
    kinds = {text.id: {span.kind for span in text.spans if not span.maybe} for text in texts}
    assert not [name for name, found in kinds.items() if "HEALTH" in found and not found & PERSONAL]


def test_a_name_that_is_marked_once_is_marked_everywhere_in_its_text(texts: list[Text]) -> None:
    for text in texts:
        inside = {place for span in text.spans for place in range(span.start, span.end)}
        names = (text.text[span.start : span.end] for span in text.spans if span.kind == "NAME")
        for word in {word for name in names for word in re.findall(r"\w{3,}", name)}:
            again = [match.start() for match in re.finditer(rf"\b{word}s?\b", text.text)]
            assert set(again) <= inside, f"{text.id}: {word}"


# nobody's data


def test_no_cpr_number_stands_in_the_files() -> None:
    for path in SET.parents[1].rglob("*"):
        if path.suffix in {".yaml", ".py", ".md"}:
            for match in TEN_DIGITS.finditer(path.read_text("utf-8")):
                assert not made.looks_like_cpr("".join(match.groups()) + "0000"), f"{path.name}: {match[0]}"


def test_numbers_of_people_are_ordered_never_written() -> None:
    assert not [m[0] for m in MARK.finditer(RAW) if m["kind"] in NUMBERS and not m["what"].startswith("@")]


def test_no_telephone_number_but_the_switchboard_stands_in_the_set() -> None:
    assert {re.sub(r"\s", "", match[0]) for match in EIGHT_DIGITS.finditer(RAW)} <= SWITCHBOARD


def test_every_mail_address_is_at_a_made_up_domain() -> None:
    addresses = [match["what"] for match in MARK.finditer(RAW) if match["kind"] == "EMAIL"]
    assert not [address for address in addresses if not INVENTED.search(address)]


@pytest.mark.parametrize("flag", ["", "ok", "bad", "repl"])
def test_cpr_numbers_are_of_people_not_born_yet(flag: str) -> None:
    for number in range(200):
        parts = cpr_parts(Random(number), flag)
        day = int(parts["d"]) - (60 if flag == "repl" else 0)
        digits = f"{day:02d}{parts['m']}{parts['y']}{parts['s']}"
        assert date(2027, 1, 1) <= cpr.get_birth_date(digits) <= date(2036, 12, 31)
        assert digits[6] in "456789"
        if flag in ("ok", "bad"):
            assert (cpr.checksum(digits) == 0) == (flag == "ok")


def test_made_numbers_have_right_check_digits() -> None:
    for number in range(100):
        maker = Maker(number, "test")
        assert iban.is_valid(maker.make("BANK", "@1 iban"))
        assert iban.is_valid(maker.make("BANK", "@1 iban-de"))
        assert ean.is_valid(maker.make("", "@1 ean"))
        assert cvr.is_valid(maker.make("", "@1 cvr"))
        account = maker.make("BANK", "@1 dash")[5:]
        assert cpr.checksum(account) == 0
        assert not made.looks_like_cpr(account)


def test_the_same_number_is_written_in_every_form_that_is_asked_for() -> None:
    maker = Maker(1, "test")
    written = {form: maker.make("CPR", f"@1 {form} bad") for form in CPR_FORMS}
    assert len(set(written.values())) == len(CPR_FORMS)
    plain = {re.sub(r"\D", "", number) for form, number in written.items() if not form.startswith("year")}
    assert plain == {written["bare"]}


def test_numbers_depend_on_the_seed_and_on_nothing_else() -> None:
    assert [text.text for text in load()] == [text.text for text in load()]
    assert [text.text for text in load()] != [text.text for text in load(seed=2)]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"id": "x", "department": "d", "text": "{{CPR:@1 nosuch}}"}, "nosuch"),
        ({"id": "x", "department": "d", "text": "{{CRP:@1 dash}}"}, "CRP"),
        ({"id": "x", "department": "d", "text": "{{NAME:Bo} kom"}, "not closed"),
        ({"id": "x", "text": "hej"}, "department"),
    ],
)
def test_a_wrong_entry_is_named(entry: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=f"Text x: .*{said}"):
        compile_text(entry)


# the scorer


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


def test_the_command_prints_a_table_and_writes_numbers_only(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    command = [sys.executable, "benchmarks/guard/score.py", "--guard", "regex", "--json", str(out), "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "| CPR " in done.stdout
    data = json.loads(out.read_text("utf-8"))
    assert (data["guard"], data["seed"], data["texts"]) == ("regex", 3, len(load()))
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
    assert score.main([]) == 0
    assert capsys.readouterr().out.startswith("ours: ")
