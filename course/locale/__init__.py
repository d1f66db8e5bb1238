"""Texts for people, by stable key and language, from gettext catalogues `<package>/locale/<language>/<domain>.po`.

It does not know who shows a text, nor in which language a page is.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("da", "en")


class Translator:
    """One catalogue in one language: call it with a key, and with values for the places in the text."""

    def __init__(self, file: Path, texts: dict[str, str]) -> None:
        self._file = file
        self._texts = texts

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text for `key` with `values` put in; raises KeyError that names key and catalogue."""
        if key not in self._texts:
            raise KeyError(f"{self._file} has no text for {key!r}; add it in every language.")
        return self._texts[key].format(**values) if values else self._texts[key]

    def all(self) -> dict[str, str]:
        """Return every text by key, for handing to a page's script."""
        return dict(self._texts)


@lru_cache
def translator(package: str, domain: str, language: str) -> Translator:
    """Return the catalogue `domain` of `package` in `language`.

    Raises:
        ValueError: the language is not one of `LANGUAGES`.
        FileNotFoundError: the package has no such catalogue.
    """
    if language not in LANGUAGES:
        raise ValueError(f"There is no language {language!r}; choose one of {', '.join(LANGUAGES)}.")
    root = import_module(package).__file__
    assert root is not None, f"{package} is not a regular package"
    file = Path(root).parent / "locale" / language / f"{domain}.po"
    with file.open("rb") as handle:
        catalogue = read_po(handle, locale=language)
    return Translator(file, {str(m.id): str(m.string) for m in catalogue if m.id})
