"""Scripts, styles and fonts: few, small, kept by the browser; and none to a stranger but the look's own."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest
from served import page

from sandbox.pages import scripts

MOST_REQUESTS = 16  # of the page's own; Voila alone would ask for seventy more
MOST_BYTES = 1_300_000


def addresses(text: str) -> list[str]:
    """Return what a page asks for at once."""
    return list(dict.fromkeys(re.findall(r'<(?:script|link)\b[^>]*?(?:src|href)="([^"]*)"', text)))


def test_a_page_asks_for_little(visitor: httpx.Client) -> None:
    asked = addresses(page(visitor, "sandbox/chat.ipynb"))
    assert len(asked) <= MOST_REQUESTS
    size = 0
    for address in asked:
        with visitor.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.status_code == 200, address
            size += sum(len(part) for part in answer.iter_raw())
    assert 500_000 < size < MOST_BYTES


def test_what_has_its_hash_in_its_address_is_kept_for_a_year(visitor: httpx.Client) -> None:
    for address in addresses(page(visitor, "sandbox/chat.ipynb")):
        kept = visitor.get(address).headers["cache-control"]
        hashed = "?v=" in address or re.search(r"\.[0-9a-f]{8,}\.js", address)
        assert kept == ("public, max-age=31536000, immutable" if hashed else "public, max-age=86400")


def test_a_file_is_compressed_for_those_who_can_read_it(visitor: httpx.Client) -> None:
    address = f"/voila/static/{scripts.bundle().name}"
    plain = visitor.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with visitor.stream("GET", address, headers={"Accept-Encoding": "gzip, br"}) as answer:
        squeezed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(squeezed) == plain.content == scripts.bundle().content
    assert len(squeezed) * 3 < len(plain.content)


def test_what_has_not_changed_is_not_sent_again(visitor: httpx.Client) -> None:
    address = "/voila/static/voila.js"
    mark = visitor.get(address).headers["etag"]
    again = visitor.get(address, headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["voila.js", "9999.voila.js", "../voila.js", "chunks.0000000000000000.js"])
def test_scripts_are_for_those_who_are_logged_in(stranger: httpx.Client, visitor: httpx.Client, name: str) -> None:
    address = f"/voila/static/{name.replace('/', '%2f')}"
    assert stranger.get(address).status_code == 302
    assert visitor.get(address).status_code == (200 if name == "voila.js" else 404)


def test_extensions_that_pages_do_not_use_are_not_served(visitor: httpx.Client) -> None:
    for entry in scripts.entries():
        assert visitor.get(f"/voila/labextensions/{entry}").status_code == 200
    for path in ["jupyterlab-jupytext/package.json", "anywidget/package.json", "anywidget/static/../package.json"]:
        assert visitor.get(f"/voila/labextensions/{path}").status_code == 404


def test_the_chunks_are_those_that_voila_asks_for(visitor: httpx.Client) -> None:
    content = scripts.bundle().content
    loader = scripts.voila_file(scripts.LOADER)
    assert loader
    files = [scripts.voila_file(f"{part}.voila.js") for part in scripts.PART.findall(loader.read_text("utf-8"))]
    there = {file.name for file in files if file and file.read_bytes()[:200] in content}
    assert len(there) > 40
    assert len(scripts.entries()) == len(scripts.EXTENSIONS) == 3
