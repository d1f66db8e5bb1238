"""Reads one mapping of an author's YAML file strictly: every message names file, place and field.

It does not know what an item or a module is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from course.errors import ContentError
from course.locale import LANGUAGES

Text = dict[str, str]
"""Prose by language: `{"da": ..., "en": ...}`."""

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_yaml(path: Path) -> Mapping[str, Any]:
    """Return the mapping in a YAML file; raises ContentError when it is missing, broken or not a mapping."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_StrictLoader)
    except FileNotFoundError:
        raise ContentError(f"{_short(path)} is missing; a module cannot do without it.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise ContentError(f"{_short(path)} is not valid YAML: {fault}") from fault
    if not isinstance(data, Mapping):
        raise ContentError(f"{_short(path)} must hold a mapping (key: value), not {type(data).__name__}.")
    return data


def _short(path: Path) -> str:
    return "/".join(path.parts[-2:])


class _StrictLoader(yaml.SafeLoader):
    """YAML in which a key written twice is an error, and dates stay text."""


def _mapping_without_doubles(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        raise yaml.constructor.ConstructorError(None, None, f"the key {doubled.pop()!r} stands twice", node.start_mark)
    return loader.construct_mapping(node, deep=True)


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_doubles)
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))


class Fields:
    """The fields of one mapping; each is asked for once by its type, and `done` refuses those nobody asked for."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise ContentError(f"{where}: expected fields (key: value), found {data!r}.")
        self._data = data
        self._asked: set[str] = set()
        self.where = where

    def fail(self, field: str, what: str) -> ContentError:
        """Return an error about `field`, to be raised."""
        return ContentError(f"{self.where}: field {field!r} {what}")

    def has(self, field: str) -> bool:
        """Return whether the author wrote the field."""
        return field in self._data

    def any(self, field: str, default: Any = ...) -> Any:
        """Return the field as it is; without a default it must be there."""
        self._asked.add(field)
        if field not in self._data and default is ...:
            raise self.fail(field, "is missing.")
        return self._data.get(field, default)

    def string(self, field: str, default: Any = ...) -> str:
        """Return a text that is not empty."""
        value = self.any(field, default)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(field, f"must be a text, not {value!r}.")
        return value

    def id(self, field: str = "id") -> str:
        """Return an id: lower-case letters, digits and single hyphens."""
        value = self.string(field)
        if not ID.fullmatch(value):
            raise self.fail(field, f"must be lower-case letters, digits and hyphens, not {value!r}.")
        return value

    def choice(self, field: str, allowed: Collection[str]) -> str:
        """Return one of the allowed words."""
        value = self.string(field)
        if value not in allowed:
            raise self.fail(field, f"is {value!r}; it must be one of {', '.join(sorted(allowed))}.")
        return value

    def number(self, field: str, default: Any = ...) -> float:
        """Return a finite number."""
        value = self.any(field, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value != value
            or abs(value) == float("inf")
        ):
            raise self.fail(field, f"must be a number, not {value!r}.")
        return value

    def integer(self, field: str, default: Any = ...) -> int:
        """Return a whole number of at least 0."""
        value = self.number(field, default)
        if not isinstance(value, int) or value < 0:
            raise self.fail(field, f"must be a whole number of at least 0, not {value!r}.")
        return value

    def boolean(self, field: str, default: bool) -> bool:
        """Return true or false."""
        value = self.any(field, default)
        if not isinstance(value, bool):
            raise self.fail(field, f"must be true or false, not {value!r}.")
        return value

    def text(self, field: str) -> Text:
        """Return prose in every language; a language that is missing or empty is named."""
        value = self.any(field)
        if not isinstance(value, Mapping):
            raise self.fail(field, f"must have {' and '.join(LANGUAGES)}, not {value!r}.")
        for language in LANGUAGES:
            if not isinstance(value.get(language), str) or not value[language].strip():
                raise self.fail(field, f"has no text in {language!r}.")
        if extra := set(value) - set(LANGUAGES):
            raise self.fail(field, f"has the unknown language {sorted(map(str, extra))[0]!r}.")
        return {language: value[language].strip() for language in LANGUAGES}

    def sequence(self, field: str, default: Any = ...) -> list[Any]:
        """Return a list."""
        value = self.any(field, default)
        if not isinstance(value, list):
            raise self.fail(field, f"must be a list, not {value!r}.")
        return value

    def children(self, field: str, default: Any = ...) -> list[Fields]:
        """Return a list of mappings, each with its place in its messages."""
        return [
            Fields(child, f"{self.where}, {field} {_name(child, index)}")
            for index, child in enumerate(self.sequence(field, default))
        ]

    def schema(self, version: int) -> None:
        """Refuse a file of another format version."""
        if self.any("schema") != version:
            raise self.fail("schema", f"is {self.any('schema')!r}; this program reads version {version}.")

    def done(self) -> None:
        """Refuse fields that nobody asked for: most are spelling mistakes."""
        if extra := [str(field) for field in self._data if field not in self._asked]:
            raise self.fail(extra[0], "is not known here; check the spelling.")


def _name(child: object, index: int) -> str:
    if isinstance(child, Mapping) and isinstance(child.get("id"), str):
        return repr(child["id"])
    return f"number {index + 1}"


def unique(ids: Collection[str], where: str, what: str) -> None:
    """Refuse an id that stands twice."""
    listed = list(ids)
    for value in listed:
        if listed.count(value) > 1:
            raise ContentError(f"{where}: {what} {value!r} stands twice; every id must be its own.")
