"""One model's entry in models.yaml, read into a checked object.

It knows the form of an entry, not where files lie.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sandbox.errors import ModelFileError
from sandbox.models.sources import Address, Folder, Hub, Source, read_source

ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
SHA256 = re.compile(r"[0-9a-f]{64}")
KINDS = ("base", "instruct")
SAMPLING = ("temperature", "top_p", "top_k")
KNOWN = {
    "id", "title", "kind", "languages", "licence", "source", "revision", "sha256", "files", "size_mb",
    "context", "sampling", "chat", "accepted", "expect",
}  # fmt: skip


@dataclass(frozen=True)
class ChatTemplate:
    """How a conversation becomes one text for a base model, and the strings that end its answer."""

    system: str
    user: str
    assistant: str
    answer: str
    stop: tuple[str, ...]

    def render(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The text to complete; `messages` hold `role` (system, user, assistant) and `content`."""
        forms = {"system": self.system, "user": self.user, "assistant": self.assistant}
        turns = [forms[message["role"]].replace("{text}", message["content"]) for message in messages]
        return "".join(turns) + self.answer


@dataclass(frozen=True)
class Entry:
    """A known model; `size_mb` is in megabytes (10^6 bytes), `context` in tokens."""

    id: str
    title: str
    kind: str
    languages: tuple[str, ...]
    licence: Mapping[str, str]
    source: Source
    revision: str
    size_mb: int
    context: int
    expect: Mapping[str, str]
    sha256: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    sampling: Mapping[str, float] = field(default_factory=dict)
    chat: ChatTemplate | None = None
    accepted: Mapping[str, str] | None = None

    @property
    def remote(self) -> bool:
        """True when prompts go to another server."""
        return isinstance(self.source, Address)

    @property
    def snapshot(self) -> bool:
        """True when the model is a folder with safetensors, which only transformers reads."""
        return isinstance(self.source, Folder) or (isinstance(self.source, Hub) and self.source.file is None)


def read_entry(raw: object, where: str) -> Entry:
    """The checked entry.

    Raises:
        ModelFileError: a field is missing, unknown or of a wrong form; the message names file, model and field.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str) or not ID.fullmatch(raw["id"]):
        raise ModelFileError(f"{where}: a model needs an `id` of a-z, 0-9, dot and dash, and has {raw!r:.80}.")
    model = raw["id"]
    fields = _Fields(raw, where, model)
    fields.check_known()
    source = read_source(raw.get("source"), model)
    kind = fields.choice("kind", KINDS)
    return Entry(
        id=model,
        title=fields.text("title"),
        kind=kind,
        languages=tuple(fields.texts("languages")),
        licence=fields.mapping("licence", ("name", "url")),
        source=source,
        revision=fields.text("revision") if "revision" in raw else getattr(source, "revision", ""),
        size_mb=fields.whole("size_mb") if not isinstance(source, Address) else 0,
        context=fields.whole("context"),
        expect=fields.mapping("expect", ("da", "en")),
        sha256=fields.sum("sha256"),
        files=fields.sums("files"),
        sampling=fields.sampling(),
        chat=fields.chat(required=kind == "base"),
        accepted=fields.mapping("accepted", ("date", "evaluation")) if raw.get("accepted") else None,
    )


class _Fields:
    """Reads an entry's fields; each method raises a sentence that names file, model and field."""

    def __init__(self, raw: Mapping[str, object], where: str, model: str) -> None:
        self.raw = raw
        self.at = f"{where}: model {model}"

    def fail(self, name: str, need: str) -> ModelFileError:
        return ModelFileError(f"{self.at}: `{name}` is {self.raw.get(name)!r}. {need}")

    def check_known(self) -> None:
        unknown = sorted(set(self.raw) - KNOWN)
        if unknown:
            known = ", ".join(sorted(KNOWN))
            raise ModelFileError(f"{self.at}: `{unknown[0]}` is no field of a model. Known: {known}.")

    def text(self, name: str) -> str:
        value = self.raw.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(name, "Give a text.")
        return value

    def texts(self, name: str) -> list[str]:
        value = self.raw.get(name)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self.fail(name, "Give a list of texts.")
        return value

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.raw.get(name)
        if value not in choices:
            raise self.fail(name, f"Give one of {', '.join(choices)}.")
        return str(value)

    def whole(self, name: str) -> int:
        value = self.raw.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.fail(name, "Give a whole number above 0.")
        return value

    def mapping(self, name: str, keys: tuple[str, ...]) -> dict[str, str]:
        value = self.raw.get(name)
        if not isinstance(value, dict) or set(value) != set(keys) or not all(value.values()):
            raise self.fail(name, f"Give {' and '.join(keys)}.")
        return {key: str(value[key]) for key in keys}

    def sum(self, name: str) -> str | None:
        value = self.raw.get(name)
        if value is not None and not (isinstance(value, str) and SHA256.fullmatch(value)):
            raise self.fail(name, "Give 64 hex digits.")
        return value

    def sums(self, name: str) -> dict[str, str]:
        value = self.raw.get(name) or {}
        if not isinstance(value, dict) or not all(SHA256.fullmatch(str(item)) for item in value.values()):
            raise self.fail(name, "Give {file name: 64 hex digits}.")
        return {str(key): str(item) for key, item in value.items()}

    def sampling(self) -> dict[str, float]:
        value = self.raw.get("sampling") or {}
        numbers = isinstance(value, dict) and all(isinstance(item, int | float) for item in value.values())
        if not isinstance(value, dict) or not numbers or set(value) - set(SAMPLING):
            raise self.fail("sampling", f"Give numbers for {', '.join(SAMPLING)}.")
        return dict(value)

    def chat(self, required: bool) -> ChatTemplate | None:
        value = self.raw.get("chat")
        if value is None and not required:
            return None
        forms = ("system", "user", "assistant", "answer")
        if not isinstance(value, dict) or set(value) != {*forms, "stop"} or not isinstance(value["stop"], list):
            raise self.fail("chat", f"A base model needs {', '.join(forms)} (texts) and stop (a list).")
        system, user, assistant, answer = (str(value[form]) for form in forms)
        return ChatTemplate(system, user, assistant, answer, tuple(str(end) for end in value["stop"]))
