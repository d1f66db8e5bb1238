"""A page's kernel: what it is told, and when it goes."""

from __future__ import annotations

import asyncio
import html
import json
import re
import sys
from pathlib import Path

import httpx
import psutil
import pytest
from served import SAMPLE, SECRETS, Served, StartPages, page

from sandbox.pages.kernels import SWEEP_S, PageKernels, PageKernelSpecs, page_environment
from sandbox.pages.server import PING_MS
from sandbox.pages.settings import shared


def kernel_of(text: str) -> str:
    """Return the id of the kernel behind a page."""
    found = re.search(r'"kernelId": "([0-9a-f-]+)"', text)
    assert found
    return found[1]


def test_a_kernel_knows_no_secret_and_no_way_out(visitor: httpx.Client, sample_pages: Served) -> None:
    text = page(visitor, f"index.ipynb?token={sample_pages.token}")
    found = re.search(r'<pre class="kk-environment" hidden>(.*?)</pre>', text)
    assert found
    told = json.loads(html.unescape(found[1]))
    assert told["python"] == sys.executable
    assert told["heavy"] == []
    assert told["env"]["HF_HUB_OFFLINE"] == told["env"]["HF_HUB_DISABLE_TELEMETRY"] == "1"
    everything = json.dumps(told["env"])
    for secret in (sample_pages.token, *SECRETS.values(), "token="):
        assert secret not in everything


def test_names_of_secrets_are_known() -> None:
    secrets = ["JPY_API_TOKEN", "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "DB_PASSWORD", "github_token", "APIKEY"]
    kept = ["PATH", "KOEREKORT_VAR", "SANDBOX_MODEL_URL", "TOKENIZERS_PARALLELISM", "KEYBOARD", "JUPYTERHUB_USER"]
    passed = page_environment(dict.fromkeys([*secrets, *kept], "x"))
    assert not set(secrets) & set(passed)
    assert set(kept) <= set(passed)


def test_a_users_start_up_files_are_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    folder = Path(page_environment({"IPYTHONDIR": "the/users/own"})["IPYTHONDIR"])
    assert folder == tmp_path / "run" / "ipython"
    assert "HistoryManager.enabled = False" in (folder / "profile_default" / "ipython_kernel_config.py").read_text()


def test_a_page_that_is_closed_frees_its_kernel(visitor: httpx.Client) -> None:
    kernel = kernel_of(page(visitor, "sandbox/chat.ipynb"))
    assert visitor.get(f"/api/kernels/{kernel}").status_code == 200
    forged = visitor.post(f"/voila/api/shutdown/{kernel}", data={"_xsrf": "forged"})
    assert forged.status_code == 403
    assert visitor.post(f"/voila/api/shutdown/{kernel}", data={"_xsrf": visitor.cookies["_xsrf"]}).status_code == 204
    assert visitor.get(f"/api/kernels/{kernel}").status_code == 404


def test_a_visitor_who_left_is_forgotten_within_a_minute() -> None:
    many, one = shared(labs_only=True), shared()
    unnoticed = 2 * PING_MS / 1000  # a browser that vanished without a word
    assert 30 <= many.PageKernels.left_s <= 60 - SWEEP_S - unnoticed
    assert one.PageKernels.left_s >= 600
    assert one.MappingKernelManager.cull_connected is False


def test_a_kernel_outlives_a_network_that_blinks_and_goes_with_its_visitor(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))

    async def blink_and_leave() -> None:
        kernels = PageKernels(kernel_spec_manager=PageKernelSpecs(), left_s=0.3, root_dir=str(tmp_path))
        kernel, given = kernels.take("anna", ".")
        try:
            await given
            assert kernels.belongs_to(kernel, "anna")
            assert not kernels.belongs_to(kernel, "bent")
            kernels.notify_connect(kernel)
            await asyncio.sleep(0.4)
            await kernels.sweep()
            kernels.notify_disconnect(kernel)
            await kernels.sweep()
            kernels.notify_connect(kernel)
            await asyncio.sleep(0.4)
            await kernels.sweep()
            assert kernels.belongs_to(kernel, "anna")
            kernels.notify_disconnect(kernel)
            await asyncio.sleep(0.4)
            await kernels.sweep()
            assert kernel not in kernels
            assert not kernels.belongs_to(kernel, "anna")
        finally:
            kernels.close()
            await kernels.shutdown_all(now=True)
            kernels.fork_server.stop()

    asyncio.run(blink_and_leave())


def test_stopping_leaves_no_kernel(start_pages: StartPages) -> None:
    served = start_pages(SAMPLE)
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        client.get(served.address)
        client.get(f"{served.root}/voila/render/sandbox/chat.ipynb")
    server = psutil.Process(served.pid)
    kernels = server.children(recursive=True)
    assert kernels
    server.terminate()
    gone, alive = psutil.wait_procs([server, *kernels], timeout=20)
    assert alive == []
