"""Does `python -m sandbox.guard` answer each line, and go on after a broken one?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course import paths


def run(lines: bytes, *arguments: str) -> tuple[list[dict[str, Any]], int, str]:
    command = [sys.executable, "-m", "sandbox.guard", *arguments]
    done = subprocess.run(command, input=lines, capture_output=True, cwd=paths.ROOT, timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, done.stderr.decode()


def test_a_line_in_gives_a_line_out() -> None:
    texts = ["Hej", "Ring 28 12 34 56", "cpr 130531-4567 æøå 😀"]
    lines = "\n".join(json.dumps({"id": f"n{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(texts))
    out, code, errors = run(lines.encode())
    assert (code, errors) == (0, "")
    assert [(line["id"], line["verdict"]) for line in out] == [("n0", "allow"), ("n1", "mask"), ("n2", "block")]
    assert out[2]["masked"] == "cpr [CPR] æøå 😀"
    assert out[1]["findings"] == [{"kind": "PHONE", "start": 5, "end": 16, "score": 0.9, "why": "phone.word"}]


BROKEN = [
    b"not json",
    b'{"id": "a"}',
    b'{"text": "x"}',
    b'{"id": "a", "text": 5}',
    b'{"id": [], "text": "x"}',
    b"[]",
    b'"x"',
    b'{"id": "a", "text": "\xff"}',
    b'{"id": "a", "text": "x"',
    b"[" * 100_000,
    b"\xef\xbb\xbf{",
]


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_is_named_and_the_others_go_on(broken: bytes) -> None:
    good = b'{"id": 1, "text": "a@example.dk"}'
    out, code, errors = run(b"\n".join([good, b"", broken, good, b""]))
    assert (code, errors) == (1, "")
    assert [line.get("verdict") for line in out] == ["mask", None, "mask"]
    assert out[1]["error"].startswith("Line 3 ")


def test_an_error_does_not_repeat_the_text() -> None:
    out, _, _ = run(b'{"id": "a", "text": 130531-4567}')
    assert "4567" not in out[0]["error"]


def test_a_lone_surrogate_survives() -> None:
    out, code, _ = run(rb'{"id": "a", "text": "\ud800 a@example.dk"}')
    assert (code, out[0]["masked"]) == (0, "\ud800 [E-MAIL]")


def test_another_policy_can_be_named(tmp_path: Path) -> None:
    usual = (paths.ROOT / "sandbox/guard/policy.yaml").read_text("utf-8")
    (tmp_path / "mine.yaml").write_text(usual.replace("block", "mask"), "utf-8")
    out, _, _ = run(b'{"id": "a", "text": "130531-4567"}', "--policy", str(tmp_path / "mine.yaml"))
    assert out[0]["verdict"] == "mask"


def test_a_policy_that_is_missing_stops_with_a_sentence(tmp_path: Path) -> None:
    out, code, errors = run(b"", "--policy", str(tmp_path / "gone.yaml"))
    assert (out, code) == ([], 2)
    assert "gone.yaml" in errors
    assert "Traceback" not in errors
