"""Measures the search in the guides, and a model's answers with and without sources, on questions.yaml.

    python -m sandbox.service                                 # in another window, or any service at SANDBOX_MODEL_URL
    python -m benchmarks.documents.measure --write            # the search alone: seconds
    python -m benchmarks.documents.measure --model NAME --write   # the model too; writes what the page tells

It knows the lab's own search, frames and sampling, and nothing of how they are shown.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from course.locale import LANGUAGES
from sandbox.client import ModelClient
from sandbox.documents import LEAST, Cutter, Index, load_guides
from sandbox.documents.asking import SAMPLING, sources
from sandbox.labs.documents_data import DATA, load_frames

HERE = Path(__file__).parent
STEPS = {"lower case": (False, False), "stems": (True, False), "compounds": (False, True), "both": (True, True)}
DEPTH = 10


def main() -> None:
    """Print the table; with --write, write the numbers that the page tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="a model of the service; without it only the search is measured")
    parser.add_argument("--every", type=int, default=1, help="ask the model only every so many questions")
    parser.add_argument("--parallel", type=int, default=2, help="questions asked at the same time")
    parser.add_argument("--write", action="store_true", help="write the numbers to the lab's data")
    chosen = parser.parse_args()
    questions = yaml.safe_load((HERE / "questions.yaml").read_text("utf-8"))
    found: dict[str, Any] = {"schema": 1, "measured": datetime.date.today().isoformat(), "model": chosen.model or ""}
    for language in LANGUAGES:
        print(*compared(questions, language), sep="\n")
        found[language] = searched(questions, language)
        if chosen.model:
            found[language] |= answered(
                questions["questions"][:: chosen.every], language, chosen.model, chosen.parallel
            )
        print(language, found[language], flush=True)
    if chosen.write:
        head = "# Written by `python -m benchmarks.documents.measure --model NAME --write`; not edited by hand.\n"
        text = yaml.safe_dump(found, sort_keys=False, allow_unicode=True)
        (DATA / "measured.yaml").write_text(head + text, "utf-8")


def index(language: str, *steps: bool) -> Index:
    """Return the guides' index in a language; `steps`: with stems, with compounds (the lab's own if not given)."""
    return Index([one for guide in load_guides(language) for one in guide.passages], Cutter(language, *steps))


def compared(questions: dict[str, Any], language: str) -> Iterator[str]:
    """Yield a line for each way of cutting words: how often the right passage is first, or among three or ten."""
    for name, steps in STEPS.items():
        made = index(language, *steps)
        ranks = [rank(made, one, language) for one in questions["questions"]]
        shares = [f"{sum(place <= top for place in ranks) / len(ranks):.2f}" for top in (1, 3, DEPTH)]
        yield f"{language} | {name:10} | " + " | ".join(shares)


def rank(made: Index, one: dict[str, Any], language: str) -> int:
    """Return the right passage's place in the result, from 1; a number above DEPTH if it is not there."""
    keys = [found.passage.key for found in made.search(one["ask"][language], DEPTH)]
    return keys.index(one["passage"]) + 1 if one["passage"] in keys else DEPTH + 1


def searched(questions: dict[str, Any], language: str) -> dict[str, int]:
    """Return what the lab's own search does: the right passage first and among three, and what it lets through."""
    made = index(language)
    ranks = [rank(made, one, language) for one in questions["questions"]]
    refused = [not is_sourced(made, one[language]) for one in questions["without"]]
    kept = [is_sourced(made, one["ask"][language]) for one in questions["questions"]]
    return {
        "questions": len(ranks),
        "first": sum(place == 1 for place in ranks),
        "among_three": sum(place <= 3 for place in ranks),
        "kept": sum(kept),
        "unanswerable": len(refused),
        "refused": sum(refused),
    }


def is_sourced(made: Index, question: str) -> bool:
    """Return whether a passage counts as a source for the question."""
    return any(found.score >= LEAST for found in made.search(question, 1))


def answered(questions: list[dict[str, Any]], language: str, model: str, parallel: int) -> dict[str, int]:
    """Return how many questions were asked, and how many answers hold a right word, with and without sources."""
    client, frames, made = ModelClient(timeout=900), load_frames(), index(language)

    def ask(one: dict[str, Any]) -> tuple[bool, bool]:
        question = one["ask"][language]
        texts = sources(made.search(question), frames.source[language])
        sourced = frames.sourced[language].replace("{question}", question).replace("{sources}", texts)
        results = [
            "".join(delta.text for delta in client.complete(prompt, model=model, **SAMPLING))
            for prompt in (sourced, frames.bare[language].replace("{question}", question))
        ]
        right = [any(word.lower() in text.lower() for word in one["right"][language]) for text in results]
        print(f"{one['id']}: {right[0]:d}{results[0]}  /  {right[1]:d}{results[1]}", flush=True)
        return right[0], right[1]

    with ThreadPoolExecutor(parallel) as pool:
        outcomes = list(pool.map(ask, questions))
    counts = {"with_sources": sum(one for one, _ in outcomes), "without_sources": sum(one for _, one in outcomes)}
    return {"asked": len(outcomes), **counts}


if __name__ == "__main__":
    main()
