"""A hub id: the real hub client against a small hub on this machine, in a process of its own as in real life."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS = b"GGUF" + bytes(5000)
FILES = {
    "config.json": b'{"model_type": "llama"}',
    "tokenizer.json": b"{}",
    "model.safetensors": bytes(2000),
    "modeling_evil.py": b"raise SystemExit('code from the hub ran')",
    "pytorch_model.bin": b"pickle",
    "model.gguf": WEIGHTS,
}


class Hub(BaseHTTPRequestHandler):
    """The three requests that the hub client makes for a pinned revision."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """A listing, or a file."""
        self.answer(True)

    def do_HEAD(self) -> None:
        """What a file is."""
        self.answer(False)

    def answer(self, whole: bool) -> None:
        """Send a listing or a file, or only the head of one."""
        path = self.path.partition("?")[0]
        name = path.rpartition(f"/resolve/{COMMIT}/")[2]
        if path == f"/api/models/org/tiny/tree/{COMMIT}":
            rows = [{"type": "file", "path": name, "size": len(data), "oid": "0"} for name, data in FILES.items()]
            data = json.dumps(rows).encode()
        elif path.startswith("/org/tiny/resolve/") and name in FILES:
            data = FILES[name]
            self.asked.append(name)
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if whole:
            self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub() -> Iterator[str]:
    """A hub's address."""
    Hub.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def prepare(tmp_path: Path, hub: str, file: str | None, **more: object) -> subprocess.CompletedProcess[str]:
    source = {"hub": "org/tiny", "revision": COMMIT, **({"file": file} if file else {})}
    entry = {
        "id": "tiny", "title": "Tiny", "kind": "instruct", "languages": ["en"],
        "licence": {"name": "MIT", "url": "https://example.dk"}, "source": source, "size_mb": 1, "context": 128,
        "expect": {"da": "intet", "en": "nothing"}, **more,
    }  # fmt: skip
    (tmp_path / "models.yaml").write_text(yaml.safe_dump({"schema": 1, "models": [entry]}))
    told = {"KOEREKORT_VAR": str(tmp_path), "KOEREKORT_MODELS": str(tmp_path / "cache"), "HF_ENDPOINT": hub}
    told |= {"HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_XET": "1"}
    command = [sys.executable, "-m", "sandbox.models", "prepare", "--model", "tiny"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True, timeout=120)


def test_one_gguf_file_is_fetched_at_its_commit(tmp_path: Path, hub: str) -> None:
    ended = prepare(tmp_path, hub, "model.gguf", sha256=hashlib.sha256(WEIGHTS).hexdigest())
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "cache" / "tiny" / "model.gguf").read_bytes() == WEIGHTS
    assert set(Hub.asked) == {"model.gguf"}


def test_a_snapshot_is_fetched_without_code_and_pickles(tmp_path: Path, hub: str) -> None:
    ended = prepare(tmp_path, hub, None)
    assert ended.returncode == 0, ended.stderr
    folder = tmp_path / "cache" / "tiny" / "snapshot"
    assert {path.name for path in folder.iterdir()} == {"config.json", "tokenizer.json", "model.safetensors"}
    assert not set(Hub.asked) & {"modeling_evil.py", "pytorch_model.bin"}


def test_another_file_than_the_one_named_is_refused(tmp_path: Path, hub: str) -> None:
    ended = prepare(tmp_path, hub, "model.gguf", sha256="0" * 64)
    assert ended.returncode == 1
    assert "should have 0000" in ended.stderr
    assert not list((tmp_path / "cache" / "tiny").glob("model*"))


def test_a_file_that_is_not_there_gets_one_sentence(tmp_path: Path, hub: str) -> None:
    ended = prepare(tmp_path, hub, "other.gguf")
    assert ended.returncode == 1
    assert "could not be fetched from the hub" in ended.stderr or "has no other.gguf" in ended.stderr
    assert "Traceback" not in ended.stderr
