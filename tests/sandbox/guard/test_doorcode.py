"""Are codes of doors, alarms and key boxes found in sentences, lists and tables, and other numbers left alone?"""

import pytest

from sandbox.guard import check


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text).findings if one.kind == "SECRET"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nøglebokse i aften:\nSkolen: boks 4471\nHallen: boks 0925", ["4471", "0925"]),
        ("Koder pr. 1. maj: hoveddør 5947, depot 6620", ["5947", "6620"]),
        ("Koden til skuret: 8812, koden til loftet: 4409.", ["8812", "4409"]),
        ("Alarmkoden er ændret til 55182.", ["55182"]),
        ("Nøgleboksen ved bagdøren åbnes med 5192.", ["5192"]),
        ("Han har nøgleboks på muren til venstre (3472).", ["3472"]),
        ("Borger;Vej;Nøgleboks\n1;Solvej;2284\n2;Ellevej;9017", ["2284", "9017"]),
        ("| Sted | Kode til dør |\n|---|---|\n| Hal | 7741 |", ["7741"]),
        ("Adresse,Boks\nSkolevej,4408", ["4408"]),
        ("The door code for the annex is 7180.", ["7180"]),
    ],
)
def test_a_code_far_from_its_word_is_found(text: str, codes: list[str]) -> None:
    assert found(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "Kasse 1204 og 1205 skal i arkivet. Boks 33 er tom.",
        "Fejlkode 4012 og postkode 2860. Koden til artikel 3310 i kataloget er ændret.",
        "Konteringskode;Beløb\n4410;1200",
        "Rute;Kunde;Postnr\nA;Solgården;2860",
        "Artikel;Boks\nSkruer;4408",
        "Døren er fra 1987, og boksen blev sat op i sommer (2024).",
        "Koden til bygningen koster 1500 kr.",
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert found(text) == []
