"""Does the guard find people's names however they are written, and leave what only looks like one alone?"""

import time

import pytest

from sandbox.guard import name
from sandbox.guard.wordlists import fold, read


def names(text: str) -> list[str]:
    return [text[found.start : found.end] for found in name.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeg talte med Emil Thorborg i dag.", ["Emil Thorborg"]),
        ("emil thorborg på 9 år er flyttet", ["emil thorborg"]),
        ("EMIL THORBORG er flyttet", ["EMIL THORBORG"]),
        ("Thorborg, Emil\nHolm, Mette", ["Thorborg, Emil", "Holm, Mette"]),
        ("Emils far, Jan Kragelund, ringede.", ["Emil", "Jan Kragelund"]),
        ("Hüseyin Aksoy og Agnieszka Kowalczyk", ["Hüseyin Aksoy", "Agnieszka Kowalczyk"]),
        ("Fadumo Warsame kommer", ["Fadumo Warsame"]),
        ("Aviâja Heilmann og Jógvan Djurhuus", ["Aviâja Heilmann", "Jógvan Djurhuus"]),
        ("Thi Mai Pham og Sivakumar Nadarajah", ["Thi Mai Pham", "Sivakumar Nadarajah"]),
        ("Oleksandr Shevchenko og Emir Hadžić", ["Oleksandr Shevchenko", "Emir Hadžić"]),
        ("brev til hr. Okafor og fru von Bülow", ["Okafor", "Bülow"]),
        ("mødet med Fatima El-Sayed og Anne-Marie Holm-Larsen", ["Fatima El-Sayed", "Anne-Marie Holm-Larsen"]),
        ("min datter hedder Qwistia", ["Qwistia"]),
        ("Notatet er skrevet af M. Holm og A.B. Toft.", ["M. Holm", "A.B. Toft"]),
        ("MK har ringet.", ["MK"]),
        ("Det er aftalt. Hilsen/JBN", ["JBN"]),
        ("Hej Bo\nTak for sidst.\nKh Liv", ["Bo", "Liv"]),
        ("Ring til Per i morgen.", ["Per"]),
        ("| Villads Hjort | 3.b |\n| Aya Rahmani | 3.b |", ["Villads Hjort", "Aya Rahmani"]),
    ],
)  # fmt: skip
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vejen hedder Karen Blixens Vej, og pladsen Hans Knudsens Plads.",
        "Forklar Parkinsons sygdom, Alzheimers og Crohns for nye medarbejdere.",
        "Carl Hansen & Søn og Georg Jensen leverer møbler.",
        "Per 1. januar ændres prisen. Min sag er ny. Hans sag er ny.",
        "Liv og glade dage. Bo selv længst muligt. Sol og storm i maj.",
        "Sankt Hans fejres ved Bagsværd Sø i Gladsaxe Kommune.",
        "SFO, PPR, KL og HR har meldt tilbage. ADHD og KOL.",
        "Mødet er i lokale Astrid på Marielyst Skole.",
        "hans mor siger at per uge er der en dag mere, og maj er kold",
        "Ansøgningen sendes til Udbetaling Danmark senest mandag.",
        "Ingrid Marie er et æble, og Bo-enheden er et hus.",
        "Byen hedder Københav",
        "the secretary said that he was late",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert names(text) == []


def test_a_name_that_is_a_word_is_one_again_where_the_text_has_used_it() -> None:
    assert names("Elev: Liv Brandt. Vi ved, at Liv trives. Liv er glad.") == ["Liv Brandt", "Liv", "Liv"]


def test_a_name_never_reaches_into_an_address_or_a_mail_address() -> None:
    assert names("Erna Brix, Holmevej 3, fatima.elsayed@example.org") == ["Erna Brix"]


def test_spelling_differences_are_folded_away() -> None:
    assert fold("Kjærgaard") == fold("KJÆRGÅRD")
    assert fold("Yıldız") == "yildiz"
    assert fold("A\u030ase") == fold("Aase")


@pytest.mark.parametrize(("listed", "least"), [("given_names", 1800), ("surnames", 900)])
def test_the_lists_are_large_and_hold_each_name_once(listed: str, least: int) -> None:
    rows = [row.lower() for row in read(listed)]
    assert len(rows) >= least
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("unit", ["a", " ", "1", "a-", "Xabco ", "Emil ", "A. ", "emil holm ", "XYQ, ", "/ab\n", "a'"])
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        list(name.find(text))
        return time.process_time() - start

    seconds(1_000)
    small, large = (min(seconds(length) for _ in range(3)) for length in (10_000, 80_000))
    assert large < 24 * max(small, 0.004)
