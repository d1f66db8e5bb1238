"""Does the guard find CPR numbers however they are written, and leave their look-alikes alone?

Every number here has a birth date in 2027-2036: well formed, and nobody has it yet.
"""

import random
import re

import pytest

from sandbox.guard import check

PASSES, FAILS = "1305314567", "1305314568"  # modulus 11


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in check(text).findings]


def score(text: str) -> float:
    (finding,) = check(text).findings
    return finding.score


@pytest.mark.parametrize(
    "written",
    [
        "130531-4567",
        "130531–4567",
        "130531—4567",
        "130531‑4567",
        "130531−4567",
        "130531 - 4567",
        "130531 – 4567",
        "130531 -4567",
        "130531- 4567",
        "130531-\n4567",
        "130531 4567",
        "130531\u00a04567",
        "130531.4567",
        "130531/4567",
        "130531_4567",
        "13.05.31-4567",
        "13.05.31.4567",
        "13.05.31 - 4567",
        "13-05-31-4567",
        "13/05/31-4567",
        "13 05 31 4567",
        "13.05.2031-4567",
        "1305314567",
        "１３０５３１-４５６７",
        "130531\u00ad-4567",
        "130531\u200b-4567",
    ],
)
def test_every_written_form_is_blocked_and_masked_whole(written: str) -> None:
    for text in (written, f"Nummeret {written} står i brevet.", f"({written})", f"1;{written};2860"):
        result = check(text)
        assert result.verdict == "block", text
        assert result.masked == text.replace(written, "[CPR]")
        (finding,) = result.findings
        assert text[finding.start : finding.end] == written


@pytest.mark.parametrize("serial", ["4567", "5678", "6789", "7890", "8901", "9012"])
@pytest.mark.parametrize("year", range(27, 37))
def test_every_year_and_seventh_digit_of_the_coming_decade_is_found(year: int, serial: str) -> None:
    assert kinds(f"0101{year}-{serial}") == ["CPR"]


@pytest.mark.parametrize("day", ["61", "73", "91"])
def test_erstatningspersonnummer_with_day_plus_sixty_is_found(day: str) -> None:
    assert kinds(f"{day}0531-4567") == ["CPR"]
    assert check(f"{day}05314567").verdict == "block"


@pytest.mark.parametrize(
    "text",
    [
        "000531-4567",
        "320531-4567",
        "600531-4567",
        "920531-4567",
        "130031-4567",
        "131331-4567",
        "310431-4567",
        "910431-4567",
    ],
)
def test_a_date_that_does_not_exist_is_no_cpr(text: str) -> None:
    assert kinds(text) == []


def test_the_seventh_digit_gives_the_century_of_a_leap_day() -> None:
    assert kinds("290232-4567") == ["CPR"]  # 2032 is a leap year
    assert kinds("290233-4567") == []
    assert kinds("290200-4567") == ["CPR"]  # seventh digit 4, year 00: 2000, a leap year
    assert kinds("290200-1234") == []  # seventh digit 1: 1900, not a leap year


def test_a_four_digit_year_must_agree_with_the_seventh_digit() -> None:
    assert kinds("13.05.2031-4567") == ["CPR"]
    assert kinds("13.05.1931-4567") == []
    assert kinds("13.05.2026 1430") == []


@pytest.mark.parametrize("written", ["{}", "{:.6}-{:.4}", "{:.6} {:.4}"])
def test_modulus_11_raises_the_score_and_its_failure_rejects_nothing(written: str) -> None:
    passing, failing = (written.format(number, number[6:]) for number in (PASSES, FAILS))
    assert check(passing).verdict == check(failing).verdict == "block"
    assert score(passing) > score(failing)


def test_numbers_of_the_first_of_january_without_control_digit_are_found() -> None:
    for serial in range(4000, 4012):
        assert check(f"010131-{serial}").verdict == check(f"010131{serial}").verdict == "block"


@pytest.mark.parametrize(
    "text",
    [
        f"faktura {PASSES}",
        f"Fakturanr. {PASSES}",
        f"Ordrenummer: {FAILS}",
        f"bilag {FAILS}",
        f"Journalnr. {FAILS}",
        f"Sagsnummer {PASSES}",
        f"P-nummer {FAILS}",
        f"kontonr. {PASSES}",
        f"1234 {PASSES}",
        f"1234-{PASSES}",
        f"reg. 4571 konto {FAILS}",
        f"tlf. {FAILS}",
        f"{PASSES},50 kr.",
        f"{PASSES} kr.",
        f"https://example.dk/nyheder/{PASSES}",
        f"vare A{PASSES}",
        f"a{PASSES}b",
        f"0.{PASSES}",
        f"579{PASSES}",
        f"{PASSES}123456",
        "EAN 5790001305314",
        "CVR 29189374",
        "IBAN DK50 0040 0440 1162 43",
        "4571 1305 3145 6789",
        "+45 13 05 31 45",
        "12 34 56 78",
        "2031-05-13 14:30:00",
        "20310513 1430",
        "13.05.31",
        "130531",
        "130531-xxxx",
        "ddmmaa-xxxx",
        "130531-140531",
        "13.05.31-14.05.31",
        "01 02 03 04 05",
        "1 3 0 5 3 1 4 5 6 7",
        "kl. 1305-1430",
        "§ 13.05, stk. 31",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert "CPR" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        f"cpr {FAILS}",
        f"CPR-nr.: {FAILS}",
        f"cpr{FAILS}",
        f"personnummer {FAILS}",
        f"{FAILS} (cpr)",
        f"{FAILS} er mit cpr-nummer",
        "CPR 13 05 31 45 67",
        "cpr: 1 3 0 5 3 1 4 5 6 7",
        "født 130531 4568",
        f"fakturaen skal sendes til cpr {FAILS}",
        f"{FAILS}.pdf",
        f"Hansen_{FAILS}_2031.docx",
        f"Elev 7 {FAILS} Hansen",
        f"{FAILS} 2860 Søborg",
        "fakturanr. 130531-4567",
        "1,130531-4567,x",
        "2860 130531-4567",
    ],
)
def test_where_it_may_be_a_cpr_number_it_is_blocked(text: str) -> None:
    assert check(text).verdict == "block"


def test_a_word_for_cpr_raises_the_score() -> None:
    assert score(f"cpr {FAILS}") > score(f"Borgeren {FAILS}")


def test_a_short_date_and_a_time_only_warns() -> None:
    result = check("Mødet er 13.05.31 1430 på rådhuset")
    assert result.verdict == "allow"
    assert [finding.why for finding in result.findings] == ["cpr.date-and-time"]
    assert result.masked == "Mødet er 13.05.31 1430 på rådhuset"


def test_a_wrong_number_does_not_hide_the_right_one_inside_it() -> None:
    assert check("12 13 05 31-4567").verdict == "block"
    assert check("99 99 99 130531-4567").verdict == "block"


def test_several_numbers_are_found_each() -> None:
    result = check("Søskende: 010127-4321, 020228-5432 og 0303296543.")
    assert result.masked == "Søskende: [CPR], [CPR] og [CPR]."


def test_random_long_digit_strings_are_never_cpr_numbers() -> None:
    draw = random.Random(1)
    for length in (5, 6, 7, 8, 9, 11, 12, 13, 14, 16, 20):
        for _ in range(200):
            assert "CPR" not in kinds("".join(draw.choices("0123456789", k=length)))


def test_of_random_ten_digit_numbers_only_those_with_a_date_are_found() -> None:
    draw = random.Random(2)
    numbers = ["".join(draw.choices("0123456789", k=10)) for _ in range(3000)]
    found = [number for number in numbers if "CPR" in kinds(number)]
    assert all(re.match(r"(?:[0-2][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(?:0[1-9]|1[0-2])", number) for number in found)
    assert len(found) < 0.09 * len(numbers)
