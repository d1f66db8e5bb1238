"""Writes what a test showed, as HTML: areas in words, with links to their modules; never a number, a question or a key.

It reads the grader's report. A difference of one question may be chance, so it takes two to speak of a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from course.locale import LANGUAGES, Translator, translator

WELL = 0.6
"""The share of an area's questions from which it goes well; guessing gives a quarter."""
CHANGE = 2
"""So many questions more or fewer are called a change."""


def tests_html(tests: object, language: str) -> str:
    """Return what the report says of a module's tests; nothing for a part that cannot be read."""
    parts = [_test(test, language) for test in tests.values()] if isinstance(tests, Mapping) else []
    return "".join(parts)


def page_href(module: str, language: str) -> str:
    """Return the address of a module's page, from another module's page."""
    return f"../{module}/{module}.ipynb" if language == LANGUAGES[0] else f"{module}.ipynb"


def module_link(module: str, title: object, language: str) -> str:
    """Return a module's title as a link to its page; without a title its id, and no link."""
    if not isinstance(title, Mapping) or not isinstance(title.get(language), str):
        return escape(module)
    return f'<a href="{escape(page_href(module, language))}">{escape(title[language])}</a>'


def _test(test: object, language: str) -> str:
    areas = _areas(test.get("areas")) if isinstance(test, Mapping) else {}
    if not isinstance(test, Mapping) or not areas:
        return ""
    t = translator("course", "widgets", language)
    when = "before" if test.get("when") == "before" else "after"
    well = [module_link(name, area.get("title"), language) for name, area in areas.items() if _well(area)]
    more = [module_link(name, area.get("title"), language) for name, area in areas.items() if not _well(area)]
    lines = [(t(f"areas.well.{when}"), well), (t("areas.more"), more)]
    body = "".join(f"<p>{escape(lead)} {', '.join(links)}.</p>" for lead, links in lines if links)
    lead = escape(t(f"areas.lead.{when}"))
    compared = _compared(areas, _areas(test.get("before")), t, language) if when == "after" else ""
    return f'<div class="kx-areas"><h5>{escape(t(f"areas.title.{when}"))}</h5>{body}{compared}<p>{lead}</p></div>'


def _compared(areas: Mapping[str, Any], before: Mapping[str, Any], t: Translator, language: str) -> str:
    """Return each area's way from the test before to this one."""
    lines = []
    for name, area in areas.items():
        if name in before and before[name]["of"] == area["of"]:
            change = area["right"] - before[name]["right"]
            way = "up" if change >= CHANGE else "down" if change <= -CHANGE else "same-well" if _well(area) else "same"
            link = module_link(name, area.get("title"), language)
            lines.append(f"<li>{link}: {escape(t(f'areas.change.{way}'))}</li>")
    return f"<p>{escape(t('areas.compared'))}</p><ul>{''.join(lines)}</ul>" if lines else ""


def _well(area: Mapping[str, Any]) -> bool:
    return bool(area["right"] >= WELL * area["of"])


def _areas(found: object) -> dict[str, Mapping[str, Any]]:
    """Return the areas that hold whole numbers and in which something was answered."""
    areas = found.items() if isinstance(found, Mapping) else ()
    return {
        str(name): area
        for name, area in areas
        if isinstance(area, Mapping)
        and all(isinstance(area.get(count), int) for count in ("right", "answered", "of"))
        and area["answered"]
    }
