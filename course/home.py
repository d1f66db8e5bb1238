"""The home page: the tracks and their modules with the learner's progress, the sandbox's pages, the way to the guides.

What it shows is read from the built site, the answer files and the grader's reports when the page is asked for, so
its notebook must not be run ahead of the visitor. It does not know the sandbox's code; its pages are read as data.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from pathlib import Path

from course import answers, paths
from course.errors import CourseError
from course.fields import Text
from course.lab_pages import LAB_PAGES, LabPage, load_lab_pages
from course.locale import LANGUAGES, Translator, translator
from course.page import alert_html, forget_visitor, read_items_json, show_html
from course.syllabus import Syllabus, Track, load_syllabus
from course.widgets import handin
from course.widgets.feedback import points_text
from course.widgets.licence import earned_html
from course.widgets.progress import measure, only, progress_html


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
        return _section("labs", t("home.labs"), t("home.labs-lead"), labs)
    try:
        learner, syllabus = paths.learner_id(), load_syllabus()
        modules = _licence(syllabus, learner, language)
        modules += "".join(_track(track, learner, language) for track in syllabus.tracks)
    except CourseError as fault:
        modules = alert_html(t("home.unusable", detail=fault))
    return modules + _section("labs", t("home.labs"), t("home.labs-lead"), labs) + _guides(t)


def _guides(t: Translator) -> str:
    link = f'<a href="guides/index.ipynb">{escape(t("home.guides"))}</a>'
    return f'<p class="kx-home kx-guides">{link} {escape(t("home.guides-lead"))}</p>'


def _licence(syllabus: Syllabus, learner: str, language: str) -> str:
    """Return the AI-kørekort of a learner who has it; it stands in the report of the last module of its track."""
    track = syllabus.track(syllabus.licence.track) if syllabus.licence else None
    seen = handin.look(learner, list(track.pieces)[-1]) if track and track.pieces else handin.HandIn()
    return earned_html(seen.report.get("licence"), language)


def _track(track: Track, learner: str, language: str) -> str:
    """Return a track's modules; the pieces of a module that are in another track are shown there."""
    t = translator("course", "page", language)
    cards = [_module_card(module, pieces, learner, language) for module, pieces in track.pieces.items()]
    lead = f"{track.summary[language]} {t('home.track-minutes', n=track.minutes)}"
    return _section(track.id, track.title[language], lead, cards)


def _section(name: str, title: str, lead: str, cards: list[str]) -> str:
    listed = "".join(f"<li>{card}</li>" for card in cards)
    return (
        f'<section class="kx-home" aria-labelledby="kx-home-{name}">'
        f'<h2 id="kx-home-{name}">{escape(title)}</h2><p>{escape(lead)}</p>'
        f'<ul class="kx-cards nobullet-list">{listed}</ul></section>'
    )


def _module_card(module: str, pieces: Collection[str], learner: str, language: str) -> str:
    """Return the card of some pieces of a module; hand-in and points stand on the card that begins it."""
    t = translator("course", "page", language)
    folder = paths.site() / module
    try:
        data = read_items_json(folder, module)
    except CourseError as fault:
        return alert_html(t("home.module-unusable", module=module, detail=fault))
    part = only(data, pieces)
    minutes = sum(piece["minutes"] for piece in part["pieces"])
    href = f"{module}/{module}.ipynb" if language == LANGUAGES[0] else f"{module}.ipynb"
    title = data["title"]
    begins = part["pieces"][:1] == data["pieces"][:1]
    if not begins and part["pieces"]:
        href += f"#{part['pieces'][0]['id']}"
        title = {**title, language: t("home.more-of", title=title[language])}
    try:
        more = progress_html(measure(part, answers.read(folder, module)), language)
    except (CourseError, OSError) as fault:
        more = alert_html(t("home.answers-unusable", detail=fault))
    if begins:
        more += f'<p class="kx-handed-in">{escape(_hand_in_text(handin.look(learner, module), t, language))}</p>'
    return _card(title, data["summary"], href, t("home.minutes", n=minutes), more, language)


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
