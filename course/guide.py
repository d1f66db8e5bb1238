"""Reads the guides for those who run the course: `course/guides/<shelf>/<name>.<language>.md`, and the shelves.

It does not know pages; what the words say is looked at by the content checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from course import paths
from course.errors import ContentError
from course.fields import Fields, Text, load_yaml, unique
from course.locale import LANGUAGES

GUIDES = paths.ROOT / "course" / "guides"
PICTURES = "pictures"
FIELD = "____"
"""What a municipality fills in."""
_FILE = re.compile(r"(?P<name>[a-z0-9-]+)\.(?P<language>[a-z]{2})\.md")
_TITLE = re.compile(r"# (?P<title>[^\n]+)\n")
_PICTURE = re.compile(r"(?<=\]\()\.\./pictures/(?P<file>[\w-]+\.(?:png|jpg|svg))(?=\))")


@dataclass(frozen=True)
class Guide:
    """A guide: `name` is `<shelf>/<name>`, `texts` its markdown by language, title included."""

    name: str
    texts: Mapping[str, str]

    @property
    def shelf(self) -> str:
        """The folder it is in."""
        return self.name.partition("/")[0]

    def title(self, language: str) -> str:
        """Return the title, which is the first line."""
        match = _TITLE.match(self.texts[language])
        assert match
        return match["title"].strip()

    def lead(self, language: str) -> str:
        """Return the paragraph under the title; nothing where something else, or a field to fill in, stands there."""
        first = self.texts[language].partition("\n")[2].strip().partition("\n\n")[0]
        return "" if first.startswith((">", "#", "-", "|", "1.")) or FIELD in first else first.replace("*", "")

    def with_pictures(self, language: str, link: Callable[[str], str]) -> str:
        """Return the markdown; `link` gives the address of a file in the folder of pictures."""
        return _PICTURE.sub(lambda match: link(match["file"]), self.texts[language])

    def pictures(self) -> set[str]:
        """Return the names of the pictures that it shows."""
        return {match["file"] for text in self.texts.values() for match in _PICTURE.finditer(text)}


@dataclass(frozen=True)
class Shelf:
    """Guides that belong together, by the title in Danish."""

    id: str
    title: Text
    summary: Text
    guides: tuple[Guide, ...]


def load_shelves(folder: Path = GUIDES) -> tuple[Shelf, ...]:
    """Return the shelves that hold a guide, in their order; raises ContentError that names the file."""
    fields = Fields(load_yaml(folder / "guides.yaml"), "guides/guides.yaml")
    fields.schema(1)
    guides = load_guides(folder)
    shelves = []
    for child in fields.children("shelves"):
        name = child.id()
        mine = sorted((guide for guide in guides.values() if guide.shelf == name), key=lambda it: it.title("da"))
        shelves.append(Shelf(name, child.text("title"), child.text("summary"), tuple(mine)))
        child.done()
    fields.done()
    unique([shelf.id for shelf in shelves], fields.where, "the shelf")
    if homeless := {guide.shelf for guide in guides.values()} - {shelf.id for shelf in shelves}:
        raise fields.fail("shelves", f"lacks the folder {sorted(homeless)[0]!r}, which holds guides.")
    return tuple(shelf for shelf in shelves if shelf.guides)


def load_guides(folder: Path = GUIDES) -> dict[str, Guide]:
    """Return the guides by name; raises ContentError where the languages do not fit each other."""
    texts: dict[str, dict[str, str]] = {}
    for file in sorted(folder.glob("*/*.md")):
        match = _FILE.fullmatch(file.name)
        if not match or match["language"] not in LANGUAGES:
            raise ContentError(f"guides/{file.parent.name}/{file.name}: name it <name>.da.md or <name>.en.md.")
        texts.setdefault(f"{file.parent.name}/{match['name']}", {})[match["language"]] = file.read_text("utf-8")
    guides = {name: Guide(name, text) for name, text in texts.items()}
    for guide in guides.values():
        _check(guide, folder / PICTURES)
    return guides


def _check(guide: Guide, pictures: Path) -> None:
    for language in LANGUAGES:
        where = f"guides/{guide.name}.{language}.md"
        if language not in guide.texts:
            raise ContentError(f"{where} is missing; every guide is in every language.")
        if not _TITLE.match(guide.texts[language]):
            raise ContentError(f"{where}: the first line must be the title, '# Title'.")
    first = _shape(guide.texts[LANGUAGES[0]])
    for language in LANGUAGES[1:]:
        for what, mine in _shape(guide.texts[language]).items():
            if mine != first[what]:
                raise ContentError(
                    f"guides/{guide.name}.{language}.md: its {what} are {mine}, "
                    f"those of the {LANGUAGES[0]} file are {first[what]}; they must be the same."
                )
    for file in sorted(guide.pictures()):
        if not (pictures / file).is_file():
            raise ContentError(f"guides/{guide.name}: there is no picture {file!r} in guides/{PICTURES}.")


def _shape(markdown: str) -> dict[str, list[int]]:
    """Return the levels of the headings, and how many columns each table has."""
    rules = re.findall(r"^\|([\s:|-]+)\|$", markdown, re.MULTILINE)
    levels = [len(level) for level in re.findall(r"^(#+) ", markdown, re.MULTILINE)]
    return {"levels of headings": levels, "columns of tables": [rule.count("|") + 1 for rule in rules]}
