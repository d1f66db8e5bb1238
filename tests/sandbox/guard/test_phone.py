"""Does the guard find telephone numbers in the usual groupings, and leave other numbers alone?"""

import pytest

from sandbox.guard import check


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text).findings if one.kind == "PHONE"]


@pytest.mark.parametrize(
    "number",
    [
        "28123456",
        "28 12 34 56",
        "2812 3456",
        "2812-3456",
        "28-12-34-56",
        "28.12.34.56",
        "28\u00a012\u00a034\u00a056",
        "+45 28 12 34 56",
        "+4528123456",
        "+45-28123456",
        "(+45) 28 12 34 56",
        "0045 28123456",
        "+46 70 123 45 67",
        "0046 70 123 45 67",
        "+298 201234",
        "+1 202-456-1111",
    ],
)
def test_a_number_is_masked_whole(number: str) -> None:
    for text in (number, f"Ring til os på {number}.", f"Kontoret ({number}) har skrevet"):
        result = check(text)
        assert result.verdict == "mask", text
        assert result.masked == text.replace(number, "[TELEFON]")


@pytest.mark.parametrize("number", ["281 23 456", "28 123 456"])
def test_an_unusual_grouping_needs_a_word_for_telephone(number: str) -> None:
    assert check(f"tlf. {number}").verdict == "mask"
    assert check(number).verdict == "allow"


@pytest.mark.parametrize(
    "text",
    [
        "CVR 29189374",
        "CVR-nr.: 29 18 93 74",
        "DK-CVR DK 29189374",
        "fakturanr. 28123456",
        "sagsnummer 28123456",
        "sag 31/28123456",
        "EAN 5790001305314",
        "25000000 kr.",
        "kr. 25000000",
        "25 000 000 kr.",
        "25.000.000",
        "28123456,50",
        "22112031",
        "20311122",
        "22.11.2031",
        "22 11 2031",
        "skoleåret 2031 2032",
        "2031-2032",
        "2860 Søborg og 2880 Bagsværd",
        "12345678",
        "00000000",
        "112",
        "1813",
        "281234567",
        "28 12 34 56 78 90",
        "A28123456",
        "IP 20.30.40.50",
        "IBAN DK50 0040 0440 1162 43",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert "PHONE" not in [finding.kind for finding in check(text).findings]


@pytest.mark.parametrize("number", ["39 57 50 00", "39575000", "+45 39575000", "0045 39 57 50 00", "3957 5000"])
def test_the_switchboard_is_not_found(number: str) -> None:
    assert check(f"Ring til kommunen på {number}").findings == ()


def test_two_numbers_in_a_row_are_found_each() -> None:
    assert check("Ring 28 12 34 56 eller 28 12 34 57").masked == "Ring [TELEFON] eller [TELEFON]"


@pytest.mark.parametrize("word", ["Dok.nr.", "Brobizz nr.", "Bib-nr.", "Rejsekort nr.", "Kuvert nummer"])
def test_a_number_of_something_else_is_no_telephone(word: str) -> None:
    assert found(f"{word} 61238845 skal skiftes") == []


@pytest.mark.parametrize("words", ["Mors nr.", "Hendes nummer er", "nyt nr.", "Anna nr.", "Privat nr."])
def test_whose_number_it_is_does_not_make_it_another_kind(words: str) -> None:
    assert len(found(f"{words} 61238845")) == 1
