"""Do the sliders' sums and the search for claims give what they should? The labs' own scripts, in a real Chromium."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from sandbox.labs.base import esm

Run = Callable[[str], Any]

PIECES = 100_000
POWERS = [(rank + 1) ** -1.2 for rank in range(PIECES)]
TRUE = [one / sum(POWERS) for one in POWERS]  # shares that fall off as words do in a language
TOP = [math.log(share) for share in TRUE[:50]]
OFF = {"temperature": 1, "topK": 0, "topP": 1}


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Run]:
    """Run a line of script beside the labs' scripts, and give back its value."""
    page = browser.new_page()
    page.goto("about:blank")

    def script(line: str) -> Any:
        code = esm("distribution", "fabricate").replace("export default", "void")
        return json.loads(page.evaluate(f"(() => {{ {code}\n return JSON.stringify({line}); }})()"))

    yield script
    page.close()


def reshape(run: Run, logprobs: list[float] = TOP, **settings: float) -> tuple[list[float], float]:
    found = run(f"reshape({json.dumps(logprobs)}, {json.dumps(OFF | settings)})")
    return found["shares"], found["rest"]


def test_with_the_sliders_off_the_shares_are_the_models_own(run: Run) -> None:
    shares, rest = reshape(run)
    assert shares == pytest.approx(TRUE[:50])
    assert rest == pytest.approx(sum(TRUE[50:]))


@pytest.mark.parametrize("temperature", [0.1, 0.5, 0.8, 1.3, 2])
def test_temperature_reshapes_the_others_too(run: Run, temperature: float) -> None:
    weights = [share ** (1 / temperature) for share in TRUE]
    shares, rest = reshape(run, temperature=temperature)
    assert sum(shares) + rest == pytest.approx(1)
    assert shares[0] == pytest.approx(weights[0] / sum(weights), rel=0.05)
    assert rest == pytest.approx(sum(weights[50:]) / sum(weights), abs=0.02)


def test_at_temperature_zero_the_likeliest_takes_it_all(run: Run) -> None:
    shares, rest = reshape(run, temperature=0)
    assert (shares[0], sum(shares), rest) == (1, 1, 0)


def test_top_k_leaves_that_many_in_the_same_proportions(run: Run) -> None:
    shares, rest = reshape(run, topK=3)
    assert [share > 0 for share in shares[:4]] == [True, True, True, False]
    assert shares[0] / shares[2] == pytest.approx(TRUE[0] / TRUE[2])
    assert sum(shares) == pytest.approx(1)
    assert rest == 0


def test_top_p_leaves_the_fewest_that_reach_it(run: Run) -> None:
    wanted = sum(TRUE[:4]) - 0.001
    shares, rest = reshape(run, topP=wanted)
    assert [share > 0 for share in shares[:6]] == [True, True, True, True, False, False]
    assert rest == 0
    assert reshape(run, topP=0.01)[0][:2] == [1, 0]


def test_a_top_p_beyond_the_listed_leaves_a_part_of_the_others(run: Run) -> None:
    wanted = sum(TRUE[:500])
    shares, rest = reshape(run, topP=wanted)
    assert shares[0] == pytest.approx(TRUE[0] / wanted)
    assert rest == pytest.approx(sum(TRUE[50:500]) / wanted)
    weights = [share ** (1 / 2) for share in TRUE[:500]]
    assert reshape(run, topP=wanted, temperature=2)[1] == pytest.approx(sum(weights[50:]) / sum(weights), abs=0.02)


@pytest.mark.parametrize(
    "logprobs", [[0.0], [math.log(0.5)] * 2, [math.log(0.999), math.log(0.0005)], [math.log(1 / 60)] * 50]
)
@pytest.mark.parametrize("temperature", [0, 0.1, 1, 2])
def test_odd_distributions_still_add_up_to_one(run: Run, logprobs: list[float], temperature: float) -> None:
    shares, rest = reshape(run, logprobs, temperature=temperature)
    assert all(0 <= share <= 1 for share in [*shares, rest])
    assert sum(shares) + rest == pytest.approx(1)


def test_a_throw_falls_on_each_in_its_share(run: Run) -> None:
    throws = "[0, 0.49, 0.51, 0.79, 0.81, 0.999]"
    assert run(f"{throws}.map((thrown) => fallsOn([0.5, 0.3], thrown))") == [0, 0, 1, 1, -1, -1]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (" 2006 af Dr. Helle Peder Christensen og har", ["2006", "Dr. Helle Peder Christensen"]),
        (" 28. april 2019. Det er", ["28. april 2019"]),
        (" the 30th of September. Please", ["30th of September"]),
        (" den by, som Mogens Jensen fra Københavns Kommune", ["Mogens Jensen", "Københavns Kommune"]),
        (" 1.200 kr. og 12,5 procent.", ["1.200", "12,5"]),
        (" the Danish social worker Jan K. Iversen. He was", ["Danish", "Jan K. Iversen"]),
        (". Det er godt. Vi har set det.", []),
    ],
)
def test_what_could_be_looked_up_is_found(run: Run, text: str, claims: list[str]) -> None:
    assert run(f"findClaims({json.dumps(text)}).found") == claims


def test_marked_claims_make_up_the_text(run: Run) -> None:
    text = " 2006 af Dr. Helle Christensen, 3. maj."
    nodes = f"findClaims({json.dumps(text)}).nodes.map((node) => node.textContent ?? node).join('')"
    assert run(nodes) == text
