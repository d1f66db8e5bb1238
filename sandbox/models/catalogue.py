"""All known models: ours from models.yaml, and an operator's own file on top.

It knows nothing of files on disk or of engines.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from course import paths
from sandbox.errors import ModelFileError
from sandbox.models.entry import Entry, read_entry

OURS = Path(__file__).resolve().parents[1] / "models.yaml"
SCHEMA = 1


@dataclass(frozen=True)
class Catalogue:
    """The known models by id, and the id of the one that answers when none is named."""

    models: Mapping[str, Entry]
    default: str

    def get(self, model: str) -> Entry:
        """The entry of `model`.

        Raises:
            ModelFileError: no such model; the message lists the known ones.
        """
        if model not in self.models:
            raise ModelFileError(f"There is no model {model!r}. Known: {', '.join(self.models)}.")
        return self.models[model]


def load_catalogue() -> Catalogue:
    """Our models and the operator's (`KOEREKORT_MODELS_FILE`, else `models.yaml` in the var folder if there).

    Raises:
        ModelFileError: a file is broken; the message names file, model and field.
    """
    models, default = _read(OURS)
    named = os.environ.get("KOEREKORT_MODELS_FILE")
    own = Path(named) if named else paths.var() / "models.yaml"
    if named and not own.is_file():
        raise ModelFileError(f"KOEREKORT_MODELS_FILE names {named}, and there is no such file.")
    if own.is_file():
        more, own_default = _read(own)
        models, default = {**models, **more}, own_default or default
    if default not in models:
        raise ModelFileError(f"The default model {default!r} is not in {own}. Known: {', '.join(models)}.")
    return Catalogue(models, str(default))


def _read(path: Path) -> tuple[dict[str, Entry], str | None]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ModelFileError(f"{path} cannot be read: {error}. Mend it, or move it away.") from error
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA or not isinstance(raw.get("models"), list):
        raise ModelFileError(f"{path} needs `schema: {SCHEMA}` and a list `models`.")
    models: dict[str, Entry] = {}
    for item in raw["models"]:
        entry = read_entry(item, str(path))
        if entry.id in models:
            raise ModelFileError(f"{path}: the model {entry.id} is there twice. Remove one.")
        models[entry.id] = entry
    return models, raw.get("default")
