"""The model service stays up when the clock jumps: it and its engines run under a wall clock that is set meanwhile.

Pages, launcher and grader are not under it: libfaketime fails in Python's time.sleep, which some of them use.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from product import free_ports

from course import paths

pytestmark = [pytest.mark.proof, pytest.mark.slow, pytest.mark.timeout(600)]

PATIENCE = 120
LIBRARY = "faketime/libfaketimeMT.so.1"
YEARS = {"+0": 0, "+400d": 1, "-400d": -1}


@pytest.fixture(scope="module")
def faketime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Debian's libfaketime: the system's, else out of its package, which is not installed."""
    folder = tmp_path_factory.mktemp("faketime")
    found = sorted(Path("/usr/lib").glob(f"*/{LIBRARY}"))
    if not found and shutil.which("apt-get"):
        subprocess.run(["apt-get", "download", "-qq", "libfaketime"], cwd=folder, capture_output=True)
        for package in folder.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True)
        found = sorted(folder.rglob(LIBRARY))
    if found:
        return found[0]
    loud = "There is no libfaketime (apt install libfaketime), so that a clock may jump was not shown here."
    if os.environ.get("CI"):
        pytest.fail(loud, pytrace=False)
    pytest.skip(loud)


def test_answers_come_whatever_the_clock_says(faketime: Path, tmp_path: Path) -> None:
    """A little over a year ahead, back to before the start, and right again; no engine is taken for hung or dead."""
    clock, port = tmp_path / "clock", free_ports(1)[0]
    clock.write_text("+0")
    ours = os.environ | {"KOEREKORT_VAR": str(tmp_path / "var"), "LD_PRELOAD": str(faketime)}
    ours |= {"FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    ours["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"  # as when the system's clock is set
    command = [sys.executable, "-m", "sandbox.service", "--port", str(port)]
    service = subprocess.Popen(command, env=ours, cwd=paths.ROOT, stdout=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False) as client:
            until_up(client, service)
            client.headers["Authorization"] = f"Bearer {(tmp_path / 'var/run/model.token').read_text().strip()}"
            for to in ("+0", "+400d", "-400d", "+0"):
                clock.write_text(to)
                answer = client.post("/v1/completions", json={"prompt": "Der var engang", "max_tokens": 20})
                assert answer.status_code == 200
                off = answer.json()["created"] - time.time()
                assert round(off / (400 * 24 * 3600)) == YEARS[to], "the service did not see the clock jump"
                time.sleep(6)  # longer than the pause between two looks at an engine
                engine = client.get("/health").json()["engines"][0]
                assert (engine["state"], engine["deaths"]) == ("ready", 0)
    finally:
        service.terminate()
        service.wait(60)


def until_up(client: httpx.Client, service: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if client.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        assert service.poll() is None, "the service ended"
        assert time.monotonic() < deadline, "the service did not get ready"
        time.sleep(0.2)
