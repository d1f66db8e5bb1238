"""Does the guard find what is said of a certain person's health and life, and nothing in what is said in general?"""

import time

import pytest

from sandbox.guard import check, health
from sandbox.guard.finding import Finding


def facts(text: str) -> list[str]:
    return [text[found.start : found.end] for found in check(text).findings if found.kind == "HEALTH"]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Emil Thorborg har ADHD.", "ADHD"),
        ("Mor, Camilla Holm, har haft en depression siden fødslen.", "depression"),
        ("Borgeren bor på Skovvej 12, 2860 Søborg. Hun er i kemoterapi.", "kemoterapi"),
        ("CPR 130531-4567 er sygemeldt med stress.", "sygemeldt"),
        ("ronni slår ham når han drikker", "slår ham"),
        ("Fatima Aksoy modtager kontanthjælp.", "kontanthjælp"),
        ("Jeg har fået kræft.\n\nHilsen Anna", "kræft"),
        ("Mette Holm is pregnant.", "pregnant"),
    ],
)
def test_a_fact_about_a_person_is_found(text: str, fact: str) -> None:
    assert any(fact in found for found in facts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Hvad er ADHD, og hvordan forebygger man stress?",
        "Skriv en pjece om demens til pårørende. Hilsen Anna Holm",
        "5 % af borgerne har diabetes. Kontakt: Anna Holm",
        "Personalet har en politik for misbrug.",
        "Hej Anna\n\nKan du sende vejledningen om førtidspension?",
    ],
)
def test_what_is_general_is_left_alone(text: str) -> None:
    assert facts(text) == []


def test_it_only_warns() -> None:
    text = "Emil Thorborg har epilepsi."
    assert check(text).masked == "[NAVN] har epilepsi."


def test_without_a_person_nothing_is_found() -> None:
    assert list(health.find("Han har fået kræft.", [])) == []


@pytest.mark.parametrize("unit", ["a", " ", "a-", "feber ", "har har ", "x.", "\n"])
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    person = [Finding("NAME", 0, 4, 0.9, "name.given")]

    def seconds(length: int) -> float:
        text = "Emil " + unit * (length // len(unit))
        start = time.process_time()
        list(health.find(text, person))
        return time.process_time() - start

    seconds(1_000)
    assert seconds(80_000) < 24 * max(seconds(10_000), 0.004)


@pytest.mark.parametrize(
    "text",
    [
        "Bo Lund er misbrugskonsulent og vikar for Tina Ravn.",
        "Peter Kjær arbejder i psykiatrien.",
        "Lektor Vibe Bruun forsker i spiseforstyrrelser blandt unge.",
        "Michael Fog underviser i konflikthåndtering og vold.",
        "Lone Vig er ansat i sygedagpengeteamet og har fri fredag.",
        "Handicapkørsel: ny leverandør fra 1. marts. Kontakt Per Nygaard.",
        "Kim Dall passer hendes sager om førtidspension.",
        "Ansøgningsskema til førtidspension ligger hos Hanne Krog i borgerservice.",
        "Karl Erik, jeg mangler tallene for kræft og diabetes til sundhedsprofilen.",
        "I 2026 modtog 412 borgere sygedagpenge. Tallene er trukket af Jens Krogh.",
        "Hvordan skriver jeg til forældre om lus og skoldkopper? Hilsen Charlotte Dahl",
        "Til alle: der er roskildesyge i børnehaven. Hilsen Pernille Dahl",
        "Udvalget drøftede kontanthjælpsloftet. Anders Bo (A) stemte imod.",
        "Samtale med Karen Bruun om misbrug af tankkort.",
    ],
)
def test_work_offices_and_talk_are_no_facts_of_those_who_are_named(text: str) -> None:
    assert [one for one in check(text).findings if one.kind == "HEALTH"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Karen Bruun behandles for depression.",
        "Karen Bruun har søgt om førtidspension.",
        "Karen Bruun fortæller om sin angst.",
        "Karen Bruun er kørestolsbruger efter ulykken.",
        "Karen Bruun bor på krisecenter.",
        "Karen Bruun er hjerteopereret og skal have ny knæprotese.",
        "Underretning om vold mod Karen Bruun.",
    ],
)
def test_facts_with_the_same_words_are_found(text: str) -> None:
    assert [one for one in check(text).findings if one.kind == "HEALTH"]
