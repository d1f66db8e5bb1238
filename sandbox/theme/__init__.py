"""The look: a Voila template on DKFDS, the Danish common design system.

It knows where the template's files are and which texts a page's frame needs; it does not know Voila's server.
"""

from __future__ import annotations

from pathlib import Path

from course import paths
from course.locale import LANGUAGES, translator

TEMPLATE = "koerekort"
SOURCE = Path(__file__).resolve().parent


def data_paths() -> list[Path]:
    """Return the folders that Jupyter must search for the template: ours, then what was fetched."""
    return [SOURCE, paths.theme()]


def static(root: Path) -> Path:
    """Return the template's folder of static files under one of the `data_paths`."""
    return root / "voila" / "templates" / TEMPLATE / "static"


def texts() -> dict[str, dict[str, str]]:
    """Return the frame's texts by language and key."""
    return {language: translator("sandbox", "theme", language).all() for language in LANGUAGES}
