"""`python -m sandbox.models list | prepare | where`: the models on this machine.

It only reads options and prints; the work is in the modules beside it.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys

from sandbox.errors import SandboxError
from sandbox.models import places
from sandbox.models.catalogue import Catalogue, load_catalogue
from sandbox.models.convert import convert
from sandbox.models.entry import Entry
from sandbox.models.prepare import prepare
from sandbox.models.progress import Progress


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _options().parse_args(arguments)
    try:
        catalogue = load_catalogue()
        if options.command == "list":
            _list(catalogue)
        else:
            _prepare(catalogue, options)
    except SandboxError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing half-made is used; run it again to go on.", file=sys.stderr)
        return 130
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox.models", description="The models on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="show every known model and whether it is ready")
    ready = commands.add_parser("prepare", help="fetch, verify and put in the cache (all models, or the named)")
    which = ready.add_mutually_exclusive_group()
    which.add_argument("--model", action="append", metavar="ID", help="only this model; may be given again")
    which.add_argument("--all", action="store_true", help="every known model (what happens without --model)")
    ready.add_argument(
        "--engine", choices=("llamacpp", "transformers"), default="llamacpp",
        help="transformers: also unpack the weights for it, once, a minute or two; without --model the default model",
    )  # fmt: skip
    return parser


def _prepare(catalogue: Catalogue, options: argparse.Namespace) -> None:
    progress = Progress()
    unpack = options.engine == "transformers"
    ids = options.model or list(catalogue.models)
    if unpack and not options.model and not options.all and importlib.util.find_spec("xllamacpp"):
        ids = [catalogue.default]
    for entry in [catalogue.get(model) for model in ids]:
        place = convert(entry, progress) if unpack else prepare(entry, progress)
        print(f"{entry.id}: {place or 'answers at its own address; nothing to prepare'}")


def _list(catalogue: Catalogue) -> None:
    for entry in catalogue.models.values():
        mark = " (default)" if entry.id == catalogue.default else ""
        print(f"{entry.id}{mark}: {entry.title}, {entry.kind}, {', '.join(entry.languages)}, {entry.licence['name']}")
        print(f"    {_state(entry)}")


def _state(entry: Entry) -> str:
    if entry.remote:
        return "answers at its own address"
    if not places.is_prepared(entry):
        return "not prepared"
    also = ", and unpacked for transformers" if places.is_prepared(entry, "transformers") else ""
    return f"ready at {places.weights(entry)}{also}"


if __name__ == "__main__":
    sys.exit(main())
