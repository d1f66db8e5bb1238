"""Who may open the pages: whoever holds the token in `var/run/pages.token`. It does not know the server.

The address that is given out goes through `/login`, which puts the token in a cookie and sends the browser on, so
that no page, no kernel and no bookmark ever holds it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path
from urllib.parse import quote

from course import paths
from course.errors import SettingError

HOME = "index.ipynb"
TOKEN = re.compile(r"[A-Za-z0-9_-]{32,}")


def token_file() -> Path:
    """File with the pages' token, readable by its owner alone."""
    return paths.run() / "pages.token"


def pages_token() -> str:
    """Return the pages' token; make it if there is none.

    Raises:
        SettingError: the file holds something else.
    """
    file = token_file()
    private_folder(file.parent)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(32))
    except FileExistsError:
        file.chmod(0o600)
    token = file.read_text("ascii", errors="replace").strip()
    if not TOKEN.fullmatch(token):
        raise SettingError(f"{file} does not hold a token. Delete the file; a new token is made at the next start.")
    return token


def address(port: int, token: str, page: str = "") -> str:
    """Return the address to give a person: it logs the browser in and ends at `page` (a path in the site), or home."""
    onward = f"&next={quote(f'/voila/render/{page}')}" if page else ""
    return f"http://127.0.0.1:{port}/login?token={token}{onward}"


def cookie_secret(token: str) -> bytes:
    """Return what signs the login cookie: the same after a restart, another when the token changes."""
    return hmac.new(token.encode(), b"koerekort pages cookie", hashlib.sha256).digest()


def private_folder(folder: Path) -> None:
    """Make `folder`, for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
