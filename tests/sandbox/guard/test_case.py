"""Does the guard find the numbers of people's cases, and leave tenders, plans and KLE numbers alone?"""

import pytest

from sandbox.guard import check


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text).findings if one.kind == "CASE"]


@pytest.mark.parametrize(
    "number",
    [
        "2026-018442",
        "26/1234",
        "25-60412",
        "EMN-2026-04417",
        "S2026-7719",
        "SOC-26-00551",
        "2026-31-4472",
        "2026-009321-4",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Sagsnr. {} om barnet",
        "sag {} vedrører borgeren",
        "Din sag har fået nummer {}.",
        "j.nr. {}: mors klage",
        "Journalnummer: {}, borger",
        "Sagen hos os hedder {}.",
        '"sagsnr": "{}"',
        "Case no. {} about her benefits",
    ],
)
def test_a_number_with_a_word_for_case_is_found(number: str, text: str) -> None:
    assert found(text.format(number)) == [number]


@pytest.mark.parametrize(
    "number", ["27.24.00-G01-12-26", "81.28.00-P27-9-26", "15.20.04-P00-88-2026", "29.15.00-G01-1402-26"]
)
def test_a_kle_case_about_persons_needs_no_word(number: str) -> None:
    assert found(f"Den ligger som {number} i systemet.") == [number]


def test_a_kle_case_about_things_needs_a_person() -> None:
    assert found("Lokalplan 288 ligger på 01.02.05-P16-3-26.") == []
    assert found("Nabotvist, 02.34.02-P19-88-26: borgeren klager over hækken.") == ["02.34.02-P19-88-26"]


def test_a_column_of_case_numbers_is_found() -> None:
    text = "Borger;Sagsnr.;Frist\nA;2026-018442;1. maj\nB;2026-018443;3. maj"
    assert found(text) == ["2026-018442", "2026-018443"]


def test_plain_digits_count_where_they_are_called_a_case_number() -> None:
    assert found("Sagsnummer 3341872: borgerens ansøgning") == ["3341872"]
    assert found("Sagen handler om 3341872 kr.") == []


@pytest.mark.parametrize(
    "text",
    [
        "KLE 27.24.00 bruges til anbringelse",
        "KLE 27.36.00-A00 er emne og handlingsfacet",
        "Udbud af vintertjeneste 2026-2029, sag 2026-01144",
        "Dagsordenspunkt til økonomiudvalget, sagsnr. 2026-00731",
        "Lokalplan 288, sag 26/0093",
        "Kontrakt 2024-118 med leverandøren",
        "skoleåret 2026/27",
        "sagen blev drøftet 12/5",
        "Bekendtgørelse nr. 1224 af 24/10/2023",
        "I sagen er der 2026-2029 at tænke på",
    ],
)
def test_what_is_nobodys_case_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nævnet hjemviser sagen 26-40817 til ny behandling, fordi moren ikke er hørt.",
        "Hendes klage er oprettet som 26-11923.",
    ],
)
def test_a_short_number_beside_what_is_done_with_a_case_is_found(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Sagsnummeret skrives sådan: 26-12345. Forklar det for borgeren.",
        "Hendes udskriftsjob 26-40817 sidder fast. Sagen er i køen.",
        "Borgerens sag: se bilag 26-00412.",
    ],
)
def test_examples_annexes_and_print_jobs_are_no_cases(text: str) -> None:
    assert found(text) == []
