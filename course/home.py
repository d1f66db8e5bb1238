"""The home page: the course's modules with the learner's progress, and the pages of the sandbox.

What it shows is read from the built site, the answer files and the grader's reports when the page is asked for, so
its notebook must not be run ahead of the visitor. It does not know the sandbox's code; its pages are read as data.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from course import answers, paths
from course.errors import CourseError
from course.fields import Text
from course.lab_pages import LAB_PAGES, LabPage, load_lab_pages
from course.locale import LANGUAGES, Translator, translator
from course.page import alert_html, forget_visitor, read_items_json, show_html
from course.syllabus import load_syllabus
from course.widgets import handin
from course.widgets.feedback import points_text
from course.widgets.progress import measure, progress_html


def home(language: str) -> None:
    """Show the home page in a language."""
    forget_visitor()
    show_html(home_html(language))


def home_html(language: str, lab_pages: Path = LAB_PAGES) -> str:
    """Return the home page's content: faults are sentences in it."""
    t = translator("course", "page", language)
    try:
        labs = [_lab_card(page, language) for page in load_lab_pages(lab_pages)]
    except CourseError as fault:
        labs = [alert_html(t("home.labs-unusable", detail=fault))]
    if paths.labs_only():
        return _section("labs", t, labs)
    try:
        learner = paths.learner_id()
        modules = [_module_card(module, learner, language) for module in load_syllabus().modules]
    except CourseError as fault:
        modules = [alert_html(t("home.unusable", detail=fault))]
    return _section("modules", t, modules) + _section("labs", t, labs)


def _section(name: str, t: Translator, cards: list[str]) -> str:
    listed = "".join(f"<li>{card}</li>" for card in cards)
    return (
        f'<section class="kx-home" aria-labelledby="kx-home-{name}">'
        f'<h2 id="kx-home-{name}">{escape(t(f"home.{name}"))}</h2><p>{escape(t(f"home.{name}-lead"))}</p>'
        f'<ul class="kx-cards nobullet-list">{listed}</ul></section>'
    )


def _module_card(module: str, learner: str, language: str) -> str:
    t = translator("course", "page", language)
    folder = paths.site() / module
    try:
        data = read_items_json(folder, module)
    except CourseError as fault:
        return alert_html(t("home.module-unusable", module=module, detail=fault))
    minutes = sum(piece["minutes"] for piece in data["pieces"])
    href = f"{module}/{module}.ipynb" if language == LANGUAGES[0] else f"{module}.ipynb"
    try:
        done = progress_html(measure(data, answers.read(folder, module)), language)
    except (CourseError, OSError) as fault:
        done = alert_html(t("home.answers-unusable", detail=fault))
    state = f'<p class="kx-handed-in">{escape(_hand_in_text(handin.look(learner, module), t, language))}</p>'
    return _card(data["title"], data["summary"], href, t("home.minutes", n=minutes), done + state, language)


def _hand_in_text(seen: handin.HandIn, t: Translator, language: str) -> str:
    """Return whether the module is handed in, and its points when there is feedback."""
    if seen.phase == "done":
        points = points_text(seen.report.get("points"), seen.report.get("max_points"), language)
        key = "home.points-waiting" if seen.report.get("waiting_for_reader") else "home.points"
        return t(key, points=points)
    return t(f"home.{seen.phase}")


def _lab_card(page: LabPage, language: str) -> str:
    t = translator("course", "page", language)
    return _card(page.title, page.summary, f"sandbox/{page.id}.ipynb", t("home.minutes", n=page.minutes), "", language)


def _card(title: Text, summary: Text, href: str, minutes: str, more: str, language: str) -> str:
    """Return a card; the whole title is the link, so its name says where it leads."""
    return (
        '<div class="card collapsed-height kx-card"><div class="card-content">'
        f'<p class="card-subheading">{escape(minutes)}</p>'
        f'<h3 class="card-heading"><a href="{escape(href)}">{escape(title[language])}</a></h3>'
        f"<p>{escape(summary[language])}</p>{more}</div></div>"
    )
