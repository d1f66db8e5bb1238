"""python -m sandbox.summary: what is set up here, as one JSON object: the model that answers, and what the guard does.

For the municipality's plan, which is made by a program that does not import the sandbox. It starts nothing.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.parse import urlsplit

from course import paths
from course.errors import CourseError
from course.locale import LANGUAGES, translator
from sandbox.guard import Policy, load_policy
from sandbox.guard.policy import ACTIONS, KINDS
from sandbox.models.catalogue import load_catalogue
from sandbox.models.entry import Entry

SCHEMA = 1
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def summary() -> dict[str, Any]:
    """Return the default model and the guard's policy; raises CourseError where a file cannot be read."""
    catalogue = load_catalogue()
    return {"schema": SCHEMA, "model": _model(catalogue.get(catalogue.default)), "guard": _guard(load_policy())}


def _model(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "languages": list(entry.languages),
        "licence": dict(entry.licence),
        "revision": entry.revision,
        "remote": entry.remote or urlsplit(paths.model_url()).hostname not in LOOPBACK,
        "accepted": None if entry.accepted is None else dict(entry.accepted),
    }


def _guard(policy: Policy) -> dict[str, list[dict[str, str]]]:
    """Return the kinds under each action, in words by language."""
    texts = {language: translator("sandbox", "guard", language) for language in LANGUAGES}
    words = {kind: {language: t(f"kind.{kind}") for language, t in texts.items()} for kind in KINDS}
    return {action: [words[kind] for kind in KINDS if policy.rules[kind].action == action] for action in ACTIONS}


def main() -> int:
    """Print the summary; a file that cannot be read is one sentence and exit code 2."""
    try:
        print(json.dumps(summary()))
    except CourseError as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
