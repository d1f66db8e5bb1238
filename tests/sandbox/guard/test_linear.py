"""Is the guard's work in proportion to the text, whatever the text is?"""

from collections.abc import Iterator
from time import process_time

import pytest

from sandbox.guard import bank, case, cpr, email, injection, phone, plate, secret
from sandbox.guard.finding import Finding, resolve

RECOGNISERS = (cpr, email, phone, bank, case, plate, secret, injection)
SMALL, LARGE = 100_000, 1_000_000
pytestmark = pytest.mark.slow


def seconds(pattern: str, size: int) -> float:
    text = (pattern * (size // len(pattern) + 1))[:size]
    start = process_time()
    for recogniser in RECOGNISERS:
        for _ in recogniser.find(text):
            pass
    return process_time() - start


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        " ",
        "1",
        "a@a@",
        "1-1-",
        "æ ",
        "([<",
        "a_",
        "1 ",
        "AI: ",
        "### system ",
        "boks 1234 ",
        "1234 567890 ",
        "reg kto ",
        "kode kode ",
    ],
)
def test_ten_times_the_text_takes_about_ten_times_the_work(pattern: str) -> None:
    small = min(seconds(pattern, SMALL) for _ in range(3))
    large = seconds(pattern, LARGE)
    assert large < 40 * (small + 0.01), f"{large / small:.1f} times the work for ten times {pattern!r}"


def test_many_overlapping_findings_are_put_together_in_one_pass() -> None:
    asked = 0

    def rank(finding: Finding) -> int:
        nonlocal asked
        asked += 1
        return finding.kind == "CPR"

    def findings() -> Iterator[Finding]:
        for start in range(0, 100_000, 10):
            yield Finding("CPR", start, start + 11, 0.9, "x")
            yield Finding("INJECTION", start, start + 200, 0.9, "y")

    kept = resolve(findings(), rank)
    assert kept[0].end == 100_001
    assert asked < 20 * 20_000
