"""nbgrader exporter that grades the released notebook in place of the one a learner sent.

A submission contributes answers.json only, so a notebook that was edited, emptied or broken changes nothing.
It does not know answers or points.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException


class ReleasedNotebook(NotebookExporter):
    """Reads the released notebook whenever nbgrader asks for a submitted one."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Convert a notebook; `resources["nbgrader"]` tells whose it is."""
        converter: Any = self.parent
        course = converter.coursedir
        ours = (resources or {})["nbgrader"]
        submitted = Path(course.format_path(course.submitted_directory, ours["student"], ours["assignment"]))
        if Path(filename).parent == submitted:
            filename = str(released_notebook(course, ours["assignment"]))
        return super().from_filename(filename, resources, **kw)


def released_notebook(course: Any, module: str) -> Path:
    """Return the path of a module's released notebook in a course directory; raises NbGraderException."""
    path = Path(course.format_path(course.release_directory, ".", module), f"{module}.ipynb")
    if not path.is_file():
        raise NbGraderException(f"{module} has no released notebook; run `python -m grading release`.")
    return path
