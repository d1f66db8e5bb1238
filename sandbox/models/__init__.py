"""Every known model: where it comes from, what it is, and whether its file on this machine is the right one.

`python -m sandbox.models prepare` makes files ready; the model service asks here where they are.
This package does not run models, and imports neither torch nor transformers.
"""

from __future__ import annotations

from sandbox.models.catalogue import Catalogue, load_catalogue
from sandbox.models.entry import ChatTemplate, Entry
from sandbox.models.places import converted, is_prepared, models_dir, prepared, weights
from sandbox.models.sources import Address, File, Folder, Hub, Packages

__all__ = [
    "Address",
    "Catalogue",
    "ChatTemplate",
    "Entry",
    "File",
    "Folder",
    "Hub",
    "Packages",
    "converted",
    "is_prepared",
    "load_catalogue",
    "models_dir",
    "prepared",
    "weights",
]
