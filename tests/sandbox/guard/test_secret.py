"""Does the guard find keys, tokens, passwords and codes, whole and alone, and leave talk about them be?

Every secret is put together here, so that none stands in the repository.
"""

from random import Random
from string import ascii_letters, digits

import pytest

from sandbox.guard import check

DRAW = Random(1)
LONG = "".join(DRAW.choices(ascii_letters, k=24)) + "".join(DRAW.choices(ascii_letters + digits, k=40))
DASHES = "-" * 5


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text).findings if one.kind == "SECRET"]


@pytest.mark.parametrize(
    "token",
    [
        "sk-" + LONG[:40],
        "sk-proj-" + LONG,
        "ghp_" + LONG[:36],
        "github_pat_" + LONG,
        "AKIA" + "ABCDEFGH23456723",
        "xoxb-123456789012-" + LONG[:24],
        "AIza" + LONG[:35],
        "hf_" + LONG[:34],
        "glpat-" + LONG[:20],
        "eyJ" + LONG[:20] + ".eyJ" + LONG[:20] + "." + LONG[:30],
    ],
)
def test_a_token_of_a_known_maker_is_found_anywhere(token: str) -> None:
    for text in (token, f"Virker {token} stadig?", f'key = "{token}"', f"Authorization: Bearer {token}"):
        assert found(text) == [token], text


def test_a_private_key_is_found_to_its_end() -> None:
    key = f"{DASHES}BEGIN RSA PRIVATE KEY{DASHES}\n{LONG}\n{LONG}\n{DASHES}END RSA PRIVATE KEY{DASHES}"
    assert found(f"Her er nøglen:\n{key}\nTak") == [key]
    assert found(f"{DASHES}BEGIN PUBLIC KEY{DASHES}\n{'0a1b' * 16}\n{DASHES}END PUBLIC KEY{DASHES}") == []


@pytest.mark.parametrize(
    "address", ["postgresql://drift:Kaffe77@db01.intern:5432/esdh", "https://anna:Kaffe77@host.dk/x"]
)
def test_an_address_with_a_password_is_a_secret_and_no_mailbox(address: str) -> None:
    result = check(f"Brug {address} her")
    assert [one.kind for one in result.findings] == ["SECRET"]
    assert found(f"Brug {address} her") == [address]
    assert found("https://example.dk:8443/sti og postgresql://db01.intern/esdh") == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("adgangskode: {}", "Efteraar#2026"),
        ("adgangskoden er {}.", "Efteraar#2026"),
        ("Jeg har sat dit password til {} indtil videre", "Velkommen2026!"),
        ("DB_PASSWORD={}", "hvem77der"),
        ("'password': '{}',", "hvem77der"),
        ("Password={};Encrypt=True", "Gr0nKaffe_88"),
        ("session_secret: {}", "48b28fc290b99827c5dedbce19ef"),
        ("clientSecret = '{}'", "48b28fc290b99827c5dedbce19ef"),
        ("token={}", "48b28fc290b99827c5dedbce19ef"),
        ("wifi: Personale, kode {}", "SommerSol2026"),
        ("password: {}", "Solsikke"),
        ("Koden til døren er {}.", "4471"),
        ("pinkode: {}", "4471"),
        ("nøgleboks {} ved lågen", "4471"),
        ("alarmen er {}, når I låser", "4471"),
        ("koden til printeren på 1. sal er {}", "4471"),
        ("The door code is {}", "4471"),
    ],
)
def test_what_the_text_calls_a_secret_is_found_alone(text: str, secret: str) -> None:
    assert found(text.format(secret)) == [secret]


def test_a_column_of_passwords_is_found() -> None:
    text = "system,bruger,kode\nSBSYS,mkj,Efteraar#2025\nKMD,x40,hvem77der"
    assert found(text) == ["Efteraar#2025", "hvem77der"]
    assert found("| System | Adgangskode |\n| --- | --- |\n| Aula | hvem77der |") == ["hvem77der"]


@pytest.mark.parametrize(
    "text",
    [
        "password: ********",
        "api_key=YOUR_API_KEY",
        "adgangskode: <din kode her>",
        "password = os.environ['DB_PASSWORD']",
        "token = get_token(user)",
        "Kodeord skal være mindst 14 tegn",
        "adgangskode: mindst 12 tegn, skift hver 90. dag",
        "Hvorfor er en adgangskode på 16 tegn bedre end én på 8?",
        "Fejlkode 50012, statuskode 4031 og postkode 2860",
        "Diagnosekode DF32, branchekode 812100",
        "koden fra 2026 virker ikke",
        "max_tokens 512, seed 1234",
        "Nøgletal 2026: 4512 sager",
        "Alarmcentralen ringer 112",
        "Koden gælder i 24 timer",
        "sha 48b28fc290b99827c5dedbce19ef70045c053ca2",
        "License code: MPL-2.0",
        "must_pass: [bool]",
    ],
)
def test_placeholders_and_talk_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Koden til wifi er Sommerhus2026!", "Sommerhus2026!"),
        ("Zip er låst, brug Marts-2027-Bilag som kodeord", "Marts-2027-Bilag"),
        ("Skriv bare Fjord88 i feltet adgangskode", "Fjord88"),
        ("koden er den samme som sidst, Fjord88", "Fjord88"),
        ("wifi GAEST / velkommen2870", "velkommen2870"),
        ("psswd = hunter22", "hunter22"),
        ('adgangskoden: "blå himmel 7 hest"', "blå himmel 7 hest"),
        ("u: skole01 p: Rabarber55", "Rabarber55"),
        ("ssh drift@srv02 (Kanel!Snegl3)", "Kanel!Snegl3"),
        ("log ind med lone@example.org og Rabarber55", "Rabarber55"),
        ("PUK 83920174 til telefonen", "83920174"),
        ("nøglebox C1379", "C1379"),
        ("Boks ved hoveddøren, kode 0-7-4-2", "0-7-4-2"),
        ("Døren til depotet: 1973* og så tryk grøn", "1973*"),
        ("Porten ved Ringvejen lukkes op med 2580#", "2580#"),
        ("Log ind på Aula og se referat fra møde 4/2026", ""),
        ("Login er ændret til MitID fra 1.5.2027", ""),
        ("Koden er afprøvet i Word2016 og Office365", ""),
        ("Kode til ydelsen: 8350", ""),
        ("Netværk og aktivitet, uge 12, lokale B4", ""),
        ("Adgangskoder skal være på 12-16 tegn", ""),
    ],
)
def test_a_value_apart_from_its_word_is_found_and_talk_is_not(text: str, secret: str) -> None:
    found = [text[one.start : one.end] for one in check(text).findings if one.kind == "SECRET"]
    assert found == ([secret] if secret else [])
