"""Nobody gets in, tried on the running product: no token, another's token, another's kernel, code, paths, hosts."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from product import Product
from websockets.exceptions import InvalidStatus

from benchmarks.visitors.visitor import Visitor
from sandbox.gateway.app import OPEN, build_app
from sandbox.gateway.fleet import Fleet
from sandbox.gateway.settings import Settings
from sandbox.models import load_catalogue
from sandbox.pages.server import standalone

pytestmark = [pytest.mark.proof, pytest.mark.slow]

ID = "01234567-89ab-cdef-0123-456789abcdef"
LOOK = "/voila/templates/koerekort/static/koerekort.css"
PAGES = [
    "/",
    "/voila",
    "/voila/render/index.ipynb",
    "/voila/render/sandbox/chat.ipynb",
    "/voila/tree",
    "/voila/files/capabilities/answers.json",
    "/voila/static/voila.js",
    "/voila/labextensions/anywidget/package.json",
    "/voila/templates/lab/static/index.css",
    "/voila/api/contents",
    f"/voila/api/shutdown/{ID}",
    f"/api/kernels/{ID}",
    f"/api/kernels/{ID}/channels",
    "/nothing/of/the/kind",
]
PUBLIC = ["/login", LOOK]
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
}


@pytest.fixture(scope="module")
def stranger(product: Product) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=product.base, timeout=60) as client:
        yield client


def every_answer(client: httpx.Client) -> list[httpx.Response]:
    """Ask for everything there is, by every method."""
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return [client.request(method, path) for path in [*PAGES, *PUBLIC] for method in methods]


def test_no_route_is_missing_here(product: Product) -> None:
    """A route that is added must be tried below: each matches one of the addresses first."""
    pages = standalone(product.var / "site", 0, "x" * 40)
    pages.connection_dir = str(product.var)
    pages.init_settings()
    routes = [re.compile(route[0].rstrip("$") + "$") for route in pages.init_handlers()]
    tried = {next(i for i, route in enumerate(routes) if route.match(path)) for path in [*PAGES, *PUBLIC]}
    assert [routes[i].pattern for i in range(len(routes)) if i not in tried] == []


def test_without_the_token_no_page_answers(stranger: httpx.Client) -> None:
    for answer in every_answer(stranger):
        path, method = answer.request.url.path, answer.request.method
        if path == LOOK and method in ("GET", "HEAD") or path == "/login" and method == "GET":
            assert answer.status_code == 200
        elif answer.status_code == 302:
            assert answer.headers["location"].startswith("/login?next=")
        elif method == "OPTIONS":
            assert answer.content == b"" or answer.status_code in (403, 405)
        else:
            assert answer.status_code in (403, 405), (method, path)
            assert answer.headers["content-type"].startswith(("text/html", "application/json"))


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "*"])
def test_a_wrong_token_is_none(product: Product, token: str) -> None:
    for given in ({"params": {"token": token}}, {"headers": {"Authorization": f"token {token}"}}):
        assert httpx.get(f"{product.base}/voila/render/index.ipynb", **given).status_code == 302  # type: ignore[arg-type]


def test_a_forged_cookie_is_none(product: Product, anna: Visitor) -> None:
    name, value = next((n, v) for n, v in anna.client.cookies.items() if n.startswith("username"))
    pieces = value.strip('"').split("|")
    forged = ["", "anna", value[:-6] + '0000"', "|".join([*pieces[:-1], "0" * 64])]
    for cookie in forged:
        answer = httpx.get(f"{product.base}/voila/render/index.ipynb", headers={"Cookie": f"{name}={cookie}"})
        assert answer.status_code == 302


def test_without_the_token_the_model_does_not_answer(product: Product) -> None:
    base = f"http://127.0.0.1:{product.environment['SANDBOX_MODEL_PORT']}"
    settings = Settings()
    routes = build_app(Fleet(load_catalogue(), settings), settings, "x").routes
    assert len(routes) >= 7
    pages_token = (product.var / "run" / "pages.token").read_text().strip()
    for given in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {pages_token}"}):
        for route in routes:
            path = route.path.replace("{model:path}", "gemma")  # type: ignore[attr-defined]
            for method in ("GET", "POST", "PUT", "OPTIONS"):
                status = httpx.request(method, base + path, headers=given, timeout=30).status_code
                assert status == 401 or path in OPEN, (method, path)
    assert httpx.get(f"{base}/health").status_code in (200, 503)


def test_every_answer_keeps_to_this_host(anna: Visitor, stranger: httpx.Client) -> None:
    for answer in [*every_answer(stranger), *every_answer(anna.client)]:
        said = answer.headers
        where = (answer.request.method, answer.request.url.path, answer.status_code)
        assert {name: said.get(name) for name in HEADERS} == HEADERS, where
        policy = said["content-security-policy"]
        assert "frame-ancestors 'self'" in policy, where
        assert not re.search(r"https?:|//|\*|unsafe-eval", policy), where
        assert "access-control-allow-origin" not in said


def test_the_cookie_is_the_browsers_secret(product: Product) -> None:
    answer = httpx.get(product.address)
    (login,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith("username")]
    assert "httponly" in login.lower()
    assert "samesite=lax" in login.lower()
    assert re.search(r"path=/(;|$)", login.lower())
    assert "domain=" not in login.lower()


def test_a_visitor_cannot_reach_anothers_kernel(anna: Visitor, bent: Visitor, kernel: str) -> None:
    assert anna.client.get(f"/api/kernels/{kernel}").status_code == 200
    assert bent.client.get(f"/api/kernels/{kernel}").status_code == 404
    assert bent.client.delete(f"/api/kernels/{kernel}").status_code in (403, 405)
    with pytest.raises(InvalidStatus) as refused, bent.talking(kernel):
        pass
    assert refused.value.response.status_code == 404
    bent.leave(kernel)
    assert anna.client.get(f"/api/kernels/{kernel}").status_code == 200
    with anna.talking(kernel) as talk:
        known = talk.send("kernel_info_request", {})
        assert any(parent == known for _, parent, _ in talk.heard(until=known))


def test_a_kernel_is_no_ones_without_a_cookie(product: Product, kernel: str) -> None:
    nobody = Visitor(product.base)
    with pytest.raises(InvalidStatus) as refused, nobody.talking(kernel):
        pass
    assert refused.value.response.status_code == 403
    token = {"Authorization": f"token {(product.var / 'run' / 'pages.token').read_text().strip()}"}
    assert httpx.get(f"{product.base}/api/kernels/{kernel}", headers=token).status_code == 404


def test_kernel_ids_cannot_be_guessed(anna: Visitor, kernel: str) -> None:
    other = anna.open("sandbox/tokens.ipynb")
    assert other[14] == kernel[14] == "4"  # random, by RFC 9562
    assert sum(a != b for a, b in zip(kernel, other, strict=True)) > 16
    assert anna.leave(other) == 204


def test_no_kernel_can_be_started_but_by_a_page(anna: Visitor) -> None:
    mark = {"_xsrf": anna.client.cookies["_xsrf"]}
    for path in ["/api/kernels", "/api/sessions", "/api/kernelspecs", "/api/terminals", "/voila/execution/x"]:
        assert anna.client.post(path, data=mark).status_code in (403, 404, 405)
        assert anna.client.get(path).status_code == 404


@pytest.mark.parametrize(
    "wish", ["voila-template=lab", "template=lab", "theme=dark", "voila-theme=dark", "kernel_name=x"]
)
def test_a_visitor_cannot_change_the_page(anna: Visitor, wish: str) -> None:
    text = anna.client.get(f"/voila/render/index.ipynb?{wish}").text
    assert 'class="kk-header"' in text
    assert 'data-jp-theme-light="true"' in text


def test_no_kernel_holds_a_token_or_an_address(product: Product, anna: Visitor, kernel: str) -> None:
    assert anna.client.get(f"/api/kernels/{kernel}").status_code == 200
    secrets = [(product.var / "run" / f"{name}.token").read_text().strip() for name in ("pages", "model")]
    visitors = [value for name, value in anna.client.cookies.items() if name.startswith("username")]
    processes = psutil.Process(product.process.pid).children(recursive=True)
    kernels = [it for it in processes if re.search("forkserver|ipykernel", " ".join(it.cmdline()))]
    assert len(kernels) >= 2
    for process in kernels:
        told = (Path("/proc") / str(process.pid) / "environ").read_bytes().decode() + " ".join(process.cmdline())
        assert "KOEREKORT_VAR=" in told
        for secret in [*secrets, *visitors, "VOILA_REQUEST_URL", "QUERY_STRING", "REMOTE_ADDR", "token="]:
            assert secret not in told


SECRET_FILES = ["answers.json", "items.json", "capabilities.ipynb", "index.ipynb", "pages.token", "model.token"]
PLACES = ["capabilities/", "run/", "../run/", "..%2frun%2f", "%2e%2e/run/", "%252e%252e%252frun%252f", "..\\run\\"]
PLACES += ["..%5crun%5c", "....//run/", "/etc/../{var}/run/", "{var}/run/", "%2f{var}/run/", "CAPABILITIES/", ".//./"]
ROOTS = [
    "/voila/files/",
    "/voila/static/",
    "/voila/templates/koerekort/static/",
    "/voila/labextensions/anywidget/static/",
]
ROOTS += ["/static/", "/api/contents/", "/voila/api/contents/", "/files/", "/voila/render/", "/voila/labextensions/"]


def test_no_path_leads_to_a_file(product: Product, anna: Visitor) -> None:
    """Asked over a bare socket, because clients tidy paths."""
    inside = [path.read_bytes() for path in (product.var / "run").glob("*.token")]
    inside += [path.read_bytes()[:200] for path in (product.var / "site").rglob("items.json")]
    assert len(inside) >= 3
    asked = 0
    for root in ROOTS:
        for place in PLACES:
            for file in SECRET_FILES:
                for name in (file, file.upper(), f"{file}%00.png", f"{file}?v=.png", f"{file}/.png", f"{file};.svg"):
                    path = root + place.replace("{var}", str(product.var)) + name
                    if root == "/voila/render/" and "ipynb" in path.lower():
                        continue  # a page
                    status, body = raw(product, path, anna.cookies)
                    asked += 1
                    assert status in (301, 302, 400, 403, 404, 405), (status, path)
                    assert not any(secret in body for secret in inside), path
    assert asked > 1000


def raw(product: Product, path: str, cookies: str, host: str = "") -> tuple[int, bytes]:
    """Ask without tidying the path; return status and answer."""
    at = urlsplit(product.base)
    lines = [f"GET {path} HTTP/1.0", f"Host: {host or at.netloc}", f"Cookie: {cookies}", "Connection: close", "", ""]
    with socket.create_connection((at.hostname, at.port), timeout=60) as connection:
        connection.sendall("\r\n".join(lines).encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "0.0.0.0"])
def test_another_hosts_name_is_refused(product: Product, anna: Visitor, host: str) -> None:
    for path in [*PAGES, *PUBLIC]:
        status, _ = raw(product, path, anna.cookies, host)
        assert status == 403, path


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "https://127.0.0.1"])
def test_another_origins_websocket_is_refused(anna: Visitor, kernel: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, anna.talking(kernel, Origin=origin):
        pass
    assert refused.value.response.status_code in (403, 404)


def test_a_post_without_the_mark_is_refused(product: Product, anna: Visitor, kernel: str) -> None:
    for form in ({}, {"_xsrf": ""}, {"_xsrf": "forged"}):
        for path in (f"/voila/api/shutdown/{kernel}", "/login"):
            answer = anna.client.post(path, data=form, headers={"Origin": "http://evil.example"})
            assert answer.status_code in (403, 404), path
    assert anna.client.get(f"/api/kernels/{kernel}").status_code == 200
