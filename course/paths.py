"""Where things are: folders, ports and addresses, read from the environment when asked.

It does not create folders, and knows nothing of what is in them.
"""

from __future__ import annotations

import getpass
import os
import re
from pathlib import Path

from course.errors import SettingError

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "modules"
LEARNER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")


def var() -> Path:
    """Folder of everything made on this machine (`KOEREKORT_VAR`, else `var/` in the checkout)."""
    return Path(os.environ.get("KOEREKORT_VAR") or ROOT / "var").resolve()


def site() -> Path:
    """Folder of the built notebooks: the root that Voila serves."""
    return var() / "site"


def nbgrader_course() -> Path:
    """nbgrader's course directory: source, release, submitted, autograded, feedback, gradebook.db."""
    return var() / "nbgrader"


def exchange() -> Path:
    """nbgrader's exchange directory."""
    return var() / "exchange"


def forms() -> Path:
    """Which form of the test each learner gets first; all learners of a server share it."""
    return var() / "forms"


def outbox() -> Path:
    """Hand-ins that the grader has not taken yet, one folder a ticket."""
    return var() / "outbox"


def feedback() -> Path:
    """Feedback for pages to read: `<learner>/<module>.json` and `<module>.status.json`."""
    return var() / "feedback"


def plan() -> Path:
    """The municipality's plan, as it was last written."""
    return var() / "plan"


def run() -> Path:
    """Tokens and process ids; private to the user."""
    return var() / "run"


def logs() -> Path:
    """Log files of the running parts; they hold no prompts."""
    return var() / "logs"


def theme() -> Path:
    """Fetched parts of the look (DKFDS); a Jupyter data path."""
    return var() / "theme"


def model_token() -> Path:
    """File with the model service's bearer token."""
    return run() / "model.token"


def pages_port() -> int:
    """Port of the pages (`KOEREKORT_PAGES_PORT`, else 8866)."""
    return _port("KOEREKORT_PAGES_PORT", 8866)


def model_port() -> int:
    """Port of the model service (`SANDBOX_MODEL_PORT`, else 8870)."""
    return _port("SANDBOX_MODEL_PORT", 8870)


def lab_port() -> int:
    """Port of JupyterLab (`KOEREKORT_LAB_PORT`, else 8888)."""
    return _port("KOEREKORT_LAB_PORT", 8888)


def model_url() -> str:
    """Base address of the model service, OpenAI style (`SANDBOX_MODEL_URL`, else loopback)."""
    return os.environ.get("SANDBOX_MODEL_URL") or f"http://127.0.0.1:{model_port()}/v1"


def labs_only() -> bool:
    """Whether these pages show the labs alone, for many visitors (`KOEREKORT_LABS_ONLY=1`)."""
    return os.environ.get("KOEREKORT_LABS_ONLY") == "1"


def learner_id() -> str:
    """The learner's id in the gradebook: JupyterHub's user, else `KOEREKORT_LEARNER`, else the system's user.

    Raises:
        SettingError: the id could not be used as a file name in nbgrader's exchange.
    """
    value = os.environ.get("JUPYTERHUB_USER") or os.environ.get("KOEREKORT_LEARNER") or getpass.getuser()
    if not LEARNER_ID.fullmatch(value):
        raise SettingError(
            f"The learner id {value!r} cannot be used: it may hold letters, digits and . _ @ - only, "
            "64 characters at most. Set KOEREKORT_LEARNER to another id."
        )
    return value


def _port(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise SettingError(f"{name} is {value!r}, which is not a port. Give a number from 1 to 65535.")
    return int(value)
