"""The gateway's settings, and the token that pages show it.

It reads the environment only when asked, and starts nothing.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from course import paths
from sandbox.errors import SandboxError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Settings:
    """How the gateway runs. Times in seconds, sizes in bytes; `waiting` and `each` as in `FairQueue`."""

    host: str = "127.0.0.1"
    port: int = 8870
    engine: str = "auto"
    parallel: int = 8
    threads: int = 0  # 0: all cores, eight at most
    waiting: int = 48
    each: int = 16
    idle: float = 600.0
    silence: float = 120.0
    body: int = 1_000_000


def token() -> str:
    """The bearer token from the run folder, made if there is none (mode 0600).

    Raises:
        SandboxError: the file is empty or cannot be read.
    """
    path = paths.model_token()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _make(path)
    try:
        found = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SandboxError(f"The model service's token in {path} cannot be read: {error}. Remove the file.") from error
    if len(found) < 16:
        raise SandboxError(f"The model service's token in {path} is too short. Remove the file, and a new one is made.")
    path.chmod(0o600)
    return found


def _make(path: Path) -> None:
    """Write a new token unless the file is there; it gets its name only when it is whole."""
    if path.exists():
        return
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    try:
        os.link(partial, path)
    except FileExistsError:
        pass  # another process was first; its token is the one
    finally:
        partial.unlink()
