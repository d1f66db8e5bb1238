"""Does a browser get the guard's reading in parts that make up the text, and in words?"""

import pytest

from sandbox.labs.reading import read

TEXT = "😀 Ring til 28 12 34 56, skriv til anna@example.dk, cpr 130531-4567."


def test_the_parts_make_up_the_text() -> None:
    result, reading = read(TEXT, "da")
    assert "".join(part["text"] for part in reading["parts"]) == TEXT
    assert [part["mask"] for part in reading["parts"] if "mask" in part] == ["[TELEFON]", "[E-MAIL]", "[CPR]"]
    assert reading["masked"] == result.masked
    assert reading["verdict"] == "block"


@pytest.mark.parametrize(("language", "kind"), [("da", "et telefonnummer"), ("en", "a telephone number")])
def test_what_was_found_is_said_in_words(language: str, kind: str) -> None:
    _, reading = read("28 12 34 56", language)
    assert reading["parts"] == [{"text": "28 12 34 56", "kind": kind, "mask": "[TELEFON]"}]
    assert len(reading["whys"]) == 1


def test_a_reason_is_given_once() -> None:
    _, reading = read("a@example.dk og b@example.dk", "da")
    assert len(reading["whys"]) == 1


def test_what_is_only_warned_about_has_no_mask() -> None:
    _, reading = read("Mødet er 13.05.31 1430", "da")
    assert reading["verdict"] == "allow"
    assert [part["mask"] for part in reading["parts"] if "kind" in part] == [""]
    assert reading["masked"] == "Mødet er 13.05.31 1430"
