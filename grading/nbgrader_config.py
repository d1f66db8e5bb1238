"""nbgrader's settings for this course, for its commands, for formgrader and for our own grader alike.

`var/nbgrader/nbgrader_config.py` is written by grading.release and only calls `configure`. It does not know learners.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, LimitOutput, SaveAutoGrades
from nbgrader.server_extensions.formgrader.handlers import template_path

from course import paths
from course.locale import LANGUAGES
from course.syllabus import load_syllabus
from grading.reading import FlagUnreadTexts, ShowFeedback
from grading.scoring import ScoreAnswers

TEMPLATES = Path(__file__).with_name("templates")


def configure(c: Any, course: Path, modules: Path = paths.MODULES) -> None:
    """Set nbgrader's options for the course directory `course`, whose exchange stands beside it.

    Args:
        c: the traitlets configuration to fill.
        course: nbgrader's course directory.
        modules: where the modules with their keys are.
    """
    c.CourseDirectory.course_id = load_syllabus().course_id
    c.CourseDirectory.root = str(course)
    c.Exchange.root = str(course.parent / paths.exchange().name)
    c.Exchange.cache = str(course.parent / "exchange-cache")
    c.ExchangeFactory.collect = "grading.exchange.CollectAnswers"
    # The outbox is what says whose a hand-in is; on one machine all folders have the same owner.
    c.ExchangeCollect.check_owner = False
    _grade_answers(c, modules)
    _show_feedback(c)


def _grade_answers(c: Any, modules: Path) -> None:
    """Score answers where nbgrader would execute the notebook."""
    c.Autograde.exporter_class = "grading.released.ReleasedNotebook"
    c.Autograde.autograde_preprocessors = [
        ScoreAnswers,
        LimitOutput,
        SaveAutoGrades,
        FlagUnreadTexts,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    c.ScoreAnswers.modules = str(modules)
    c.FlagUnreadTexts.modules = str(modules)


def _show_feedback(c: Any) -> None:
    """Use our feedback page, and templates that load nothing from another host."""
    c.GenerateFeedback.preprocessors = [ShowFeedback]
    c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), template_path]
    c.HTMLExporter.language_code = LANGUAGES[0]
