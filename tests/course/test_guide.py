"""The guides: both languages alike, a page each, pictures that are there, every field to fill in kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from course import build, paths
from course.errors import ContentError
from course.guide import FIELD, load_guides, load_shelves
from course.guide_pages import guide_cells, index_cells, picture_files
from course.module import load_module
from course.syllabus import Syllabus
from sandbox.theme.article import article

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
DANISH = """# En vejledning

Til dig.

## Udfyld

- Sted: ____ (hvor)

| Hvornår | Hvad | Hvem |
| --- | --- | --- |
| Før | **Ring** | ____ |

![Siden med et spørgsmål](../pictures/page.png)
"""
ENGLISH = (
    DANISH.replace("En vejledning", "A guide")
    .replace("Til dig.", "> For you.")
    .replace("Hvornår | Hvad", "When | What")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Guides of one shelf."""
    guides = tmp_path / "guides"
    for name in ("one", "pictures"):
        (guides / name).mkdir(parents=True)
    (guides / "pictures" / "page.png").write_bytes(b"png")
    (guides / "one" / "first.da.md").write_text(DANISH, "utf-8")
    (guides / "one" / "first.en.md").write_text(ENGLISH, "utf-8")
    texts = "title: {da: Hylde, en: Shelf}\n    summary: {da: Kort, en: Short}"
    shelves = "\n".join(f"  - id: {name}\n    {texts}" for name in ("one", "later"))
    (guides / "guides.yaml").write_text(f"schema: 1\nshelves:\n{shelves}\n", "utf-8")
    return guides


def test_a_guide_has_a_title_and_what_stands_under_it(folder: Path) -> None:
    (shelf,) = load_shelves(folder)
    (guide,) = shelf.guides
    assert (guide.name, guide.shelf, guide.title("en")) == ("one/first", "one", "A guide")
    assert (guide.lead("da"), guide.lead("en")) == ("Til dig.", "")
    assert guide.pictures() == {"page.png"}


@pytest.mark.parametrize(
    ("language", "old", "new", "message"),
    [
        ("en", "## Udfyld", "### Udfyld", r"one/first.en.md: its levels of headings are \[1, 3\]"),
        (
            "en",
            "| --- | --- | --- |",
            "| --- | --- |",
            r"its columns of tables are \[2\], those of the da file are \[3\]",
        ),
        ("da", "# En vejledning", "En vejledning", "first.da.md: the first line must be the title"),
        ("da", "page.png", "gone.png", "there is no picture 'gone.png'"),
    ],
)
def test_a_fault_is_named_with_its_file(folder: Path, language: str, old: str, new: str, message: str) -> None:
    file = folder / "one" / f"first.{language}.md"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError, match=message):
        load_guides(folder)


def test_a_missing_language_a_wrong_name_and_a_folder_on_no_shelf_are_named(folder: Path) -> None:
    (folder / "one" / "notes.md").write_text("# Notes\n")
    with pytest.raises(ContentError, match=r"one/notes.md: name it"):
        load_guides(folder)
    (folder / "one" / "notes.md").unlink()
    (folder / "one").rename(folder / "two")
    with pytest.raises(ContentError, match="lacks the folder 'two'"):
        load_shelves(folder)
    (folder / "two" / "first.en.md").unlink()
    with pytest.raises(ContentError, match=r"two/first.en.md is missing"):
        load_guides(folder)


def test_a_page_shows_its_table_in_a_named_region_and_its_picture(folder: Path) -> None:
    guide = load_guides(folder)["one/first"]
    title, text, back = guide_cells(guide, "en/guides/one/first.ipynb", "en")
    assert title.source == "# A guide"
    html = article(text.source)
    assert '<div class="kk-table kk-wide" role="region" tabindex="0" aria-label="When, What, Hvem">' in html
    assert html.index("kk-table") < html.index("<table>") < html.index("</table>") < html.index("</div>")
    assert 'src="../../../../files/guides/pictures/page.png"' in html
    assert back.source == '<a href="../index.ipynb">All guides</a>'


def test_every_guide_of_the_course_keeps_its_fields_and_tables() -> None:
    guides = load_guides()
    assert {"rollout/notice", "facilitator/workshop"} <= set(guides)
    for guide in guides.values():
        for language, markdown in guide.texts.items():
            html = "".join(article(cell.source) for cell in guide_cells(guide, "guides/a/b.ipynb", language))
            assert html.count(FIELD) == markdown.count(FIELD), guide.name
            assert html.count("<table>") == html.count("kk-table"), guide.name
            assert html.count("<h2>") == markdown.count("\n## "), guide.name


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_list_leads_to_every_guide(language: str) -> None:
    shelves = load_shelves()
    html = "".join(article(cell.source) for cell in index_cells(shelves, language))
    for shelf in shelves:
        for guide in shelf.guides:
            assert f'<a href="{guide.name}.ipynb">' in html
    assert sum(len(shelf.guides) for shelf in shelves) == len(load_guides())
    assert set(picture_files(shelves)) == {
        f"guides/pictures/{file}" for it in load_guides().values() for file in it.pictures()
    }


def test_build_writes_a_page_for_each_and_a_lesson_can_lead_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = Path(shutil.copytree(SAMPLE, tmp_path / "modules" / "sample"))
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(paths, "MODULES", module.parent)
    syllabus = Syllabus({"da": "Kursus", "en": "Course"}, "koerekort", ("sample",))
    for name in ("course.build.load_syllabus", "course.module.load_syllabus"):
        monkeypatch.setattr(name, lambda: syllabus)
    for lesson in module.glob("lesson.*.md"):
        block = ":::{guide} rollout/notice\n:::\n\n:::{submit}"
        lesson.write_text(lesson.read_text("utf-8").replace(":::{submit}", block, 1), "utf-8")
    build.build()
    site = tmp_path / "var" / "site"
    for name in load_guides():
        page = nbformat.read(site / "guides" / f"{name}.ipynb", as_version=4)
        ours = page.metadata.koerekort
        assert (ours.page, ours.home, ours.alternate.href) == (
            "guide",
            "../../index.ipynb",
            f"../../en/guides/{name}.ipynb",
        )
        assert (site / "guides" / name).parent.joinpath(ours.alternate.href).resolve().is_file()
    for path, href in (("sample/sample.ipynb", "../guides"), ("en/sample.ipynb", "guides")):
        cells = nbformat.read(site / path, as_version=4).cells
        (card,) = [cell.source for cell in cells if cell.metadata.koerekort.role == "guide"]
        assert f'href="{href}/rollout/notice.ipynb"' in card


def test_a_lesson_cannot_lead_to_a_guide_that_is_not_there(tmp_path: Path) -> None:
    module = Path(shutil.copytree(SAMPLE, tmp_path / "sample"))
    for lesson in module.glob("lesson.*.md"):
        text = lesson.read_text("utf-8").replace(":::{submit}", ":::{guide} rollout/nothing\n:::\n\n:::{submit}", 1)
        lesson.write_text(text, "utf-8")
    with pytest.raises(ContentError, match="there is no guide 'rollout/nothing'"):
        load_module(module)
