"""What is checked by rule in an answer: numbers that the source lacks, and the sentence most like it."""

from __future__ import annotations

from sandbox.documents import Cutter, Passage
from sandbox.documents.asking import check

SOURCE = Passage("a#b", "A", "2026-01-01", "B", "Plænen slås om søndagen. Fristen er 14 dage, og det koster 2.500 kr.")


def test_a_number_that_the_source_lacks_is_named_and_a_reference_is_no_number() -> None:
    seen = check("Fristen er 15 dage og koster 2.500 kr. [1]", [SOURCE], Cutter("da"))
    assert seen.numbers == ("15", "2.500")
    assert seen.strange == ("15",)


def test_the_sentence_most_like_the_answer_is_named() -> None:
    assert check("Der er en frist på 14 dage.", [SOURCE], Cutter("da")).sentence.startswith("Fristen")
    assert check("Noget helt andet.", [SOURCE], Cutter("da")).sentence.startswith("Plænen")
