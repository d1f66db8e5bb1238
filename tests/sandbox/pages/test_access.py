"""Who gets in: the printed address, the cookie, the code that is typed, and who does not."""

from __future__ import annotations

from pathlib import Path

import httpx
import psutil
import pytest
from served import Served

from course.errors import SettingError
from sandbox.pages.access import address, cookie_secret, pages_token, token_file


@pytest.mark.parametrize("path", ["/", "/voila", "/voila/tree", "/voila/render/index.ipynb", "/nothing"])
def test_a_page_without_the_token_leads_to_the_login(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/login?next=")


@pytest.mark.parametrize("path", ["/voila/files/sample/dot.png", "/voila/api/contents/", "/api/kernels/a-b-c-d-e"])
def test_nothing_else_is_given_without_the_token(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code in (302, 403)


def test_the_printed_address_ends_at_the_home_page_without_the_token(sample_pages: Served) -> None:
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        answer = client.get(sample_pages.address)
    assert str(answer.url) == f"{sample_pages.root}/voila/render/index.ipynb"
    assert answer.status_code == 200


def test_the_address_can_lead_to_another_page(sample_pages: Served) -> None:
    port = int(sample_pages.root.rpartition(":")[2])
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        answer = client.get(address(port, sample_pages.token, "en/index.ipynb"))
    assert answer.url.path == "/voila/render/en/index.ipynb"


def test_a_token_in_a_pages_address_is_taken_out_before_a_kernel_starts(sample_pages: Served) -> None:
    with httpx.Client(timeout=60) as client:
        answer = client.get(f"{sample_pages.root}/voila/render/index.ipynb?a=1&token={sample_pages.token}")
    assert (answer.status_code, answer.headers["location"]) == (302, "/voila/render/index.ipynb?a=1")


def test_a_wrong_code_is_refused_in_both_languages(sample_pages: Served) -> None:
    with httpx.Client(base_url=sample_pages.root) as client:
        form = client.get("/login?next=%2F")
        assert form.status_code == 200
        wrong = client.post("/login?next=%2F", data={"_xsrf": client.cookies["_xsrf"], "password": "wrong"})
        assert wrong.status_code == 401
        assert "Koden passer ikke" in wrong.text
        assert "The code does not match" in wrong.text
        assert client.get("/voila/render/index.ipynb").status_code == 302


def test_the_code_can_be_typed(sample_pages: Served) -> None:
    with httpx.Client(base_url=sample_pages.root, follow_redirects=True, timeout=60) as client:
        client.get("/login")
        code = {"_xsrf": client.cookies["_xsrf"], "password": f" {sample_pages.token}\n"}
        assert client.post("/login", data=code).url.path == "/voila/render/index.ipynb"


def test_login_does_not_lead_to_another_host(sample_pages: Served) -> None:
    with httpx.Client() as client:
        answer = client.get(f"{sample_pages.address}&next=https://example.org/")
    assert answer.headers["location"] == "/"


def test_another_host_name_is_refused(visitor: httpx.Client) -> None:
    assert visitor.get("/voila/render/index.ipynb", headers={"Host": "evil.example"}).status_code == 403


def test_it_listens_on_this_machine_alone(sample_pages: Served) -> None:
    listening = [c for c in psutil.Process(sample_pages.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}


def test_the_token_is_private_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    first = pages_token()
    assert len(first) >= 32
    assert pages_token() == first
    assert token_file().stat().st_mode & 0o777 == 0o600
    assert token_file().parent.stat().st_mode & 0o777 == 0o700


def test_a_damaged_token_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    pages_token()
    token_file().write_text("æ")
    with pytest.raises(SettingError, match="Delete the file"):
        pages_token()


def test_a_cookie_outlives_a_restart_but_not_the_token() -> None:
    assert cookie_secret("a" * 32) == cookie_secret("a" * 32) != cookie_secret("b" * 32)
