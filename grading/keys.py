"""The items with their keys, on the instructor's side: read again only when the file, or a form of the test, changed.

It does not know answers.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from course.items import Item, load_items


def load_keys(modules: Path, module: str) -> dict[str, Item]:
    """Return a module's items by id; raises ContentError. YAML of a whole module takes a good part of a second."""
    file = modules / module / "items.yaml"
    return dict(_load(file, tuple(map(_state_of, [file, *sorted((modules / "forms").glob("*.yaml"))]))))


def _state_of(file: Path) -> tuple[int, int, int] | None:
    state = file.stat() if file.is_file() else None
    return state and (state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=32)
def _load(file: Path, _states: tuple[tuple[int, int, int] | None, ...]) -> dict[str, Item]:
    return load_items(file)
