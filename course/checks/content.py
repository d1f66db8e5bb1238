"""Reads what the checks look at: the folders of modules/, the guides, today's date. The authors' mappings stay as is.

It is lenient where `course.module` is strict, so that an unfinished module can be checked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from course import paths
from course.errors import ContentError
from course.fields import load_yaml
from course.guide import Guide, load_guides
from course.lesson import Lesson, read_lesson
from course.locale import LANGUAGES
from course.syllabus import load_syllabus

FORMS = "forms"
GUIDES = "guides"
OURS = ("translation.yaml", "uncited.yaml")
"""Files of a module that are for the checks and hold nothing for learners."""


@dataclass(frozen=True)
class Folder:
    """A folder of modules/: its YAML files by name, and its lessons by language (the test forms have none)."""

    id: str
    path: Path
    files: Mapping[str, Mapping[str, Any]]
    lessons: Mapping[str, Lesson]

    def entries(self, name: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the entries of a list such as `items` or `facts`, from all files, each with where it is."""
        return [
            (f"{self.id}/{file}, {entry.get('id', '?')}", entry)
            for file, data in self.files.items()
            for entry in data.get(name, ())
            if isinstance(entry, Mapping)
        ]


@dataclass(frozen=True)
class Content:
    """All that is checked, and the date that counts as today."""

    folders: tuple[Folder, ...]
    guides: tuple[Guide, ...] = ()
    today: date = date.min

    @property
    def modules(self) -> tuple[Folder, ...]:
        """The folders that have lessons."""
        return tuple(folder for folder in self.folders if folder.lessons)

    def items(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield every item of the modules and the forms, with where it is."""
        for folder in self.folders:
            yield from folder.entries("items")


def read_content(today: date, only: tuple[str, ...] = ()) -> Content:
    """Return the content of the syllabus's modules, the forms and the guides, or of those named in `only`."""
    names = only or (*load_syllabus().modules, FORMS, GUIDES)
    folders = tuple(
        read_folder(paths.MODULES / name)
        for name in names
        if name != GUIDES and (only or (paths.MODULES / name).is_dir())
    )
    return Content(folders, tuple(load_guides().values()) if GUIDES in names else (), today)


def read_folder(path: Path) -> Folder:
    """Return a folder of modules/; raises ContentError where it is not there or a file cannot be read."""
    if not path.is_dir():
        raise ContentError(f"There is no folder {path.name!r} in modules/; name one that is there.")
    files = {file.name: load_yaml(file) for file in sorted(path.glob("*.yaml")) if file.name not in OURS}
    lessons = {
        language: read_lesson(file.read_text("utf-8"), f"{path.name}/{file.name}")
        for language in LANGUAGES
        if (file := path / f"lesson.{language}.md").is_file()
    }
    return Folder(path.name, path, files, lessons)


def guide_file(guide: Guide, language: str) -> str:
    """Return a guide's file as a message names it."""
    return f"{GUIDES}/{guide.name}.{language}.md"
