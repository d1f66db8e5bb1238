"""nbgrader preprocessor in place of executing the notebook: scores answers.json by `score(item, answer)`.

It reads the items with their keys on the instructor's side and writes points and feedback into the cells. It runs no
code and fails closed: a graded cell always gets an explicit number. It does not know the gradebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from course import paths
from course.items import Item, Score, TextItem, score
from course.locale import LANGUAGES
from grading.keys import load_keys
from grading.render import Renderer
from grading.submission import Problem, Submission, read_submission

TEXT_SUFFIX = "-text"


class ScoreAnswers(NbGraderPreprocessor):
    """Gives each graded cell its points and its feedback, and shows each free text beside its rubric."""

    modules = Unicode(str(paths.MODULES), help="Folder of the modules, where the keys are.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Score one submission; `resources` tell the module and the folder that answers.json is in."""
        module = resources["nbgrader"]["assignment"]
        items = load_keys(Path(self.modules), module)
        submission = read_submission(Path(resources["metadata"]["path"]), module, items)
        for problem in submission.problems:
            # The key and no more: a log holds nothing that a learner wrote.
            self.log.warning("%s, %s: %s", module, resources["nbgrader"]["student"], problem.key)
        writer = CellWriter(items, submission)
        for cell in nb.cells:
            writer.write(cell)
        writer.write_problems(nb.cells)
        return nb, resources


class CellWriter:
    """Writes the outputs of a notebook's cells from one submission."""

    def __init__(self, items: Mapping[str, Item], submission: Submission) -> None:
        self._items = items
        self._submission = submission
        self._renderer = Renderer(LANGUAGES[0])

    def write(self, cell: NotebookNode) -> None:
        """Replace a code cell's outputs; other cells stay as they are."""
        if cell.cell_type != "code":
            return
        cell.outputs = []
        cell.execution_count = None
        grading = cell.metadata.get("nbgrader", {})
        item = self._items.get(reflection_id(grading))
        if grading.get("grade"):
            self._write_graded(cell, grading)
        elif isinstance(item, TextItem):
            html = self._renderer.reflection(item, self._submission.values.get(item.id), self._texts(item.id))
            cell.outputs = [_display(html)]

    def write_problems(self, cells: list[NotebookNode]) -> None:
        """Show what concerns the whole file above the first cell of the grading."""
        texts = [p.text[LANGUAGES[0]] for p in self._submission.problems if p.item is None]
        first = next((cell for cell in cells if cell.cell_type == "code" and cell.outputs), None)
        if texts and first is not None:
            first.outputs.insert(0, _display(self._renderer.problems(texts)))

    def _write_graded(self, cell: NotebookNode, grading: Mapping[str, Any]) -> None:
        item = self._items.get(grading["grade_id"])
        if item is None:
            html, share = self._renderer.problems([self._renderer.t("item.gone", item=grading["grade_id"])]), 0.0
        else:
            value = self._submission.values.get(item.id)
            result = score(item, value)
            html, share = self._renderer.graded(item, value, result, self._texts(item.id)), share_of(result)
        cell.outputs = [_display(html), _points(share * float(grading["points"]))]

    def _texts(self, item_id: str) -> list[str]:
        return texts_for(item_id, self._submission.problems, LANGUAGES[0])


def reflection_id(grading: Mapping[str, Any]) -> str:
    """Return the id of the free text that a locked, ungraded cell shows, or an empty text."""
    grade_id = grading.get("grade_id", "")
    shows_text = grading.get("locked") and not grading.get("grade") and grade_id.endswith(TEXT_SUFFIX)
    return grade_id.removesuffix(TEXT_SUFFIX) if shows_text else ""


def texts_for(item_id: str, problems: tuple[Problem, ...], language: str) -> list[str]:
    """Return the sentences about one item's answer."""
    return [problem.text[language] for problem in problems if problem.item == item_id]


def share_of(result: Score) -> float:
    """Return the earned share of an item's points, from 0 to 1."""
    return min(1.0, max(0.0, result.points / result.max_points)) if result.max_points else 0.0


def _display(html: str) -> Any:
    return new_output("display_data", {"text/html": html})


def _points(points: float) -> Any:
    return new_output("execute_result", {"text/plain": repr(round(points, 2))}, execution_count=1)
