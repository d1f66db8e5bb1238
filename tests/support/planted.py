"""A small module, written to a folder, for tests of the content checks: what a test wants to plant goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from course.checks.content import Content, Folder, read_folder
from course.guide import Guide

TODAY = date(2026, 11, 23)


def module(
    path: Path,
    da: str = "Kort tekst.",
    en: str = "Short text.",
    items: Sequence[Mapping[str, Any]] = (),
    files: Mapping[str, Mapping[str, Any]] | None = None,
) -> Folder:
    """Write a module of one piece and return it; `files` are more YAML files by name."""
    head = {"title": {"da": "Titel", "en": "Title"}, "pieces": [{"id": "first", "minutes": 1}]}
    folder = path / "planted"
    folder.mkdir(exist_ok=True)
    for language, text in (("da", da), ("en", en)):
        (folder / f"lesson.{language}.md").write_text(f"# Start\n\n## Start {{#first}}\n\n{text}\n", "utf-8")
    for name, data in {"module": head, "items": {"items": list(items)}, **(files or {})}.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return read_folder(folder)


def content(*folders: Folder, guides: tuple[Guide, ...] = (), today: date = TODAY) -> Content:
    """Return content of these folders and guides."""
    return Content(folders, guides, today)


def single(options: Sequence[str], key: int, item_id: str = "p1", use: str = "graded") -> dict[str, Any]:
    """Return a single choice with these options, the same in both languages; each has a reason of its own."""
    return {
        "id": item_id,
        "kind": "single",
        "use": use,
        "stem": {"da": "Hvad gør du?", "en": "What do you do?"},
        "options": [
            {"id": f"o{n}", "text": {"da": text, "en": text}, "why": {"da": f"Fordi {n}.", "en": f"Because {n}."}}
            for n, text in enumerate(options)
        ],
        "key": f"o{key}",
    }
