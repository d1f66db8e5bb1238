"""The scripts, styles and fonts of the pages: from memory, compressed once, kept by the browser for a year.

It does not know what is in them, nor who may have them.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from sandbox import theme
from sandbox.pages import scripts

PLAIN_NAME = re.compile(r"(?!.*\.\.)[\w@-][\w@.-]*(?:/[\w@-][\w@.-]*)*")
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
SQUEEZED = {".js", ".css", ".svg", ".json"}
YEAR = "public, max-age=31536000, immutable"
DAY = "public, max-age=86400"  # what is asked for by a name that stays the same
HASHED = re.compile(r"[.][0-9a-f]{8,}[.]js$")

Find = Callable[[str], Path | bytes | None]


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: plain, compressed (empty where that gains nothing), and what its content hashes to."""

    plain: bytes
    squeezed: bytes
    mark: str
    type: str


class Assets:
    """The files of one folder of addresses; `find` tells what stands behind a name."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._kept: dict[str, tuple[float, Asset]] = {}

    def get(self, name: str) -> Asset | None:
        """Return a file, read again where it has changed; None where there is none."""
        found = self._find(name) if PLAIN_NAME.fullmatch(name) else None
        if found is None:
            return None
        changed = found.stat().st_mtime if isinstance(found, Path) else 0.0
        kept = self._kept.get(name)
        if kept is None or kept[0] != changed:
            content = found.read_bytes() if isinstance(found, Path) else found
            kept = self._kept[name] = (changed, _asset(name, content))
        return kept[1]


class AssetHandler(JupyterHandler):
    """Sends an asset to those who are logged in."""

    def initialize(self, assets: Assets) -> None:
        """Take the files of this route."""
        self._assets = assets

    @web.authenticated
    def get(self, name: str) -> None:
        """Send a file."""
        self.send(name)

    head = get

    def send(self, name: str) -> None:
        """Send a file, compressed where the browser can take it, or only say that it has not changed."""
        asset = self._assets.get(name)
        if asset is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", asset.type)
        self.set_header("Cache-Control", YEAR if HASHED.search(name) or "v" in self.request.query_arguments else DAY)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Etag", f'"{asset.mark}"')
        if self.check_etag_header():
            self.set_status(304)
            return
        if asset.squeezed and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
        content = asset.squeezed if "Content-Encoding" in self._headers else asset.plain
        self.set_header("Content-Length", len(content))
        self.finish(content if self.request.method == "GET" else b"")

    def compute_etag(self) -> str | None:
        """Leave the mark as it was set."""
        return None


class LookHandler(AssetHandler):
    """Sends the look's own files, which the login page needs too."""

    @allow_unauthenticated
    def get(self, name: str) -> None:
        """Send a file."""
        self.send(name)

    head = get


def routes() -> list[tuple[str, type[AssetHandler], dict[str, Assets]]]:
    """Return the assets' routes, without the server's own prefix."""
    scripts.bundle()  # now, not when the first visitor waits
    return [
        (rf"/voila/templates/{theme.TEMPLATE}/static/(.+)", LookHandler, {"assets": Assets(_of_the_look)}),
        (r"/voila/static/(.+)", AssetHandler, {"assets": Assets(_of_voila)}),
        (r"/voila/labextensions/(.+)", AssetHandler, {"assets": Assets(_of_an_extension)}),
    ]


def _of_the_look(name: str) -> Path | None:
    for root in theme.data_paths():
        file = (theme.static(root) / name).resolve()
        if file.is_file() and file.is_relative_to(theme.static(root).resolve()):
            return file
    return None


def _of_voila(name: str) -> Path | bytes | None:
    bundle = scripts.bundle()
    if name == bundle.name:
        return bundle.content
    return scripts.voila_file(name) if "/" not in name else None


def _of_an_extension(name: str) -> Path | None:
    extension, _, file = name.partition("/static/")
    return scripts.extension_file(name) if extension in scripts.EXTENSIONS and "/" not in file else None


def _asset(name: str, content: bytes) -> Asset:
    ending = Path(name).suffix
    squeezed = gzip.compress(content, 9, mtime=0) if ending in SQUEEZED and len(content) > 1000 else b""
    kind = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or ending == ".json"
    mark = hashlib.sha256(content).hexdigest()[:32]
    return Asset(content, squeezed, mark, f"{kind}; charset=utf-8" if text else kind)
