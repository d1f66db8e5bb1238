"""Does the guard find e-mail addresses, and nothing else that has an @ or a dot?"""

import pytest

from sandbox.guard import check


@pytest.mark.parametrize(
    "address",
    [
        "anna@example.dk",
        "anna.hansen+skole@mail.example.dk",
        "søren.ågård@rødgrød.dk",
        "a@b.co",
        "12345678@example.dk",
        "anna＠example.dk",
        "anna (at) example.dk",
        "anna [at] example (dot) dk",
        "anna snabel-a example punktum dk",
        "anna snabela example.dk",
        "anna at example dot dk",
        "anna @ example.dk",
    ],
)
def test_an_address_is_masked_whole(address: str) -> None:
    for text in (address, f"Skriv til {address}.", f"<{address}>", f"mailto:{address}?subject=x"):
        result = check(text)
        assert result.verdict == "mask", text
        assert result.masked == text.replace(address, "[E-MAIL]")


@pytest.mark.parametrize(
    "text",
    [
        "@anna",
        "root@localhost",
        "8 stk. @ 20,50 kr.",
        "www.example.dk",
        "Det lyder til at borger.dk er nede",
        "Husk at se www.at.dk",
        "anna@",
        "@example.dk",
        "a@b.c",
        "søg hjælp at få",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert check(text).findings == ()


def test_the_municipalitys_own_mailbox_is_not_found() -> None:
    assert check("Skriv til Kommunen@gladsaxe.dk").findings == ()
    assert check("Skriv til xkommunen@gladsaxe.dk").verdict == "mask"
