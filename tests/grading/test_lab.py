"""How JupyterLab is started for instructors; tests/grading/test_formgrader.py starts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import paths
from course.errors import SettingError
from grading.lab import arguments, lab


def test_it_listens_here_only_and_asks_nobody() -> None:
    options = arguments(Path("/somewhere/nbgrader"), 8888)
    assert "--ServerApp.ip=127.0.0.1" in options
    assert "--LabApp.news_url=None" in options
    assert "--LabApp.extension_manager=readonly" in options
    assert not any("token" in option for option in options)


def test_authors_see_the_checkout_where_it_holds_the_course() -> None:
    assert f"--ServerApp.root_dir={paths.ROOT}" in arguments(paths.ROOT / "var" / "nbgrader", 8888)
    assert "--ServerApp.root_dir=/somewhere/nbgrader" in arguments(Path("/somewhere/nbgrader"), 8888)


def test_without_a_course_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    with pytest.raises(SettingError, match="make setup"):
        lab()
