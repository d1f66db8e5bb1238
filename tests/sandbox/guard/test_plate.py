"""Does the guard find number plates, and leave models, rooms and standards alone?"""

import pytest

from sandbox.guard import check


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text).findings if one.kind == "PLATE"]


@pytest.mark.parametrize("plate", ["XK 34 128", "XK34128", "XK 34128", "XK-34-128", "xk 34 128", "xk34128"])
def test_every_form_is_found_where_the_text_speaks_of_a_car(plate: str) -> None:
    for text in (
        f"Bilen {plate} holder ulovligt",
        f"nummerplade: {plate}",
        f"p-licens til {plate}, tak",
        f"Hvem ejer {plate}?",
    ):
        assert found(text) == [plate], text


def test_the_official_grouping_needs_no_word() -> None:
    assert found("XK 34 128") == ["XK 34 128"]
    assert found("Anmeldt af Jens (XK 34 128) i går") == ["XK 34 128"]
    assert found("XK34128") == []
    assert found("xk 34 128") == []


@pytest.mark.parametrize(
    "text",
    [
        "Lokale AB 12 345",
        "serienr. PF 33 128",
        "DS 12 650 og bilen",
        "Tegning KB 21 330 af parkeringspladsen",
        "Model XK34128 til bilen",
        "Computer GK11873",
        "SN AB12345C",
        "CVR DK 29189374",
        "bilen kørte på 12 345 km",
        "de 12 345 biler",
        "XK 34 1289",
        "AXK 34 128",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_list_goes_on_from_its_first_plate() -> None:
    text = "Patruljen noterede BK41207 ved skolen, DV66310 ved hallen, " + "EA19284 ved kirken, CZ71029 ved søen, " * 9
    found = [text[one.start : one.end] for one in check(text).findings if one.kind == "PLATE"]
    assert found == ["BK41207", "DV66310", *["EA19284", "CZ71029"] * 9]


def plates(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text).findings if one.kind == "PLATE"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trailer UX 12 34 spærrer indkørslen", ["UX 12 34"]),
        ("Trailer med nummerplade UX1234 står på græsset", ["UX1234"]),
        ("plade C E 3 4 8 9 0", ["C E 3 4 8 9 0"]),
        ("svensk bil, ABC 123, holder i indkørslen", ["ABC 123"]),
        ("tysk nummerplade FL-AB 1234", ["FL-AB 1234"]),
        ("Den polske lastbil WGM 12345 blokerer", ["WGM 12345"]),
        ("Dækskift torsdag: EC88214, EC88215 og EC88219", ["EC88214", "EC88215", "EC88219"]),
        ("Kan I fjerne DM 11 902? Den står på hjørnet", ["DM 11 902"]),
        ("EasyPark: CE 34 890 kl. 9.12-11.40", ["CE 34 890"]),
        ("kørsel CM33663", ["CM33663"]),
        ("Den har kørt km 45 678 på to år", []),
        ("Budget DK 45 000 til bilen", []),
        ("NB 12 345 husstande har to biler", []),
        ("Typen er XR 21 500 fra Canon", []),
        ("Bestil plader AB 1234-5678 fra lageret", []),
    ],
)
def test_plates_that_are_called_so_and_units_that_are_none(text: str, expected: list[str]) -> None:
    assert plates(text) == expected
