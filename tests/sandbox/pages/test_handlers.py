"""What the server sends, and what it never does: pages, images, errors; no list, no other file, no other host."""

from __future__ import annotations

import re
import socket

import httpx
import pytest
from served import ANSWERS_MARK, Served, page

PAGES = ["index.ipynb", "sample/sample.ipynb", "sandbox/chat.ipynb"]


@pytest.mark.parametrize(("prefix", "language"), [("", "da"), ("en/", "en")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_its_language_and_asks_no_other_host(
    visitor: httpx.Client, path: str, prefix: str, language: str
) -> None:
    text = page(visitor, prefix + (path.replace("sample/", "") if prefix else path))
    assert f'<html lang="{language}"' in text
    loaded = re.findall(r'<(?:script|link|img|iframe|source|object|embed)\b[^>]*?(?:src|href|data)="([^"]*)"', text)
    assert len(loaded) > 5
    assert [url for url in loaded if re.match(r"(?:https?:)?//", url)] == []
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", text)
    assert "mathjax" not in re.sub(r'"(?:fullMathjaxUrl|mathjaxConfig)": "[^"]*"', "", text).lower()


def test_a_page_never_shows_its_source(visitor: httpx.Client) -> None:
    for path in PAGES:
        assert "import anywidget" not in page(visitor, path)
        assert "os.environ" not in page(visitor, path)


def test_pieces_are_sections_with_their_titles(visitor: httpx.Client) -> None:
    text = page(visitor, "sample/sample.ipynb")
    assert re.findall(r'<section class="kk-piece" id="(\w+)">', text) == ["scene", "words", "tomorrow"]
    assert text.count("<section") == text.count("</section>")
    assert text.count("<h1") == 1
    assert '<a href="#scene" aria-current="step">' in text


def test_the_frame_is_a_header_a_main_and_a_footer(visitor: httpx.Client) -> None:
    for path in PAGES:
        text = page(visitor, path)
        assert [text.count(part) for part in ("<header", '<main id="main"', "<footer")] == [1, 1, 1]
        assert text.count("<h1") == 1


def test_headers_keep_a_page_to_this_host(visitor: httpx.Client) -> None:
    for path in ["/voila/render/index.ipynb", "/login", "/nothing"]:
        headers = visitor.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_a_visitor_cannot_choose_another_template(visitor: httpx.Client) -> None:
    assert 'class="kk-header"' in visitor.get("/voila/render/index.ipynb?template=lab&theme=dark").text


TRICKS = [
    "/voila/files/sample/answers.json",
    "/voila/files/sample/items.json",
    "/voila/files/sample/sample.ipynb",
    "/voila/files/sample/ANSWERS.JSON",
    "/voila/files/sample/answers.json%00.png",
    "/voila/files/sample/answers.json%2F.png",
    "/voila/files/sample/answers.json?x=.png",
    "/voila/files/sample/dot.png/../answers.json",
    "/voila/files/sample/dot.png%2F..%2Fanswers.json",
    "/voila/files/..%2Fsite%2Fsample%2Fanswers.json",
    "/voila/files{site}/sample/answers.json",
    "/voila/files/{site}/sample/answers.json",
    "/voila/render/sample/answers.json",
    "/voila/render/sample%2Fanswers.json",
    "/voila/static/..%2Fanswers.json",
    "/voila/templates/koerekort/static/..%2F..%2F..%2F..%2F__init__.py",
    "/voila/templates/lab/static/index.css",
    "/voila/api/contents/sample/answers.json?content=1&format=text",
    "/files/sample/answers.json",
    "/api/contents/sample/answers.json",
    "/nbconvert/html/sample/sample.ipynb",
]


@pytest.mark.parametrize("path", TRICKS)
def test_no_file_of_the_site_is_sent(visitor: httpx.Client, sample_pages: Served, path: str) -> None:
    assert ANSWERS_MARK in (sample_pages.site / "sample" / "answers.json").read_text()
    path = path.replace("{site}", str(sample_pages.site))
    # httpx tidies dots away, as browsers do; a hand-made request does not
    host, port = visitor.base_url.host, visitor.base_url.port
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    with socket.create_connection((host, port), timeout=20) as raw:
        raw.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b"")).decode("utf-8", "replace")
    assert re.match(r"HTTP/1.1 (?:30[12]|40[034]) ", answer)
    assert ANSWERS_MARK not in answer
    assert '"cells"' not in answer


def test_the_sites_images_are_sent(visitor: httpx.Client) -> None:
    answer = visitor.get("/voila/files/sample/dot.png")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")


@pytest.mark.parametrize("path", ["/", "/voila", "/voila/", "/voila/tree", "/voila/tree/", "/voila/tree/sample"])
def test_no_list_of_files_is_shown(visitor: httpx.Client, path: str) -> None:
    assert visitor.get(path).url.path == "/voila/render/index.ipynb"


def test_the_list_of_files_is_not_told_either(visitor: httpx.Client) -> None:
    for path in ["/voila/api/contents/", "/voila/api/contents/sample", "/api/kernels", "/api/contents"]:
        assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/voila/render/nothing.ipynb", "/nothing/at/all"])
def test_a_page_that_is_not_there_says_so_in_both_languages(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "<h1>Siden findes ikke</h1>" in answer.text
    assert "The page does not exist" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("path", ["sample/broken.ipynb", "sample/dying.ipynb"])
def test_a_cell_that_fails_is_a_sentence(visitor: httpx.Client, path: str) -> None:
    text = page(visitor, path)
    assert "Denne del af siden kunne ikke vises" in text
    assert "secret fault" not in text
    assert "Traceback" not in text
    assert "Voil" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert text.rstrip().endswith("</html>")
