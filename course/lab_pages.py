"""Which pages the sandbox has, read from `sandbox/pages/pages.yaml` as data.

It does not know the labs' code, nor what a page looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course import paths
from course.fields import Fields, Text, load_yaml

LAB_PAGES = paths.ROOT / "sandbox" / "pages" / "pages.yaml"


@dataclass(frozen=True)
class LabPage:
    """A page of the sandbox: `id` is its file name, `lab` what `sandbox.labs.page` shows.

    It leads back to `module`: a module's id, or a piece of it (`module#piece`).
    """

    id: str
    lab: str
    title: Text
    summary: Text
    minutes: int
    module: str


def load_lab_pages(path: Path = LAB_PAGES) -> list[LabPage]:
    """Return the sandbox's pages in order; raises ContentError."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    pages = []
    for child in fields.children("pages"):
        texts = child.text("title"), child.text("summary")
        pages.append(LabPage(child.id(), child.string("lab"), *texts, child.integer("minutes"), child.string("module")))
        child.done()
    fields.done()
    return pages
