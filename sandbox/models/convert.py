"""Unpacks a GGUF file once into the folder that the transformers engine reads.

The work is done by a child process (`sandbox.engines.transformers`), so this one needs no torch.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from sandbox.errors import ModelFileError
from sandbox.models import places
from sandbox.models.entry import Entry
from sandbox.models.prepare import MB, check_room, prepare, working
from sandbox.models.progress import Progress, Step

SECONDS_PER_MB = 0.32  # of GGUF, on two cores; seen with Gemma 3 270M


def convert(entry: Entry, progress: Progress) -> Path | None:
    """Make the model ready for the transformers engine; its folder, or None for an address.

    Raises:
        ModelFileError: the weights cannot be prepared, torch is missing, or there is no room.
    """
    weights = prepare(entry, progress)
    if weights is None or places.is_prepared(entry, "transformers"):
        return None if weights is None else places.converted(entry)
    place = places.converted(entry)
    with working(entry, places.CONVERSION_PART, progress) as folder:
        if places.is_prepared(entry, "transformers"):
            return place
        check_room(entry, folder, 3 * entry.size_mb * MB)
        partial = folder / f"{place.name}.{os.getpid()}.{places.CONVERSION_PART}.partial"
        with progress.seconds(f"Unpacking {entry.id} for transformers", SECONDS_PER_MB * entry.size_mb) as step:
            _run(weights, partial, entry, step)
        sums = {name: places.sha256(path) for name, path in places.files_of(partial).items()}
        if place.exists():
            shutil.rmtree(place)
        os.replace(partial, place)
        origin = places.read_stamp(places.stamp_path(entry, weights))["files"][weights.name]["sha256"]
        places.write_stamp(places.stamp_path(entry, place), place, sums, made_from=origin)
    return place


def _run(weights: Path, out: Path, entry: Entry, step: Step) -> None:
    command = [sys.executable, "-m", "sandbox.engines.transformers", "convert", str(weights), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE) as child:
        ticking = threading.Thread(target=_tick, args=(child, step), daemon=True)
        ticking.start()
        try:
            said, errors = child.communicate()
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise ModelFileError(f"{entry.id} could not be unpacked for transformers: {_sentence(said, errors)}")


def _tick(child: subprocess.Popen[bytes], step: Step) -> None:
    begun = time.monotonic()
    while child.poll() is None:
        step.reach(time.monotonic() - begun)
        time.sleep(0.5)


def _sentence(said: bytes, errors: bytes) -> str:
    for line in reversed(said.decode(errors="replace").splitlines()):
        if line.startswith("{"):
            return str(json.loads(line).get("error", ""))
    last = errors.decode(errors="replace").strip().splitlines()
    return f"{last[-1] if last else 'it stopped without a word'}."
