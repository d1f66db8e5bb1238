"""Starts `python -m sandbox.pages` on a free port, with a `var` of its own: the pages without model and grader."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from course import paths
from sandbox.theme.fetch import DKFDS, dkfds_folder, fetch

SAMPLE = Path(__file__).parents[1] / "data" / "pages"
STOP_SECONDS = 30
ANSWERS_MARK = "2026-11-22T09:30:00Z"  # stands in the sample's answers.json and nowhere else
# in the environment of the sample's server, and never to be seen by a kernel
SECRETS = {"JUPYTER_TOKEN": "secret-jupyter", "OPENAI_API_KEY": "secret-openai", "SOME_PASSWORD": "secret-password"}


@dataclass(frozen=True)
class Served:
    """A running server: the address it printed (with the token), its root, token, site, `var` and process id."""

    address: str
    root: str
    token: str
    site: Path
    var: Path
    pid: int


StartPages = Callable[..., Served]


@contextmanager
def pages_servers(new_folder: Callable[[str], Path]) -> Iterator[StartPages]:
    """Yield what starts a server on a site, with options and further environment; all are stopped at the end."""
    fetch(DKFDS, dkfds_folder(), print)
    started: list[subprocess.Popen[str]] = []

    def start(site: Path = SAMPLE, *options: str, var: Path | None = None, **environment: str) -> Served:
        var = var or new_folder("var")
        if not (var / "theme").exists():
            (var / "theme").symlink_to(paths.theme(), target_is_directory=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.pages", "--port", "0", "--site", str(site), *options],
            env=os.environ | {"KOEREKORT_VAR": str(var)} | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert "/login?token=" in address, "the pages did not start"
        root, token = address.split("/login?token=")
        return Served(address, root, token, site, var, process.pid)

    try:
        yield start
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=STOP_SECONDS)
            if process.stdout:
                process.stdout.close()


def sample_site(folder: Path) -> Path:
    """Return a copy of the sample site in which a learner has answered: `answers.json` lies beside the module."""
    site = Path(shutil.copytree(SAMPLE, folder / "site"))
    (site / "sample" / "answers.json").write_text(
        f'{{"schema": 1, "saved": "{ANSWERS_MARK}", "answers": {{}}}}', "utf-8"
    )
    return site


def page(client: httpx.Client, path: str) -> str:
    """Return a page's HTML."""
    answer = client.get(f"/voila/render/{path}")
    assert answer.status_code == 200
    return answer.text
