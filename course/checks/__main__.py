"""python -m course.checks: every check on the content; a line for each fault, and exit code 2 where there is one.

It does not know what the checks look for.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date

from course.checks import (
    citations,
    dates,
    guessing,
    languages,
    minutes,
    personal,
    pictures,
    reading,
    reasons,
    spelling,
    translations,
    traps,
)
from course.checks.content import Content, read_content
from course.checks.fault import Check
from course.errors import CourseError

CHECKS: tuple[Check, ...] = tuple(
    part.CHECK
    for part in (
        languages,
        translations,
        dates,
        citations,
        traps,
        reasons,
        guessing,
        personal,
        spelling,
        reading,
        pictures,
        minutes,
    )
)
FAILED = 2


def run(content: Content, checks: tuple[Check, ...], report: bool = False) -> int:
    """Print what each check finds; return the number of faults, warnings not counted."""
    failed = 0
    for check in checks:
        found = list(check.faults(content))
        wrong = sum(not fault.warning for fault in found)
        failed += wrong
        print(f"{check.name}: {check.question} {_verdict(wrong, len(found))}")
        for fault in found:
            print(f"  {fault}")
        if report and (measured := check.report(content)):
            print("\n".join(f"    {line}" for line in measured.splitlines()))
    return failed


def _verdict(wrong: int, found: int) -> str:
    if wrong:
        return f"{wrong} fault{'s' if wrong > 1 else ''}"
    return "ok, with a warning" if found else "ok"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 where all is well, 2 where there is a fault."""
    options = _parser().parse_args(arguments)
    try:
        if options.translated:
            return _record(options.today, options.translated)
        checks = tuple(check for check in CHECKS if not options.check or check.name in options.check)
        failed = run(read_content(options.today, tuple(options.module)), checks, options.report)
    except CourseError as fault:
        print(fault, file=sys.stderr)
        return FAILED
    return FAILED if failed else 0


def _record(today: date, names: list[str]) -> int:
    for text in translations.record(read_content(today, tuple(names))):
        print(f"recorded {text}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m course.checks", description="Check the content like code.")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="the date, as 2027-05-22")
    parser.add_argument("--report", action="store_true", help="print what was measured, too")
    parser.add_argument("--check", action="append", choices=[check.name for check in CHECKS], help="this one only")
    parser.add_argument(
        "--module", action="append", default=[], help="only this folder of modules/, finished or not, or 'guides'"
    )
    parser.add_argument(
        "--translated",
        action="append",
        metavar="MODULE",
        help="record that the English of a module, of 'forms' or of 'guides' was checked against the Danish",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
