"""Measures a guard: python benchmarks/guard/score.py [--set texts|heldout] [--guard ours|regex|presidio] [--misses]

It does not know how a guard works, nor the rule by which a finding is right (matching.py).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.guard.guards import GUARDS, Guard, NotInstalled
from benchmarks.guard.marked import SETS, Text, load
from benchmarks.guard.matching import Judged, Score, Tally, judge

UNIT = 500  # characters that a time is given for
WARM_UP = 20  # texts read once before the clock starts
AROUND = 30  # characters shown on both sides of a miss
COLUMNS = ("kind", "spans", "found", "false", "recall", "95 %", "precision", "95 %", "F1", "hidden")


@dataclass
class Report:
    """What was measured: the counts, the time, and each text with what the guard got wrong in it."""

    score: Score
    characters: int
    seconds: float
    slowest_ms: float
    judged: list[tuple[Text, Judged]]

    def as_dict(self, guard: str, seed: int) -> dict[str, Any]:
        """Return the report as JSON has it: numbers only, nothing of a text but its id."""
        wrong = {text.id: judged for text, judged in self.judged if judged.missed or judged.wrong}
        return {
            "schema": 1,
            "guard": guard,
            "seed": seed,
            "texts": len(self.judged),
            "characters": self.characters,
            "ms_per_500_characters": self.milliseconds(),
            "slowest_text_ms": self.slowest_ms,
            "kinds": {kind: tally.as_dict() for kind, tally in self.score.kinds.items()},
            "all": self.score.total().as_dict(),
            "verdict": self.score.verdicts.as_dict(),
            "texts_with_faults": {
                name: {
                    "missed": [[span.kind, span.start, span.end] for span in judged.missed],
                    "false": [[found.kind, found.start, found.end] for found in judged.wrong],
                }
                for name, judged in wrong.items()
            },
        }

    def milliseconds(self) -> float:
        """Return milliseconds per 500 characters over the whole set."""
        return self.seconds * 1000 * UNIT / max(1, self.characters)


def measure(guard: Guard, texts: Sequence[Text]) -> Report:
    """Run a guard over texts, and judge and time it."""
    for text in texts[:WARM_UP]:
        guard(text.text)
    score, judged, seconds, slowest = Score(), [], 0.0, 0.0
    for text in texts:
        start = perf_counter()
        findings = guard(text.text)
        spent = perf_counter() - start
        seconds, slowest = seconds + spent, max(slowest, spent)
        judged.append((text, judge(text.spans, findings)))
        score.add(text, judged[-1][1], findings)
    return Report(score, sum(len(text.text) for text in texts), seconds, slowest * 1000, judged)


def table(report: Report) -> str:
    """Return the counts as a table that reads well on a terminal and is Markdown too."""
    tallies = [*report.score.kinds.items(), ("all", report.score.total())]
    rows = [COLUMNS, *(_row(kind, tally) for kind, tally in tallies)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["| " + " | ".join(_cells(row, widths)) + " |" for row in rows]
    rule = "| " + " | ".join(["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cells(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    yield row[0].ljust(widths[0])
    yield from (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))


def _row(kind: str, tally: Tally) -> tuple[str, ...]:
    shares = tally.as_dict()
    counts = (str(tally.spans), str(tally.hit), str(tally.wrong))
    recall = (_number(shares["recall"]), _interval(shares["recall_95"]))
    precision = (_number(shares["precision"]), _interval(shares["precision_95"]))
    return kind, *counts, *recall, *precision, _number(shares["f1"]), _number(shares["hidden_share"])


def _number(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _interval(ends: tuple[float, float] | None) -> str:
    return "-" if ends is None else f"{ends[0]:.3f}-{ends[1]:.3f}"


def summary(report: Report) -> str:
    """Return the lines under the table: the verdict per text, and the time."""
    verdicts = report.score.verdicts
    shares = verdicts.as_dict()
    return (
        f"Verdict right for {_number(shares['accuracy'])} ({_interval(shares['accuracy_95'])}) of the texts: "
        f"{verdicts.with_data_seen} of {verdicts.with_data} with something to find, "
        f"{verdicts.clean_seen} of {verdicts.clean} with nothing to find.\n"
        f"{report.milliseconds():.2f} ms per {UNIT} characters; the slowest text took {report.slowest_ms:.1f} ms."
    )


def faults(report: Report) -> Iterator[str]:
    """Yield a line for each miss and each false finding, with the text around it."""
    for text, judged in report.judged:
        for span in judged.missed:
            yield f"{text.id}: missed {span.kind}: {_shown(text.text, span.start, span.end)}"
        for found in judged.wrong:
            yield f"{text.id}: false {found.kind}: {_shown(text.text, found.start, found.end)}"


def _shown(text: str, start: int, end: int) -> str:
    parts = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    return "{}[{}]{}".format(*(" ".join(part.split(" ")).replace("\n", " / ") for part in parts))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when the guard was measured, 2 when it is not installed or the set cannot be read."""
    parser = argparse.ArgumentParser(prog="score.py", description="Measures a guard on the benchmark set.")
    parser.add_argument("--guard", choices=sorted(GUARDS), default="ours", help="which guard (ours)")
    parser.add_argument("--set", choices=SETS, default="texts", help="which of the two sets (texts)")
    parser.add_argument("--texts", type=Path, help="a file of your own in the same form, in place of a set")
    parser.add_argument("--seed", type=int, default=1, help="other made-up numbers in the same texts (1)")
    parser.add_argument("--json", type=Path, help="write the report to this file too")
    parser.add_argument("--misses", action="store_true", help="show every miss and every false finding")
    options = parser.parse_args(arguments)
    try:
        texts, guard = load(options.texts or SETS[options.set], options.seed), GUARDS[options.guard]()
    except (NotInstalled, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 2
    report = measure(guard, texts)
    print(
        f"{options.guard}: {len(texts)} texts, {report.characters} characters",
        table(report),
        summary(report),
        sep="\n\n",
    )
    if options.misses:
        print("", *faults(report), sep="\n")
    if options.json:
        options.json.write_text(json.dumps(report.as_dict(options.guard, options.seed), indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
