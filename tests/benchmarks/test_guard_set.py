"""Are the two sets sound - big, varied, without anybody's data? What counts them is tested in test_guard_score.py."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from stdnum import ean, iban
from stdnum.dk import cpr, cvr

from benchmarks.guard import made
from benchmarks.guard.made import CPR_FORMS, Maker, cpr_parts
from benchmarks.guard.marked import KINDS, MARK, SETS, Text, compile_text, load

ROOT = Path(__file__).parents[2]
README = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
LEAST_TEXTS = 320
LEAST_CLEAN = 0.45
MOST_MAYBE = 0.05
RUN = 7  # words in a row that a text of one set does not share with the other
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


@pytest.fixture(scope="module", params=SETS)
def path(request: pytest.FixtureRequest) -> Path:
    return SETS[request.param]


@pytest.fixture(scope="module")
def texts(path: Path) -> list[Text]:
    return load(path)


@pytest.fixture(scope="module")
def raw(path: Path) -> str:
    return path.read_text("utf-8")


def runs(text: Text) -> set[str]:
    """Return a text's runs of seven words, in lower case."""
    words = re.findall(r"\w+", text.text.lower())
    return {" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


# the sets


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
    assert ", ".join(f"{kind} {have[kind]}" for kind in KINDS) in README


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


def test_the_held_out_texts_are_not_in_the_first_set() -> None:
    assert {text.id for text in load()}.isdisjoint(text.id for text in load(SETS["heldout"]))
    first, second = (set().union(*(runs(text) for text in load(path))) for path in SETS.values())
    assert not first & second


# nobody's data


def test_no_cpr_number_stands_in_the_files() -> None:
    for path in (ROOT / "benchmarks").rglob("*"):
        if path.suffix in {".yaml", ".py", ".md"}:
            for match in TEN_DIGITS.finditer(path.read_text("utf-8")):
                assert not made.looks_like_cpr("".join(match.groups()) + "0000"), f"{path.name}: {match[0]}"


def test_numbers_of_people_are_ordered_never_written(raw: str) -> None:
    assert not [m[0] for m in MARK.finditer(raw) if m["kind"] in NUMBERS and not m["what"].startswith("@")]


def test_no_telephone_number_but_the_switchboard_stands_in_the_set(raw: str) -> None:
    assert {re.sub(r"\s", "", match[0]) for match in EIGHT_DIGITS.finditer(raw)} <= SWITCHBOARD


def test_every_mail_address_is_at_a_made_up_domain(raw: str) -> None:
    addresses = [match["what"] for match in MARK.finditer(raw) if match["kind"] == "EMAIL"]
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


def test_numbers_depend_on_the_seed_and_on_nothing_else(path: Path, texts: list[Text]) -> None:
    assert [text.text for text in texts] == [text.text for text in load(path)]
    assert [text.text for text in texts] != [text.text for text in load(path, seed=2)]


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
