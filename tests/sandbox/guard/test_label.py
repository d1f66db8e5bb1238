"""Does a number get the name that its text gives it?"""

import pytest

from sandbox.guard.label import BANK, CASE, CPR, NONE, OTHER, PHONE, label

NUMBER = "28123456"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"fakturanr. {NUMBER}", OTHER),
        (f"Ordrebekræftelse {NUMBER}", OTHER),
        (f"følgeseddel {NUMBER}", OTHER),
        (f"SE-nr. {NUMBER}", OTHER),
        (f"SE {NUMBER}", NONE),
        (f"tilslutningsnummer: {NUMBER}", OTHER),
        (f"(booking {NUMBER})", OTHER),
        (f"målernr.:\n{NUMBER}", OTHER),
        (f"{NUMBER} er vores kundenr.", OTHER),
        (f"{NUMBER} (ordrenr.)", OTHER),
        (f"ordrenumre 11223344, 55667788 og {NUMBER}", OTHER),
        (f"P-numre hos vores tre leverandører: 11223344, {NUMBER}", OTHER),
        (f"j. nr. {NUMBER}", CASE),
        (f"sagsnr. {NUMBER}", CASE),
        (f"kontonummer {NUMBER}", BANK),
        (f"telefonnummeret er {NUMBER}", PHONE),
        (f"Vagttelefon {NUMBER}", PHONE),
        (f"cpr-nr. {NUMBER}", CPR),
        (f"Anna {NUMBER}", NONE),
        (f"Kontoret {NUMBER}", NONE),
        (f"denne person {NUMBER}", NONE),
        (f"min bank {NUMBER}", NONE),
        (f"faktura 4512 til Anna {NUMBER}", NONE),
        (f"faktura.\n\n{NUMBER}", NONE),
        (NUMBER, NONE),
        (f"navn;ordrenr.;by\nAnna;{NUMBER};Søborg", OTHER),
        (f"navn;by;tlf\nAnna;Søborg;{NUMBER}", PHONE),
    ],
)
def test_the_nearest_label_counts(text: str, kind: str) -> None:
    start = text.index(NUMBER)
    assert label(text, start, start + len(NUMBER)) == kind
