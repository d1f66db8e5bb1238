"""Are the entries of models.yaml complete, and are broken ones refused with file, model and field?"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.errors import ModelFileError
from sandbox.models import Address, Hub, load_catalogue
from sandbox.models.catalogue import OURS

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's models.yaml that can be written."""
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    return tmp_path / "models.yaml"


def smol(**changes: Any) -> dict[str, Any]:
    raw = yaml.safe_load(OURS.read_text())["models"][1]
    return {**copy.deepcopy(raw), **changes}


def write(own: Path, *models: dict[str, Any], **more: Any) -> None:
    own.write_text(yaml.safe_dump({"schema": 1, "models": list(models), **more}))


def test_our_two_models_are_known(own: Path) -> None:
    catalogue = load_catalogue()
    assert list(catalogue.models) == ["gemma3-270m", "smollm2-135m"]
    assert catalogue.default == "gemma3-270m"
    gemma, smol = catalogue.models.values()
    assert (gemma.kind, smol.kind) == ("base", "instruct")
    assert gemma.sha256 == "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
    assert smol.sha256 == "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
    assert "da" in gemma.languages
    assert all(entry.accepted is None for entry in (gemma, smol))


def test_a_base_models_template_renders_a_conversation(own: Path) -> None:
    chat = load_catalogue().get("gemma3-270m").chat
    assert chat
    text = chat.render(
        [
            {"role": "system", "content": "Svar kort."},
            {"role": "user", "content": "Hej {text}"},
            {"role": "assistant", "content": "Hej!"},
            {"role": "user", "content": "Farvel"},
        ]
    )
    assert text == "Svar kort.\n\nBruger:\nHej {text}\n\nAssistent:\nHej!\n\nBruger:\nFarvel\n\nAssistent:\n"
    assert "\nBruger:" in chat.stop


def test_an_operators_file_adds_replaces_and_chooses_the_default(own: Path) -> None:
    address = smol(id="big", source={"address": "https://models.example.dk/v1/", "model": "org/big"})
    write(own, smol(title="Mine"), address, default="big")
    catalogue = load_catalogue()
    assert catalogue.default == "big"
    assert catalogue.get("smollm2-135m").title == "Mine"
    assert catalogue.get("big").source == Address("https://models.example.dk/v1", "org/big", None)
    assert catalogue.get("big").remote


def test_a_hub_id_needs_a_commit(own: Path) -> None:
    write(own, smol(source={"hub": "org/name", "revision": COMMIT, "file": "model.gguf"}))
    assert load_catalogue().get("smollm2-135m").source == Hub("org/name", COMMIT, "model.gguf")
    for revision in ("main", "v1.0", COMMIT[:12], None):
        write(own, smol(source={"hub": "org/name", "revision": revision}))
        with pytest.raises(ModelFileError, match="40 hex digits"):
            load_catalogue()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "smollm2-135m: `title` is ''"),
        ({"kind": "chatty"}, "`kind` is 'chatty'. Give one of base, instruct"),
        ({"kind": "base"}, "`chat` is None"),
        ({"languages": "da"}, "`languages` is 'da'"),
        ({"licence": {"name": "MIT"}}, "`licence` is"),
        ({"expect": {"da": "kun dansk"}}, "`expect` is"),
        ({"sha256": "abc"}, "`sha256` is 'abc'. Give 64 hex digits"),
        ({"size_mb": -1}, "`size_mb` is -1"),
        ({"context": True}, "`context` is True"),
        ({"sampling": {"temp": 1}}, "`sampling` is"),
        ({"accepted": {"date": "2026-12-01"}}, "`accepted` is"),
        ({"trust_remote_code": True}, "`trust_remote_code` is no field"),
        ({"source": {}}, "names nothing known"),
        ({"source": {"file": "/a.gguf", "folder": "/a"}}, "names file, folder"),
        ({"source": {"file": "model.gguf"}}, "is relative"),
        ({"source": {"file": "/models/model.bin"}}, "is not a .gguf file"),
        ({"source": {"packages": [{"requirement": "x>=1", "member": "m"}]}}, "'x>=1' is not pinned"),
        ({"source": {"packages": [{"requirement": "x==1", "member": "../m"}]}}, "is not a path inside"),
        ({"source": {"address": "models.example.dk", "model": "m"}}, "is not an address"),
        ({"source": {"address": "https://models.example.dk/v1"}}, "`model` is missing"),
        ({"source": {"hub": "just-a-name", "revision": COMMIT}}, "is not a hub id"),
        ({"source": {"hub": "a/b", "revision": COMMIT, "file": "x.bin"}}, "is not a .gguf file"),
        ({"id": "../up"}, "a model needs an `id`"),
    ],
)
def test_a_broken_entry_is_named(own: Path, changes: dict[str, Any], words: str) -> None:
    write(own, smol(**changes))
    with pytest.raises(ModelFileError) as caught:
        load_catalogue()
    assert words in str(caught.value)


def test_a_broken_file_is_named(own: Path) -> None:
    for text in ("models: [", "schema: 2\nmodels: []", "- a", ""):
        own.write_text(text)
        with pytest.raises(ModelFileError, match=str(own)):
            load_catalogue()


def test_a_doubled_id_and_an_unknown_default_are_refused(own: Path) -> None:
    write(own, smol(), smol())
    with pytest.raises(ModelFileError, match="is there twice"):
        load_catalogue()
    write(own, smol(), default="nobody")
    with pytest.raises(ModelFileError, match="'nobody' is not in"):
        load_catalogue()


def test_a_named_file_must_be_there(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_MODELS_FILE", str(own))
    with pytest.raises(ModelFileError, match="there is no such file"):
        load_catalogue()
