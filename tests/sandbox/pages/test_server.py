"""The server as it is started: alone, for the labs only, as part of a Jupyter server; and when it cannot start."""

from __future__ import annotations

import html
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from served import SAMPLE, Served, StartPages, page, sample_site


def test_a_port_in_use_is_one_sentence(sample_pages: Served) -> None:
    port = sample_pages.root.rpartition(":")[2]
    done = start_in_vain("--port", port, "--site", str(SAMPLE), var=sample_pages.var)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port {port} cannot be used for the pages")
    assert done.stderr.count("\n") == 1


def test_a_site_that_is_not_built_is_one_sentence(tmp_path: Path) -> None:
    done = start_in_vain("--port", "0", "--site", str(tmp_path), var=tmp_path)
    assert done.returncode == 2
    assert "python -m course.build" in done.stderr
    assert done.stderr.count("\n") == 1


def start_in_vain(*options: str, var: Path) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "sandbox.pages", *options]
    environment = os.environ | {"KOEREKORT_VAR": str(var)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_labs_only_shows_no_module_and_kernels_know_it(start_pages: StartPages) -> None:
    served = start_pages(SAMPLE, "--labs-only")
    with httpx.Client(base_url=served.root, follow_redirects=True, timeout=60) as client:
        assert client.get(served.address).status_code == 200
        assert client.get("/voila/render/sandbox/chat.ipynb").status_code == 200
        assert client.get("/voila/render/en/sandbox/chat.ipynb").status_code == 200
        for path in ["sample/sample.ipynb", "en/sample.ipynb", "sandbox/../sample/sample.ipynb"]:
            assert client.get(f"/voila/render/{path}").status_code == 404
        assert "&quot;KOEREKORT_LABS_ONLY&quot;: &quot;1&quot;" in html.escape(page(client, "index.ipynb"))


@pytest.mark.slow
def test_a_jupyter_server_shows_the_same_pages(sample_pages: Served, tmp_path: Path) -> None:
    sample_site(tmp_path)
    (tmp_path / "theme").symlink_to(sample_pages.var / "theme")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    repo = Path(__file__).parents[3]
    environment = os.environ | {
        "KOEREKORT_VAR": str(tmp_path),
        "JUPYTER_CONFIG_PATH": str(repo / "sandbox" / "pages" / "config"),
        "JUPYTER_PATH": f"{repo / 'sandbox' / 'theme'}{os.pathsep}{tmp_path / 'theme'}",
        "JUPYTER_CONFIG_DIR": str(tmp_path / "own"),
    }
    options = [f"--port={port}", "--no-browser", "--ip=127.0.0.1", "--IdentityProvider.token=abc"]
    options += ["--allow-root"] if os.geteuid() == 0 else []
    command = [sys.executable, "-m", "jupyter", "server", *options]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            check_jupyter_server(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def check_jupyter_server(root: str) -> None:
    """Ask a Jupyter server for what our own server is asked for."""
    with httpx.Client(base_url=root, headers={"Authorization": "token abc"}, timeout=60) as client:
        for _ in range(120):
            try:
                client.get("/api")
                break
            except httpx.TransportError:
                time.sleep(0.25)
        text = page(client, "en/sample.ipynb")
        assert '<html lang="en"' in text
        assert "cdn" not in text.lower()
        assert client.get("/voila/tree/sample").headers["location"] == "/voila/render/index.ipynb"
        assert client.get("/voila").headers["location"] == "/voila/render/index.ipynb"
        assert client.get("/voila/api/contents/").status_code == 404
        assert client.get("/voila/files/sample/answers.json").status_code == 403
        assert client.get("/").headers["location"].rstrip("?") == "/voila/render/index.ipynb"
        assert "default-src 'self'" in client.get("/voila/render/index.ipynb").headers["content-security-policy"]
