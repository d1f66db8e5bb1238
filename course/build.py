"""Writes the notebooks: the site's pages, and each module's source for nbgrader. Nothing else writes notebooks.

The same content gives the same bytes. Learners' files in the site are left alone. It does not know nbgrader
or Voila, only the cell metadata that they and the theme read; lab pages come from `sandbox/pages/pages.yaml` as data.

    python -m course.build            build into var/
    python -m course.build --check    read and check the content, write nothing
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from course import paths
from course.cells import markdown_cell, module_cells, notebook, python_cell
from course.errors import CourseError
from course.goals import load_goals
from course.guide import load_shelves
from course.guide_pages import guide_cells, index_cells, index_title, picture_files
from course.lab_pages import LabPage, load_lab_pages
from course.locale import LANGUAGES
from course.module import Module, load_modules
from course.syllabus import load_syllabus


def build() -> list[Path]:
    """Write every notebook and items.json under var/; return the files whose content changed."""
    files: dict[Path, str | bytes] = {}
    for language in LANGUAGES:
        files |= _home(language) | _guides(language)
        for page in load_lab_pages():
            files |= _lab(page, language)
    for module in load_modules().values():
        files |= _module(module)
    files |= {paths.site() / name: content for name, content in picture_files(load_shelves()).items()}
    return [path for path, content in files.items() if _write(path, content)]


def site_path(page: str, language: str) -> str:
    """Return a page's notebook path in the site: `index`, `sandbox/<lab>` or a module's id."""
    if language != LANGUAGES[0]:
        return f"{language}/{page}.ipynb"
    return f"{page}.ipynb" if page == "index" or "/" in page else f"{page}/{page}.ipynb"


def _metadata(kind: str, page: str, language: str, title: str, **more: Any) -> dict[str, Any]:
    other = next(candidate for candidate in LANGUAGES if candidate != language)
    here = site_path(page, language)
    return {
        "page": kind,
        "language": language,
        "title": title,
        "home": _relative(here, site_path("index", language)),
        "alternate": {"language": other, "href": _relative(here, site_path(page, other))},
        **more,
    }


def _relative(here: str, there: str) -> str:
    return "../" * here.count("/") + there


def _home(language: str) -> dict[Path, str]:
    cells = [python_cell("home", f'from course.home import home\n\nhome("{language}")', role="home")]
    metadata = _metadata("home", "index", language, load_syllabus().title[language])
    return {paths.site() / site_path("index", language): notebook(cells, metadata)}


def _guides(language: str) -> dict[Path, str]:
    shelves = load_shelves()
    index = _metadata("guide", "guides/index", language, index_title(language))
    files = {site_path("guides/index", language): notebook(index_cells(shelves, language), index)}
    for guide in (guide for shelf in shelves for guide in shelf.guides):
        page = f"guides/{guide.name}"
        metadata = _metadata("guide", page, language, guide.title(language))
        here = site_path(page, language)
        files[here] = notebook(guide_cells(guide, here, language), metadata)
    return {paths.site() / path: content for path, content in files.items()}


def _lab(page: LabPage, language: str) -> dict[Path, str]:
    call = f'from sandbox.labs import page\n\npage("{page.lab}", "{language}", module="{page.module}")'
    heading = f"# {page.title[language]}\n\n{page.summary[language]}"
    cells = [markdown_cell("title", heading, role="title"), python_cell("lab", call, role="lab")]
    metadata = _metadata("lab", f"sandbox/{page.id}", language, page.title[language], minutes=page.minutes)
    return {paths.site() / site_path(f"sandbox/{page.id}", language): notebook(cells, metadata)}


def _module(module: Module) -> dict[Path, str]:
    items = json.dumps(module.learner_copy(), ensure_ascii=False, indent=1) + "\n"
    files = {paths.site() / module.id / "items.json": items}
    for language in LANGUAGES:
        copy = module.learner_copy()
        pieces = [{**piece, "title": piece["title"][language]} for piece in copy["pieces"]]
        metadata = _metadata(
            "module", module.id, language, module.title[language], minutes=module.minutes, pieces=pieces
        )
        content = notebook(module_cells(module, language), metadata)
        files[paths.site() / site_path(module.id, language)] = content
        if language == LANGUAGES[0]:
            source = paths.nbgrader_course() / "source" / module.id
            files[source / f"{module.id}.ipynb"] = content
            files[source / "items.json"] = items
    return files


def _write(path: Path, content: str | bytes) -> bool:
    new = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == new:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(new)
    temporary.replace(path)
    return True


def check() -> str:
    """Read and check all content; return one line a module that says what it holds."""
    lines = []
    for module in load_modules().values():
        uses = [item.use for item in module.items.values()]
        counts = ", ".join(f"{uses.count(use)} {use}" for use in dict.fromkeys(uses))
        lines.append(
            f"{module.id}: {module.minutes} minutes, {counts}, {len(module.demos)} demos, {len(module.facts)} facts"
        )
    load_lab_pages()
    kpis = load_goals().kpis()
    lines.append(f"goals: {len(kpis)} KPIs, {sum(len(kpi.missing()) for kpi in kpis)} numbers not set")
    lines += [f"guides, {shelf.id}: {', '.join(guide.name for guide in shelf.guides)}" for shelf in load_shelves()]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; a fault in the content is one sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m course.build", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="check the content and write nothing")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            print(check())
        else:
            changed = build()
            print(f"Built the site in {paths.site()}: {len(changed)} files changed.")
    except CourseError as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
