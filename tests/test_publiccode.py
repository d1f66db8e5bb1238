"""Is publiccode.yml complete and within the limits of the standard (version 0.4)?"""

from __future__ import annotations

import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
FILE = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
REQUIRED = (
    *("publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "developmentStatus"),
    *("softwareType", "description", "legal", "maintenance", "localisation"),
)


def test_all_that_the_standard_requires_is_there() -> None:
    assert [key for key in REQUIRED if not FILE.get(key)] == []
    assert FILE["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert FILE["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert FILE["legal"]["license"] == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"]


def test_descriptions_are_in_every_language_and_of_the_right_length() -> None:
    assert set(FILE["description"]) == set(FILE["localisation"]["availableLanguages"]) == {"da", "en"}
    for text in FILE["description"].values():
        assert len(text["genericName"]) <= 35
        assert len(text["shortDescription"]) <= 150
        assert 500 <= len(text["longDescription"]) <= 10000
        assert text["features"]


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert FILE["softwareVersion"] == project["version"]
