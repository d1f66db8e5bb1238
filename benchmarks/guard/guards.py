"""The guards that are measured: ours, and two that others would use. Each is a function from a text to findings.

It does not know the set, nor how findings are judged.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

MODEL_VARIABLE = "PRESIDIO_SPACY_MODEL"
DEFAULT_MODEL = "en_core_web_lg"
CPR = re.compile(r"\b\d{6}-?\d{4}\b")
# Presidio's names for what we have a kind for; what else it finds (dates, links, American numbers) is left out.
PRESIDIO_KINDS = {
    "PERSON": "NAME",
    "PHONE_NUMBER": "PHONE",
    "EMAIL_ADDRESS": "EMAIL",
    "LOCATION": "ADDRESS",
    "IBAN_CODE": "BANK",
}


@dataclass(frozen=True)
class Found:
    """What a guard says: a kind and a place, in characters, end not included."""

    kind: str
    start: int
    end: int


Guard = Callable[[str], list[Found]]


class NotInstalled(Exception):
    """A guard that cannot be measured here; the message says what to install."""


def ours() -> Guard:
    """Return the guard of the sandbox, with its usual policy; what it only warns about counts as found too."""
    check = import_module("sandbox.guard").check

    def guard(text: str) -> list[Found]:
        return [Found(finding.kind, finding.start, finding.end) for finding in check(text).findings]

    return guard


def regex() -> Guard:
    """Return a regular expression for CPR numbers alone: six digits, perhaps a dash, four digits."""

    def guard(text: str) -> list[Found]:
        return [Found("CPR", match.start(), match.end()) for match in CPR.finditer(text)]

    return guard


def presidio() -> Guard:
    """Return Presidio with its defaults, English; only the spaCy model may be another one (PRESIDIO_SPACY_MODEL)."""
    model = os.environ.get(MODEL_VARIABLE, DEFAULT_MODEL)
    for module, how in (
        ("presidio_analyzer", "pip install presidio-analyzer"),
        (model, f"python -m spacy download {model}, or set {MODEL_VARIABLE} to a model that is installed"),
    ):
        if find_spec(module) is None:
            raise NotInstalled(f"{module} is not installed here; in an environment of its own: {how}.")
    logging.getLogger("tldextract").setLevel(logging.CRITICAL)  # it asks the internet for a list, then uses its own
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider()
    provider.nlp_configuration["models"] = [{"lang_code": "en", "model_name": model}]
    engine = import_module("presidio_analyzer").AnalyzerEngine(nlp_engine=provider.create_engine())

    def guard(text: str) -> list[Found]:
        results = engine.analyze(text, language="en")
        named = ((PRESIDIO_KINDS.get(result.entity_type), result) for result in results)
        return [Found(kind, result.start, result.end) for kind, result in named if kind]

    return guard


GUARDS: dict[str, Callable[[], Guard]] = {"ours": ours, "regex": regex, "presidio": presidio}
