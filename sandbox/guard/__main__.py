"""python -m sandbox.guard < in.jsonl > out.jsonl: a line `{"id", "text"}` in, a line with the verdict out.

A broken line gets a line out with an error that names the line's number, and the others go on; the exit code is then 1.
It knows nothing of the model service.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from course.errors import CourseError
from sandbox.guard import Policy, check, load_policy
from sandbox.guard.policy import DEFAULT


def answers(lines: Iterable[bytes], policy: Policy) -> Iterator[dict[str, Any]]:
    """Yield one answer for each line that is not empty: the verdict, or an `error` that names the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(line, number, policy)


def _answer(line: bytes, number: int, policy: Policy) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        return _refusal(None, number, f"is not JSON in UTF-8 ({_first_line(fault)})")
    if not isinstance(data, dict) or not isinstance(data.get("id"), str | int):
        return _refusal(None, number, 'must be an object with an "id" (a text or a whole number) and a "text"')
    if not isinstance(data.get("text"), str):
        return _refusal(data["id"], number, f'has no "text" that is a text, but {type(data.get("text")).__name__}')
    result = check(data["text"], policy)
    findings = [finding.as_dict() for finding in result.findings]
    return {"id": data["id"], "verdict": result.verdict, "findings": findings, "masked": result.masked}


def _refusal(line_id: str | int | None, number: int, what: str) -> dict[str, Any]:
    return {"id": line_id, "error": f"Line {number} {what}. Mend the line and send it again."}


def _first_line(fault: Exception) -> str:
    """Return what is wrong, without the text itself: an error may be logged."""
    if isinstance(fault, json.JSONDecodeError):
        return f"{fault.msg} at character {fault.pos + 1}"
    return type(fault).__name__


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when every line was read, 1 when some were broken, 2 when the policy cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.guard", description=__doc__)
    parser.add_argument("--policy", type=Path, default=DEFAULT, help="a policy file in place of the usual one")
    options = parser.parse_args(arguments)
    try:
        policy = load_policy(options.policy)
    except CourseError as fault:
        print(fault, file=sys.stderr)
        return 2
    broken = False
    for answer in answers(sys.stdin.buffer, policy):
        broken |= "error" in answer
        print(json.dumps(answer), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
