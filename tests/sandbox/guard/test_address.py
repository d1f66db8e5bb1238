"""Does the guard find addresses as one place, and leave roads without a house number alone?"""

import time

import pytest

from sandbox.guard import address


def addresses(text: str) -> list[str]:
    return [text[found.start : found.end] for found in address.find(text)]


@pytest.mark.parametrize(
    "written",
    [
        "Tranebærlunden 14, 2. tv., 2860 Søborg",
        "Gl. Teglværksvej 88B, 2800 Kgs. Lyngby",
        "Ved Skellet 3, st. th., 4000 Roskilde",
        "Pileflettet 7, 3500 Værløse",
        "H.C. Andersens Boulevard 12",
        "Gyngemose Parkvej 80, 6. tv., 2860 Søborg",
        "solsikkevej 12",
        "mosekonens vænge nummer fireogtyve",
        "Langs Hegnet 41",
        "Nordre Fasanvej 208, 3. th., 2200 København N",
        "Storegade 5\n2860 Søborg",
        "ALGADE 14, 4000 ROSKILDE",
        "Skovvej 12-14",
    ],
)
def test_an_address_is_found_as_a_whole(written: str) -> None:
    assert addresses(f"Borgeren bor på {written}.") == [written]
    assert addresses(written) == [written]


@pytest.mark.parametrize(
    "text",
    [
        "Buddinge Hovedgade fra nr. 10 til 40 spærres.",
        "Skovvej 10 til 40 får nyt fortov.",
        "Arbejdet på Søborg Hovedgade begynder 3. maj.",
        "Vi mødes på Skovvej 3. maj.",
        "Efter § 7 og § 12, stk. 2, i lokale 12.",
        "Ring 3 og Motorring 4 og linje 12 og rute 300S.",
        "Alle 3 børn har en plads 2 gange om ugen.",
        "Parkeringsplads 12 og børnehave 2 og opgave 4.",
        "Rådhus 2026, Danmark 3, bilag 4, Søborg 2860",
        "Lokalplan 214 for Gladsaxe Ringvej",
    ],
)
def test_what_is_no_address_is_left_alone(text: str) -> None:
    assert addresses(text) == []


def test_two_in_a_row_are_two() -> None:
    assert addresses("Hyldevej 3, Hyldevej 5 og Hyldevej 7") == ["Hyldevej 3", "Hyldevej 5", "Hyldevej 7"]


@pytest.mark.parametrize("unit", ["a", " ", "1", "a-", "Skovvej ", "Skovvej 3, ", "3 ", "Ved "])
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        list(address.find(text))
        return time.process_time() - start

    seconds(1_000)
    assert seconds(80_000) < 24 * max(seconds(10_000), 0.004)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Hun bor nu på Ellekrattet 9 og er alene", "Ellekrattet 9"),
        ("borger flyttet til bindeledet 18 i går", "bindeledet 18"),
        ("Besøg på Kong Hans Allé 130, 2. tv. kl. 9", "Kong Hans Allé 130, 2. tv."),
        ("Maden køres til Søborg Torv 6, 3. th. hver dag", "Søborg Torv 6, 3. th."),
        ("kør til høje gladsaxe 9 7 tv kl 10", "høje gladsaxe 9 7 tv"),
    ],
)
def test_a_road_that_does_not_end_as_one_is_found_by_what_stands_around(text: str, address: str) -> None:
    assert addresses(text) == [address]


@pytest.mark.parametrize(
    "text", ["Holdet bor i Etape 2", "Vi bor på værelse 12", "På Roskilde 26 mødes vi", "Bor i lokale Månehuset 4"]
)
def test_rooms_groups_and_stages_are_no_addresses(text: str) -> None:
    assert addresses(text) == []
