"""Where a model's files lie on this machine, and the stamps that say they were checked.

A stamp records size, time and sha256 of a file that was verified once, so that later starts only look.
It fetches and changes no model file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import platformdirs
from filelock import FileLock, Timeout

from sandbox.errors import ModelFileError, NotPreparedError
from sandbox.models.entry import Entry
from sandbox.models.sources import File, Folder

SCHEMA = 1
BLOCK = 1 << 20
WEIGHTS = "model.gguf"
SNAPSHOT = "snapshot"
CONVERTED = "transformers-bf16"
WEIGHTS_PART, CONVERSION_PART = "weights", "transformers"


def models_dir() -> Path:
    """Folder of prepared models (`KOEREKORT_MODELS`, else `koerekort/models` in the user's cache folder)."""
    return Path(os.environ.get("KOEREKORT_MODELS") or Path(platformdirs.user_cache_dir("koerekort")) / "models")


def home(entry: Entry) -> Path:
    """The model's own folder in the cache."""
    return models_dir() / entry.id


def weights(entry: Entry) -> Path:
    """Where the model's weights are or will be: a GGUF file, or a folder in snapshot layout."""
    if isinstance(entry.source, File | Folder):
        return entry.source.path
    return home(entry) / (SNAPSHOT if entry.snapshot else WEIGHTS)


def converted(entry: Entry) -> Path:
    """Where the folder that the transformers engine reads is or will be."""
    return weights(entry) if entry.snapshot else home(entry) / CONVERTED


def is_prepared(entry: Entry, engine: str = "llamacpp") -> bool:
    """True when the files that `engine` reads are there and match their stamp (looks only, hashes nothing)."""
    if entry.remote:
        return True
    place = weights(entry)
    stamp = read_stamp(stamp_path(entry, place))
    if not matches(place, stamp, entry.files if entry.snapshot else _sum(place, entry.sha256)):
        return False
    if engine != "transformers" or entry.snapshot:
        return True
    made = read_stamp(stamp_path(entry, converted(entry)))
    return matches(converted(entry), made, {}) and made.get("made_from") == stamp["files"][place.name]["sha256"]


def prepared(entry: Entry, engine: str = "llamacpp") -> Path:
    """The checked file or folder that `engine` reads.

    Raises:
        NotPreparedError: it is not there, or it is another file than the one that was checked.
    """
    if not is_prepared(entry, engine):
        if is_busy(entry, CONVERSION_PART if engine == "transformers" else WEIGHTS_PART):
            raise NotPreparedError(
                f"The model {entry.id} is being prepared for {engine} right now. Try again in a minute."
            )
        option = " --engine transformers" if engine == "transformers" and not entry.snapshot else ""
        raise NotPreparedError(
            f"The model {entry.id} is not prepared for {engine} on this machine. "
            f"Run: python -m sandbox.models prepare --model {entry.id}{option}"
        )
    return converted(entry) if engine == "transformers" else weights(entry)


def lock(entry: Entry, part: str) -> FileLock:
    """The lock that is held while this part of the model (`WEIGHTS_PART`, `CONVERSION_PART`) is prepared."""
    return FileLock(home(entry) / f".lock-{part}")


def is_busy(entry: Entry, part: str) -> bool:
    """True while another process prepares this part of the model."""
    held = lock(entry, part)
    if not Path(held.lock_file).exists():
        return False
    try:
        with held.acquire(timeout=0):
            return False
    except Timeout:
        return True


def stamp_path(entry: Entry, place: Path) -> Path:
    """The stamp of `place`; it lies in the cache, also for an operator's own files."""
    return home(entry) / f"{place.name if place.parent == home(entry) else 'own'}.stamp.json"


def _sum(place: Path, total: str | None) -> Mapping[str, str]:
    return {place.name: total} if total else {}


def files_of(place: Path) -> dict[str, Path]:
    """The model files at `place` by name: one file, or the files of a folder (no dot-names)."""
    if place.is_dir():
        found = {str(path.relative_to(place)): path for path in sorted(place.rglob("*")) if path.is_file()}
        return {name: path for name, path in found.items() if not any(part[0] == "." for part in Path(name).parts)}
    return {place.name: place} if place.is_file() else {}


def write_stamp(path: Path, place: Path, sums: Mapping[str, str], **more: str) -> None:
    """Record that the files at `place` have the given sha256 sums."""
    seen = {name: {**_look(file), "sha256": sums[name]} for name, file in files_of(place).items()}
    text = json.dumps({"schema": SCHEMA, "place": str(place), "files": seen, **more}, indent=1)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def read_stamp(path: Path) -> dict[str, Any]:
    """The stamp: `files` by name (size, mtime_ns, sha256) and what was recorded with them; empty when unusable."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    usable = isinstance(raw, dict) and raw.get("schema") == SCHEMA and isinstance(raw.get("files"), dict)
    return raw if usable else {}


def matches(place: Path, stamp: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    """True when the files at `place` are the stamped ones by size and time, and the stamped sums are the wanted."""
    seen, files = stamp.get("files"), files_of(place)
    if not seen or set(seen) != set(files):
        return False
    if any(seen.get(name, {}).get("sha256") != total for name, total in wanted.items()):
        return False
    return all(_look(file).items() <= seen[name].items() for name, file in files.items())


def sha256(path: Path, tick: Callable[[int], None] | None = None) -> str:
    """The file's sha256; `tick` is told the number of bytes read since the last call.

    Raises:
        ModelFileError: the file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                if tick:
                    tick(len(block))
    except OSError as error:
        raise ModelFileError(f"{path} cannot be read: {error.strerror}.") from error
    return digest.hexdigest()


def _look(path: Path) -> dict[str, object]:
    state = path.stat()
    return {"size": state.st_size, "mtime_ns": state.st_mtime_ns}
