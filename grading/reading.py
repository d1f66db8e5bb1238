"""Keeps track of which free texts a person has read: a new or changed one asks to be read, and keeps its points so far.

The digest of the text that was graded last stands in the gradebook itself, so a backup holds both together.
It does not know how texts are shown.
"""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_task
from sqlalchemy import Column, MetaData, String, Table, delete, insert, select
from traitlets import Unicode

from course import paths
from course.items import TextItem
from course.locale import LANGUAGES, translator
from course.widgets.number import number_text
from grading.keys import load_keys
from grading.render import usable
from grading.submission import read_submission

GRADED_TEXTS = Table(
    "koerekort_graded_text",
    MetaData(),
    Column("grade_id", String(32), primary_key=True),
    Column("sha256", String(64), nullable=False),
)


class FlagUnreadTexts(NbGraderPreprocessor):
    """Sets `needs_manual_grade` for each free text that nobody has read as it stands now."""

    modules = Unicode(str(paths.MODULES), help="Folder of the modules.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Compare each text with the one that was graded last; runs after SaveAutoGrades."""
        ours = resources["nbgrader"]
        items = load_keys(Path(self.modules), ours["assignment"])
        submission = read_submission(Path(resources["metadata"]["path"]), ours["assignment"], items)
        with Gradebook(ours["db_url"]) as gradebook:
            GRADED_TEXTS.create(gradebook.engine, checkfirst=True)
            for cell in nb.cells:
                item = items.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
                if is_task(cell) and isinstance(item, TextItem):
                    grade = gradebook.find_grade(item.id, ours["notebook"], ours["assignment"], ours["student"])
                    answer = usable(item, submission.values.get(item.id))
                    flag(gradebook, grade, answer["text"].strip() if answer else "")
            gradebook.db.commit()
        return nb, resources


def flag(gradebook: Gradebook, grade: Grade, text: str) -> None:
    """Set a free text's grade to waiting or read, and remember the text's digest, in one transaction."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    mine = GRADED_TEXTS.c.grade_id == grade.id
    known = gradebook.db.execute(select(GRADED_TEXTS.c.sha256).where(mine)).scalar()
    grade.auto_score = None if text else 0.0
    if grade.manual_score is None:
        grade.needs_manual_grade = bool(text)
    elif digest != known:
        grade.needs_manual_grade = True
    if digest != known:
        gradebook.db.execute(delete(GRADED_TEXTS).where(mine))
        gradebook.db.execute(insert(GRADED_TEXTS).values(grade_id=grade.id, sha256=digest))


class ShowFeedback(GetGrades):
    """Puts the grades into the cells, and hands the feedback page its words, its title, and which texts wait."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill `resources["koerekort"]` for the template."""
        nb, resources = super().preprocess(nb, resources)
        ours = resources["nbgrader"]
        with Gradebook(ours["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(ours["notebook"], ours["assignment"], ours["student"])
            waiting = [grade.name for grade in notebook.grades if grade.needs_manual_grade]
        resources["koerekort"] = {
            "t": translator("grading", "feedback", LANGUAGES[0]),
            "number": partial(number_text, language=LANGUAGES[0]),
            "title": nb.metadata.get("koerekort", {}).get("title", ours["notebook"]),
            "language": LANGUAGES[0],
            "waiting": waiting,
        }
        return nb, resources
