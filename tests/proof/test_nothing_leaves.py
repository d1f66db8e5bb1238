"""Nothing leaves: with the network cut away, everything starts and works, and nothing even tries to reach outside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course import paths
from course.lab_pages import load_lab_pages
from course.syllabus import load_syllabus

pytestmark = [pytest.mark.proof, pytest.mark.slow]

SUPPORT = Path(__file__).parents[1] / "support"


def _unshare() -> list[str]:
    """Return the command that begins a network namespace with a loopback alone; skips where that is not allowed."""
    ways = [["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]]
    for way in ways:
        if shutil.which("unshare") and subprocess.run([*way, "true"], capture_output=True).returncode == 0:
            return way
    loud = "This system does not allow network namespaces (unshare --net), so that nothing leaves was not shown here."
    pytest.skip(loud)


@pytest.mark.timeout(1200)
def test_everything_works_with_the_network_cut_away(tmp_path: Path, chromium_path: str) -> None:
    command = [*_unshare(), sys.executable, str(SUPPORT / "offline.py"), str(tmp_path / "var"), chromium_path]
    environment = {**os.environ, "PYTHONPATH": str(SUPPORT)}
    done = subprocess.run(command, env=environment, cwd=paths.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["cut_off"], "the namespace has a way out, so this would prove nothing"
    pages = [page.id for page in load_lab_pages()] + list(load_syllabus().modules)
    assert sorted(seen["pages"]) == sorted([*pages, *(f"en/{page}" for page in pages)])
    assert len(seen["answer"]) > 20
    assert seen["outside"] == [], "the browser asked another host"
    assert seen["asked"] > 100
    assert seen["sockets"] == [], "a process has a socket beyond the loopback"
    assert seen["planted"] == ["https://outside.example/dot.png"], "a request outside would not have been noticed"
