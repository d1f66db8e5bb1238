"""Makes the nbgrader course directory and releases the modules that `course.build` wrote into its `source/`.

Does nothing, and does not even load nbgrader, when nothing changed since the last time. It does not build notebooks.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from course import paths
from course.errors import CourseError
from course.syllabus import load_syllabus

CONFIG_FILE = "nbgrader_config.py"
STAMP = ".released.json"
CONFIG = """\
# Written by `python -m grading release`, which writes it again: put settings of your own in Jupyter's config folder.
from pathlib import Path

try:
    from grading.nbgrader_config import configure

    configure(get_config(), Path(__file__).resolve().parent, Path({modules!r}))
except Exception as fault:
    # nbgrader would only warn, go on without these settings, and execute what learners sent.
    raise SystemExit(f"{{__file__}} could not be loaded, so nothing is graded: {{fault}}. Run `make setup`.") from fault
"""


class ReleaseError(CourseError):
    """A module could not be released; the message says why and what to do."""


def release(modules: Path = paths.MODULES) -> list[str]:
    """Release every module that changed and return their ids; `modules` is where the keys are.

    Raises:
        ReleaseError: nbgrader refused, which it does when exercises were added or removed after hand-ins.
    """
    course = paths.nbgrader_course()
    course.mkdir(parents=True, exist_ok=True)
    _write(course / CONFIG_FILE, CONFIG.format(modules=str(modules)))
    done = _read_stamp(course)
    changed = [module for module in _sources(course) if not _is_released(course, module, done)]
    for module in changed:
        _release_one(module)
        done[module] = _digest(course, module)
        _write(course / STAMP, json.dumps(done, indent=1, sort_keys=True) + "\n")
    return changed


def _release_one(module: str) -> None:
    from nbgrader.converters.base import NbGraderException  # loading nbgrader takes seconds

    from grading.course_dir import CourseDir

    try:
        CourseDir().release(module)
    except NbGraderException as fault:
        raise ReleaseError(
            f"nbgrader would not release the module {module!r}: {fault}. What was released before still stands. Graded "
            f"exercises can be changed but not added or removed once somebody has handed in: if that is what happened, "
            f"put the old ids back in modules/{module}/items.yaml, or give the module a new id."
        ) from fault


def _sources(course: Path) -> list[str]:
    return sorted(path.stem for path in (course / "source").glob("*/*.ipynb") if path.stem == path.parent.name)


def _is_released(course: Path, module: str, done: dict[str, str]) -> bool:
    outbound = paths.exchange() / load_syllabus().course_id / "outbound" / module
    made = (course / "gradebook.db", course / "release" / module / f"{module}.ipynb", outbound / f"{module}.ipynb")
    return all(path.is_file() for path in made) and done.get(module) == _digest(course, module)


def _digest(course: Path, module: str) -> str:
    digest = hashlib.sha256()
    for file in sorted((course / "source" / module).glob("[!.]*")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _read_stamp(course: Path) -> dict[str, str]:
    try:
        return dict(json.loads((course / STAMP).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _write(path: Path, content: str) -> None:
    if path.is_file() and path.read_text("utf-8") == content:
        return
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(content, "utf-8")
    temporary.replace(path)
