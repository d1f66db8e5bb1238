"""The course as a whole: its title, its id in the gradebook, its modules in order.

It does not know what is in a module.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course.fields import Fields, Text, load_yaml, unique


@dataclass(frozen=True)
class Syllabus:
    """The course: `modules` are module ids in the order learners meet them."""

    title: Text
    course_id: str
    modules: tuple[str, ...]


FILE = Path(__file__).with_name("syllabus.yaml")


def load_syllabus(path: Path = FILE) -> Syllabus:
    """Return the checked syllabus; raises ContentError."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    modules = []
    for child in fields.children("modules"):
        modules.append(child.id())
        child.done()
    unique(modules, path.name, "the module")
    syllabus = Syllabus(fields.text("title"), fields.id("course_id"), tuple(modules))
    fields.done()
    return syllabus
