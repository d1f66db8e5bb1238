"""The plan as one HTML file: no script, nothing from elsewhere, readable on paper. It does not know where it is put."""

from __future__ import annotations

from pathlib import Path

import jinja2

from course.locale import translator
from grading.plan.document import Plan

TEMPLATES = Path(__file__).parents[1] / "templates" / "plan"


def html(plan: Plan) -> str:
    """Return the plan's page."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.get_template("plan.html.j2")
    return page.render(plan=plan, t=translator("grading", "plan", plan.language)) + "\n"
