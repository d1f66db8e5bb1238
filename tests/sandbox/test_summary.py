"""What is set up, told to a program that does not import the sandbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.locale import LANGUAGES
from sandbox.guard import load_policy
from sandbox.models.catalogue import load_catalogue
from sandbox.summary import main, summary


def test_the_default_model_and_every_kind_of_the_policy_are_named() -> None:
    said = summary()
    catalogue = load_catalogue()
    assert said["model"]["title"] == catalogue.get(catalogue.default).title
    assert said["model"]["remote"] is False
    kinds = [kind for action in ("block", "mask", "warn") for kind in said["guard"][action]]
    assert len(kinds) == len(load_policy().rules)
    assert all(set(kind) == set(LANGUAGES) for kind in kinds)


def test_another_machines_service_is_said_to_be_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_MODEL_URL", "http://models.example.dk:8870/v1")
    assert summary()["model"]["remote"] is True


def test_the_command_prints_json_or_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main() == 0
    assert json.loads(capsys.readouterr().out)["schema"] == 1
    monkeypatch.setenv("KOEREKORT_MODELS_FILE", str(tmp_path / "gone.yaml"))
    assert main() == 2
    assert "there is no such file" in capsys.readouterr().err
