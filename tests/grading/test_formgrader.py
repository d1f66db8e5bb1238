"""Formgrader in a real JupyterLab: text, rubric and points are shown, points survive, no other host is asked."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-for-this-test"
LOADED = re.compile(r"""<(?:script|img|iframe|source)[^>]+src="([^"]+)"|<link[^>]+href="([^"]+)\"""")
ELSEWHERE = re.compile(r"""(?:url\(|@import\s+)["']?(?:https?:)?//""")
TEXT = "Jeg tjekker <b>datoerne</b> i referatet."


@pytest.fixture
def browser(room: Any, tmp_path: Path) -> Iterator[httpx.Client]:
    """A client that has logged in to JupyterLab on the course, which holds one hand-in."""
    room.hand_in("anna", room.model_answers | {"sample-r1": {"text": TEXT, "self": ["r1"], "shown": True}})
    room.grader.take_all()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"HOME": str(tmp_path), "JUPYTER_TOKEN": TOKEN, "KOEREKORT_LAB_PORT": str(port), "PYTHONPATH": str(ROOT)}
    with (tmp_path / "lab.log").open("w") as log:
        lab = subprocess.Popen(
            [sys.executable, "-m", "grading", "lab"],
            cwd=ROOT,
            env=os.environ | own,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=30) as client:
                wait_for_server(client, lab)
                client.get("/login", params={"token": TOKEN}).raise_for_status()
                yield client
        finally:
            lab.terminate()
            lab.wait(30)
    assert "Extension Manager is 'readonly'" in (tmp_path / "lab.log").read_text()


def wait_for_server(client: httpx.Client, lab: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert lab.poll() is None, "JupyterLab did not start"
        try:
            client.get("/api")
            return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail("JupyterLab did not answer")


def assert_own_host(client: httpx.Client, page: str) -> None:
    """Fail when a page, or a style sheet that it loads, asks another host for anything."""
    loaded = [script or link for script, link in LOADED.findall(page)]
    assert loaded
    for address in loaded:
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
        if address.endswith(".css"):
            assert not ELSEWHERE.search(client.get(address).raise_for_status().text), address
    assert "cdnjs" not in page
    assert not ELSEWHERE.search(page)


@pytest.mark.slow
def test_a_person_reads_and_gives_points(room: Any, browser: httpx.Client) -> None:
    for path in ("manage_assignments", "gradebook", "gradebook/sample", "gradebook/sample/sample", "manage_students"):
        assert_own_host(browser, browser.get(f"/formgrader/{path}").raise_for_status().text)
    (notebook,) = browser.get("/formgrader/api/submitted_notebooks/sample/sample").json()
    assert (notebook["score"], notebook["max_score"], notebook["max_task_score"]) == (6.0, 9.0, 3.0)
    assert notebook["needs_manual_grade"]

    page = browser.get(f"/formgrader/submissions/{notebook['id']}/").raise_for_status().text
    assert_own_host(browser, page)
    assert "Jeg tjekker &lt;b&gt;datoerne&lt;/b&gt; i referatet." in page
    assert "Siger hvordan det tjekkes" in page
    assert '<input class="score tabbable" id="sample-r1"' in page
    assert "/ 3.0" in page

    grades = browser.get("/formgrader/api/grades", params={"submission_id": notebook["id"]}).json()
    grade = next(grade for grade in grades if grade["name"] == "sample-r1")
    headers = {"X-XSRFToken": browser.cookies["_xsrf"]}
    given = {**grade, "manual_score": 2.5}
    browser.put(f"/formgrader/api/grade/{grade['id']}", json=given, headers=headers).raise_for_status()
    again = browser.post("/formgrader/api/submission/sample/anna/autograde", headers=headers).raise_for_status().json()
    assert again["success"], again
    assert room.grades("anna")["sample-r1"] == (None, 2.5, False)
    assert room.grades("anna")["sample-g1"] == (1.0, None, False)

    room.hand_in("anna", room.model_answers | {"sample-r1": {"text": "Noget nyt.", "self": [], "shown": True}})
    room.grader.take_all()
    assert room.grades("anna")["sample-r1"] == (None, 2.5, True)
    page = browser.get(f"/formgrader/submissions/{notebook['id']}/").raise_for_status().text
    assert "Noget nyt." in page
