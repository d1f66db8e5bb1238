"""Fetches what the look is made of, checks it, and puts only the needed files in place, all or nothing.

DKFDS is never committed and never loaded from another host: every address in its stylesheet points to a file beside
it. It does not know how an archive reaches this machine (`npm.py`).
"""

from __future__ import annotations

import base64
import fnmatch
import hashlib
import json
import posixpath
import re
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course import paths
from sandbox.theme import npm, static
from sandbox.theme.errors import FetchError

MARK = ".complete"
LAYOUT = 1  # raise it when what is done to the files changes
ADDRESS = re.compile(r"""url\(\s*["']?([^"')]*)["']?\s*\)""")
OLD_FONTS = re.compile(
    r"""url\(\s*["']?[^"')]*\.(?:eot|woff|ttf)["']?\s*\)(?:\s*format\([^)]*\))?\s*,?\s*""", re.IGNORECASE
)

ROOT_SIZE = re.compile(r"(\bhtml\{[^}]*font-size:)([\d.]+)%")


@dataclass(frozen=True)
class Package:
    """A package of the npm registry: what it must hash to, and which of its files are kept under which name."""

    name: str
    version: str
    integrity: str  # as the registry states it: "sha512-" and base64
    strip: str  # leading folder that is left out of the kept files' names
    keep: tuple[str, ...]  # shell patterns of names in the archive

    @property
    def mark(self) -> str:
        """What a complete copy says of itself."""
        return json.dumps([LAYOUT, self.name, self.version, self.integrity, self.strip, self.keep])


DKFDS = Package(
    "dkfds",
    "11.2.0",
    "sha512-JuVf8NjEOeF+TKIhEFXa3BfZvk1ulQM8+XN+6QhgDo6kiwwvupyBY34YU4FglBeyFWHbE5mYDmnrcYTWOSKkEA==",
    "package/dist/",
    (
        "package/dist/LICENSE.md",
        "package/dist/css/dkfds.min.css",
        "package/dist/fonts/IBMPlexSans/complete/woff2/*",
        "package/dist/img/*.png",
        "package/dist/img/svg-icons/*.svg",
    ),
)
AXE = Package(
    "axe-core",
    "4.14.1",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    "package/",
    ("package/axe.min.js", "package/LICENSE"),
)


def dkfds_folder() -> Path:
    """Where the fetched DKFDS lies, for Voila to serve."""
    return static(paths.theme()) / "dkfds"


def axe_folder() -> Path:
    """Where the accessibility checker lies that the tests use; nothing serves it."""
    return paths.theme() / "axe"


def fetch(package: Package, target: Path, say: npm.Say) -> bool:
    """Make `target` a complete copy of what is kept of `package`; return False if it was one already.

    Raises:
        FetchError: the registry cannot be reached, or the archive is not the one that was pinned.
    """
    if _is_complete(package, target):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
        say(f"Fetching {package.name} {package.version} ...")
        archive = npm.pack(f"{package.name}@{package.version}", Path(folder), say)
        _verify(package, archive)
        made = Path(folder) / "made"
        _unpack(package, archive, made)
        for stylesheet in made.rglob("*.css"):
            _localise(stylesheet)
        (made / MARK).write_text(package.mark, "utf-8")
        _put_in_place(package, made, target)
    return True


def _is_complete(package: Package, target: Path) -> bool:
    mark = target / MARK
    return mark.is_file() and mark.read_text("utf-8") == package.mark


def _verify(package: Package, archive: Path) -> None:
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise FetchError(
            f"The archive of {package.name} {package.version} has the hash sha512-{digest}, but {package.integrity} "
            "was expected. It was thrown away. Run the command again; if this is repeated, ask who keeps the registry."
        )


def _unpack(package: Package, archive: Path, made: Path) -> None:
    with tarfile.open(archive) as tar:
        for member in tar:
            wanted = any(fnmatch.fnmatchcase(member.name, pattern) for pattern in package.keep)
            content = tar.extractfile(member) if wanted and member.isfile() else None
            if content is None or ".." in member.name:
                continue
            path = made / member.name.removeprefix(package.strip)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())


def _localise(stylesheet: Path) -> None:
    """Leave out the fonts' old formats, and make sure that every address is a file beside the stylesheet."""
    text = _plain_rem(stylesheet.read_text("utf-8"), stylesheet.name)
    text = OLD_FONTS.sub("", text).replace(",;", ";").replace(",}", "}")
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    for address in ADDRESS.findall(text):
        file = posixpath.normpath(posixpath.join(stylesheet.as_posix(), "..", address))
        if not address.startswith("data:") and not Path(file).is_file():
            raise FetchError(
                f"{stylesheet.name} asks for {address!r}, which is not among the fetched files. "
                "The package was not put in place; `keep` in sandbox/theme/fetch.py may need a look."
            )
    stylesheet.write_text(text, "utf-8")


def _plain_rem(text: str, name: str) -> str:
    """Make a rem the browser's own size (16 px) again, as it is in JupyterLab, where DKFDS makes it 10 px."""
    text, count = ROOT_SIZE.subn(lambda rule: f"{rule[1]}{float(rule[2]) * 1.6:.6g}%", text)
    if "font-size:100%" not in text or not count:
        raise FetchError(f"{name} does not make a rem 10 px any more; look at _plain_rem in sandbox/theme/fetch.py.")
    return re.sub(r"(?<![\w#.-])(-?\d*\.?\d+)rem\b", lambda number: f"{float(number[1]) * 0.625:.6g}rem", text)


def _put_in_place(package: Package, made: Path, target: Path) -> None:
    """Swap the finished copy in; where another run was first and finished the same, theirs stays."""
    if target.exists():
        target.rename(made.with_name("old"))
    try:
        made.rename(target)
    except OSError:
        if not _is_complete(package, target):
            raise
    shutil.rmtree(made, ignore_errors=True)
