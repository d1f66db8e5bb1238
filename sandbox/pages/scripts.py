"""Which scripts of Voila every page with widgets needs, so that a browser can fetch them while the kernel starts.

Read from Voila's own loader, so it stays true for another version. It does not know what the scripts do.
"""

from __future__ import annotations

import re
from pathlib import Path

from voila.paths import collect_static_paths

LOADER = "voila.js"
PART = re.compile(r"\.e\((\d+)\)")


def needed_scripts() -> list[str]:
    """Return the names of the files under `/voila/static/`, the loader first; empty where Voila is built otherwise."""
    for folder in map(Path, collect_static_paths(["voila", "nbconvert"], "base")):
        if (folder / LOADER).is_file():
            parts = dict.fromkeys(PART.findall((folder / LOADER).read_text("utf-8")))
            names = [f"{part}.{LOADER}" for part in parts]
            return [LOADER, *(name for name in names if (folder / name).is_file())]
    return []
