"""Does the guard find bank accounts in all usual forms, and leave ledgers and payment lines alone?"""

import pytest

from sandbox.guard import check


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text).findings if one.kind == "BANK"]


@pytest.mark.parametrize(
    "account",
    [
        "4571 0012345678",
        "4571-0012345678",
        "4571 - 0012345678",
        "4571/0012345678",
        "4571.0012345678",
        "4571 konto 0012345678",
        "4571, kontonr. 0012345678",
        "4571, konto: 0012345678",
        "4571 og kontonummer 0012345678",
        "4571\nKontonr.: 0012345678",
        "4571 001 234 5678",
        "4571 8212424",
    ],
)
def test_registration_number_and_account_are_one_finding(account: str) -> None:
    for text in (f"Pengene skal til reg.nr. {account}.", f"Overfør beløbet til {account}", f"NemKonto {account}, tak"):
        assert found(text) == [account], text


@pytest.mark.parametrize(
    "number",
    [
        "DK50 0040 0440 1162 43",
        "DK5000400440116243",
        "dk5000400440116243",
        "DE89 3704 0044 0532 0130 00",
        "GB82 WEST 1234 5698 7654 32",
        "SE4550000000058398257466",
        "PL61 1090 1014 0000 0712 1981 2874",
    ],
)
def test_an_iban_of_any_country_is_found_whole_and_nothing_else_in_it(number: str) -> None:
    for text in (f"IBAN: {number}, tak", f"Send til {number} i dag", number):
        result = check(text)
        assert found(text) == [number], text
        assert not {one.kind for one in result.findings} & {"PHONE", "CPR"}


def test_a_wrong_check_digit_counts_only_where_the_text_says_iban() -> None:
    assert found("IBAN DK51 0040 0440 1162 43") == ["DK51 0040 0440 1162 43"]
    assert found("Varenummer DK51 0040 0440 1162 43") == []


def test_ten_digits_after_four_need_no_word_but_fewer_do() -> None:
    assert found("Elna Holm; 4571 0012345678; Søborg") == ["4571 0012345678"]
    assert found("Elna Holm; 4571 8212424; Søborg") == []
    assert found("kontonr. 0012345678") == ["0012345678"]


@pytest.mark.parametrize(
    "text",
    [
        "Artskonto 4010 1002003004",
        "Bogføres på konto 5120 0010203040 i kontoplanen",
        "Omplacering fra konto 6450 1000 til konto 6451 2000",
        "Betal med +71<191906833571857+20368061<",
        "Faktura 4571 0012345678",
        "Ordrenr. 2026 0012345678",
        "2026 8212424 er et år og et tal",
        "Postnummer 2860 og 2880",
        "Tlf. 4571 28123456",
        "EAN 5790001305314",
        "kontostreng 3.22.01.1.20",
    ],
)
def test_ledgers_payment_lines_and_other_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Boligstøtten skal gå ind på 2217 8899001 fremover",
        "Betalt fra projektkonto 1551-0004455667 i maj. Er det bogført?",
        "Udlæg fra turen: Sanne 5301 0246813",
        "Indsamlingen til gaven: send 50 kr. på 5479 556677",
    ],
)
def test_an_account_that_money_goes_to_or_comes_from_is_found(text: str) -> None:
    assert len(found(text)) == 1


def test_one_sure_account_vouches_for_the_next_in_its_list() -> None:
    kilometres = "JV, 120 km, 412,50 kr.".ljust(160, ".")
    assert found(f"Udlæg:\n{kilometres}\nOle, 5301 0001234567\nPia, 5301 234567") == ["5301 0001234567", "5301 234567"]
    assert found(f"Liste:\n{kilometres}\nOle, 5301 234568\nPia, 5301 234567") == []


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("Depositum bedes betalt på reg. nr. 5479 (Nordea) konto nr. 556 677 8", "5479 (Nordea) konto nr. 556 677 8"),
        ("reg nummeret er 3409 og kontonummeret det er 0011223344", "3409 og kontonummeret det er 0011223344"),
        ("regnr 2217, kt. 889 9001 den er min kones", "2217, kt. 889 9001"),
        ("R: 5301 K: 0246813", "5301 K: 0246813"),
        ("Reg. nr. | 5010\nKonto nr. | 1234567", "5010\nKonto nr. | 1234567"),
        ("Reg nr.4571Kontonr.8212424", "4571Kontonr.8212424"),
        ("Kontonummer: 0008212424, registreringsnummer: 4571", "0008212424, registreringsnummer: 4571"),
        ("kontonr 8212424 i reg nr 4571", "8212424 i reg nr 4571"),
        ("regnr 4571 kotonr 8212424", "4571 kotonr 8212424"),
        ("reg 4571 kontornr 0008212424", "4571 kontornr 0008212424"),
        ("Hvad er dit reg- og kontonummer?\nja det er 7321 og 1122334", "7321 og 1122334"),
        ("Jeg får pensionen på 4571, 8212424, ikke på den gamle", "4571, 8212424"),
        ("Feriepengene bedes sat ind her: 4571 8212424.", "4571 8212424"),
        ("Dankortet hører til 7040 1234567", "7040 1234567"),
        ("Hun sagde i telefonen 6102-0003344556", "6102-0003344556"),
        ("IBAN: DK 50 00400440116243", "DK 50 00400440116243"),
        ("Kontoen er DK50 0040\n0440 1162 43.", "DK50 0040\n0440 1162 43"),
        ("Kontoen er DK50.0040.0440.1162.43 i banken", "DK50.0040.0440.1162.43"),
    ],
)
def test_both_numbers_are_one_finding_in_any_order_and_with_words_between(text: str, account: str) -> None:
    assert found(text) == [account]


@pytest.mark.parametrize(
    "text",
    [
        "Regnskab 2026, konto 401010 viser et overforbrug",
        "Registrering 2026: konto 4010102030 lukkes",
        "Pengene er sendt, reference 4571 0012345678",
        "Flyt beløbet fra konto 4571 til konto 8212424 i ØS",
        "GTIN 0571 2345678901",
        "Udgiften 4571 kr. bogføres på 8212424",
        "Sygedagpenge 2025 123456 sager, 2026 123460 sager",
        "Der var 4571 og 8212424 besøg",
    ],
)
def test_words_of_money_and_registers_alone_make_no_account(text: str) -> None:
    assert found(text) == []
