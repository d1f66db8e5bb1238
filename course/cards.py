"""The HTML of blocks that are the same on every visit: a module's cases, and a card that leads to a guide.

It knows neither cells nor files. No line is empty: an empty line would end the HTML within an author's markdown.
"""

from __future__ import annotations

from datetime import date
from html import escape

from babel.dates import format_date

from course.cases import Case
from course.guide import Guide
from course.locale import Translator, translator

LOCALES = {"da": "da_DK", "en": "en_GB"}


def cases_html(cases: tuple[Case, ...], language: str) -> str:
    """Return the cases as a list; each opens, and its first lines say who, what and how it went."""
    t = translator("course", "build", language)
    listed = "\n".join(f'<li id="case-{case.id}">{_case(case, t, language)}</li>' for case in cases)
    return f'<ul class="kk-case-list">\n{listed}\n</ul>'


def _case(case: Case, t: Translator, language: str) -> str:
    who, what = escape(case.who[language]), escape(case.what[language])
    tag = f'<span class="kk-tag kk-tag-{case.outcome}">{escape(t(f"cases.outcome.{case.outcome}"))}</span>'
    seen = t("cases.as_of", date=long_date(case.as_of, language))
    return (
        f'<details class="kk-case"><summary><span class="kk-case-who"><strong>{who}</strong> {tag}</span> '
        f'<span class="kk-case-what">{what}</span></summary>\n'
        f"<dl><dt>{escape(t('cases.learned'))}</dt><dd>{escape(case.learned[language])}</dd>"
        f"<dt>{escape(t('cases.ask'))}</dt><dd>{escape(case.ask[language])}</dd></dl>\n"
        f'<p class="kk-case-source"><a href="{escape(case.source)}" rel="noreferrer" target="_blank">'
        f'{escape(t("sources.link"))}<span class="sr-only">: {who}</span></a> ({escape(seen)})</p></details>'
    )


def guide_html(guide: Guide, href: str, language: str) -> str:
    """Return a card that leads to a guide."""
    lead = f"<p>{escape(guide.lead(language))}</p>" if guide.lead(language) else ""
    label = translator("course", "build", language)("guide.label")
    return (
        f'<div class="kk-lab-link"><p><strong><a href="{escape(href)}">{escape(guide.title(language))}</a></strong> '
        f"({escape(label)})</p>{lead}</div>"
    )


def long_date(iso: str, language: str) -> str:
    """Return an ISO date as people write it: `23. november 2026`, `23 November 2026`."""
    return str(format_date(date.fromisoformat(iso), "long", locale=LOCALES[language]))
