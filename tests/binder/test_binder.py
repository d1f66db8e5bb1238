"""Do the files for repo2docker work where they can be tried here: in a clean copy, without torch, under 2 GB in all?

A new environment stands in for Binder's: it sees the packages that are installed here, but torch and transformers
cannot be imported, as in binder/environment.yml, and the project is installed in it by `postBuild` itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = ("accelerate", "torch", "transformers", "tokenizers", "gguf")
LIMIT = 2_000_000_000  # bytes; mybinder.org gives 2 GB at most
TOKEN = "a-token-for-the-test"


@dataclass(frozen=True)
class Image:
    """The clean copy that `postBuild` has been through, and the environment to run in."""

    root: Path
    environment: dict[str, str]


@dataclass(frozen=True)
class Running:
    """A started image: the process, and where the pages and the model service answer."""

    process: subprocess.Popen[bytes]
    pages: str
    model: str
    root: Path


@pytest.mark.parametrize("script", ["postBuild", "start"])
def test_a_script_is_bash_and_can_be_run(script: str) -> None:
    file = ROOT / "binder" / script
    assert os.access(file, os.X_OK)
    assert file.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    assert subprocess.run(["bash", "-n", file]).returncode == 0


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    root = tmp_path_factory.mktemp("image") / "repository"
    copy(root)
    environment = prepared_environment(root.parent)
    built = subprocess.run(["bash", "binder/postBuild"], cwd=root, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    return Image(root, environment)


def copy(target: Path) -> None:
    """Copy what the repository holds, and the look that was fetched already."""
    ignored = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "node_modules")
    shutil.copytree(ROOT, target, ignore=ignored)
    if (ROOT / "var" / "theme").is_dir():
        shutil.copytree(ROOT / "var" / "theme", target / "var" / "theme")


def prepared_environment(folder: Path) -> dict[str, str]:
    """Make the environment that stands in for Binder's; return its variables."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "environment"], check=True)
    packages = next((folder / "environment" / "lib").glob("python3.*/site-packages"))
    (packages / "installed-here.pth").write_text(sysconfig.get_path("purelib") + "\n")
    for name in LEFT_OUT:
        (packages / f"{name}.py").write_text(f"raise ImportError('{name} is not in this image')\n")
    names = [name for name in os.environ if name.startswith(("KOEREKORT_", "SANDBOX_", "JUPYTER"))]
    kept = {name: value for name, value in os.environ.items() if name not in names or name == "KOEREKORT_MODELS"}
    return {
        **kept,
        # the second for alembic, which nbgrader looks for
        "PATH": os.pathsep.join([f"{folder}/environment/bin", f"{sys.prefix}/bin", os.environ["PATH"]]),
        "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(Path(sys.prefix) / "etc" / "jupyter"),
        "JUPYTER_TOKEN": TOKEN,
        "SANDBOX_MODEL_PORT": str(free_port()),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def running(image: Image) -> Iterator[Running]:
    port = free_port()
    server = ["python", "-m", "notebook", "--ip", "127.0.0.1", "--port", str(port), "--no-browser"]
    as_root = ["--allow-root"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        ["bash", image.root / "binder" / "start", *server, *as_root],
        cwd=image.root,
        env=image.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    model = f"http://127.0.0.1:{image.environment['SANDBOX_MODEL_PORT']}"
    try:
        yield Running(process, f"http://127.0.0.1:{port}", model, image.root)
    finally:
        everything = family(process)
        os.killpg(process.pid, signal.SIGTERM)
        _, left = psutil.wait_procs(everything, timeout=10)
        for survivor in left:
            survivor.kill()


def family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return a process and all that it started."""
    head = psutil.Process(process.pid)
    return [head, *head.children(recursive=True)]


def get(url: str, body: dict[str, object] | None = None, token: str = TOKEN, seconds: float = 90) -> tuple[str, str]:
    """Ask until there is an answer; return where it came from, and the text."""
    data = json.dumps(body).encode() if body else None
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=seconds) as answer:
                return answer.url, answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, f"no answer from {url}"
            time.sleep(0.3)


@pytest.mark.slow
def test_it_opens_the_home_page_in_danish(running: Running) -> None:
    url, page = get(f"{running.pages}/")
    assert url == f"{running.pages}/voila/render/index.ipynb"
    assert '<html lang="da"' in page


@pytest.mark.slow
def test_everything_together_stays_under_2_gb(running: Running, record_property: Callable[[str, object], None]) -> None:
    """Measured with the home page, the module and a lab open, after the model has answered."""
    for page in ("index", "capabilities/capabilities", "sandbox/chat"):
        assert "<html" in get(f"{running.pages}/voila/render/{page}.ipynb")[1]
    get(f"{running.model}/health")
    token = (running.root / "var" / "run" / "model.token").read_text().strip()
    models = [model["id"] for model in json.loads(get(f"{running.model}/v1/models", token=token)[1])["data"]]
    for model in models:
        body: dict[str, object] = {"model": model, "prompt": "Kommunen er", "max_tokens": 100}
        assert json.loads(get(f"{running.model}/v1/completions", body, token)[1])["choices"]
    shares = {process.pid: pss(process) for process in family(running.process)}
    record_property("pss_mb", sum(shares.values()) // 1_000_000)
    assert 100_000_000 < sum(shares.values()) < LIMIT


def pss(process: psutil.Process) -> int:
    """Return a process's fair share of memory, in bytes."""
    with contextlib.suppress(psutil.Error):
        return int(process.memory_full_info().pss)
    return 0


@pytest.mark.slow
def test_there_is_one_model_service_and_it_comes_back(running: Running) -> None:
    get(f"{running.model}/health")
    (service,) = named(running, "sandbox.service")
    (grader,) = named(running, "grading.watch")
    service.kill()
    service.wait(10)
    get(f"{running.model}/health")
    assert [process.pid for process in named(running, "sandbox.service")] != [service.pid]
    assert [process.pid for process in named(running, "grading.watch")] == [grader.pid]


def named(running: Running, module: str) -> list[psutil.Process]:
    return [process for process in family(running.process) if process.cmdline()[1:3] == ["-m", module]]
