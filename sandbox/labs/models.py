"""How a lab speaks of the models that the service offers: title, what kind, what to expect, in the page's language.

It does not know where the models come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from course.locale import translator

NAMED = ("da", "en")


def model_views(models: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, str]]:
    """Return what a browser shows of each model, in the service's order."""
    return [_view(model, language) for model in models]


def _view(model: Mapping[str, Any], language: str) -> dict[str, str]:
    t = translator("sandbox", "labs", language)
    kind = "base" if model.get("kind") == "base" else "instruct"
    title = str(model.get("title") or model["id"])
    spoken = [str(code) for code in model.get("languages") or []]
    languages = ", ".join(t(f"lab.language.{code if code in NAMED else 'other'}") for code in spoken)
    what = t(f"lab.kind.{kind}", languages=languages or t("lab.language.other"))
    expect = model.get("expect")
    words = str(expect.get(language, "")) if isinstance(expect, Mapping) else ""
    if model.get("leaves_machine"):
        words = f"{t('lab.leaves', address=model['leaves_machine'])} {words}".strip()
    return {
        "id": str(model["id"]),
        "title": title,
        "kind": kind,
        "label": t("lab.option", title=title, what=what),
        "expect": words,
        "logprobs": "yes" if "logprobs" in (model.get("capabilities") or ()) else "",
        "lang": language if language in spoken or not spoken else spoken[0],
    }
