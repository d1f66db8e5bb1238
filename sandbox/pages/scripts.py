"""Which scripts of Voila and of its widget extensions a page with widgets runs, and most of them as one file.

A webpack program takes what stands in its global list of chunks before it starts as loaded; so the chunks of all four
programs can come in one script, and a browser asks once where it would ask seventy times. A chunk that is left out,
in this version or another, is fetched by the program itself as before. The names are read from the programs, so it
stays true for another version. It does not know what the scripts do, nor how they are sent.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jupyter_core.paths import jupyter_path
from voila.paths import collect_static_paths

LOADER = "voila.js"
PART = re.compile(r"\.e\((\d+)\)")
# Extensions, each with the chunks that a page of ours has been seen to run (the others are for what we do not use)
EXTENSIONS = {
    "@voila-dashboards/widgets-manager8": ("883", "496"),
    "@jupyter-widgets/jupyterlab-manager": ("7", "704", "170", "84", "32", "452", "967", "160"),
    "anywidget": ("2", "528"),
}


@dataclass(frozen=True)
class Bundle:
    """The chunks as one script; `name` changes when they do."""

    name: str
    content: bytes


@lru_cache(maxsize=1)
def bundle() -> Bundle:
    """Return the chunks of Voila and of the extensions in one script; it starts nothing by itself."""
    # each file is a statement of its own, whatever it ends with
    content = b"\n;\n".join(_without_map(file.read_bytes()) for file in [*_voila_chunks(), *_extension_chunks()])
    return Bundle(f"chunks.{hashlib.sha256(content).hexdigest()[:16]}.js", content)


def entries() -> list[str]:
    """Return the paths, under `/voila/labextensions/`, of the scripts that the extensions start with."""
    found = []
    for name in EXTENSIONS:
        package = extension_file(f"{name}/package.json")
        if package:
            load = json.loads(package.read_text("utf-8")).get("jupyterlab", {}).get("_build", {}).get("load")
            found += [f"{name}/{load.removeprefix('./')}"] if load else []
    return found


def voila_file(name: str) -> Path | None:
    """Return the file that Voila serves as `/voila/static/<name>`, if there is one."""
    return next((file for folder in _voila_folders() if (file := folder / name).is_file()), None)


def extension_file(path: str) -> Path | None:
    """Return a file of an extension by its path under `/voila/labextensions/`, if there is one."""
    folders = jupyter_path("labextensions") + [f"{folder}/labextensions" for folder in jupyter_path("voila")]
    return next((file for folder in folders if (file := Path(folder) / path).is_file()), None)


def _voila_folders() -> list[Path]:
    return [Path(folder) for folder in collect_static_paths(["voila", "nbconvert"], "base")]


def _voila_chunks() -> Iterator[Path]:
    loader = voila_file(LOADER)
    for part in dict.fromkeys(PART.findall(loader.read_text("utf-8")) if loader else []):
        file = voila_file(f"{part}.{LOADER}")
        if file:
            yield file


def _extension_chunks() -> Iterator[Path]:
    for name, chunks in EXTENSIONS.items():
        package = extension_file(f"{name}/package.json")
        for chunk in chunks if package else ():
            yield from sorted((package.parent / "static").glob(f"{chunk}.*.js"))  # type: ignore[union-attr]


def _without_map(script: bytes) -> bytes:
    return re.sub(rb"\n//# sourceMappingURL=\S+\s*$", b"", script)
