"""JupyterLab with formgrader on this course, for instructors and authors; it asks no other host for anything.

    python -m grading lab       `make lab` does, and prints the address

It does not know what instructors do there.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from course import paths
from course.errors import SettingError

OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


def lab() -> None:
    """Become JupyterLab. The token is `JUPYTER_TOKEN`; without one a new one is made and the address printed.

    Raises:
        SettingError: there is no course to grade yet.
    """
    course = paths.nbgrader_course()
    if not (course / "nbgrader_config.py").is_file():
        raise SettingError(f"There is no course in {course} to grade yet: run `make setup` first.")
    port = paths.lab_port()
    if not os.environ.get("JUPYTER_TOKEN"):
        os.environ["JUPYTER_TOKEN"] = secrets.token_urlsafe(24)  # no argument: others on the machine can read those
        print(f"http://127.0.0.1:{port}/login?token={os.environ['JUPYTER_TOKEN']}", flush=True)
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    os.chdir(course)  # formgrader looks for nbgrader_config.py here
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *arguments(course, port)])


def arguments(course: Path, port: int) -> list[str]:
    """Return JupyterLab's arguments; its root is the checkout where that holds the course, else the course."""
    root = paths.ROOT if course.is_relative_to(paths.ROOT) else course
    as_root = ["--allow-root"] if os.geteuid() == 0 else []  # containers
    return [
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        *OFFLINE,
        *as_root,
    ]
