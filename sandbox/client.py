"""How pages talk to the model service: a thin, synchronous client on httpx.

It raises `ModelServiceError` with a kind and a sentence, never httpx's errors; pages translate the kind.
It knows nothing of engines, and keeps nothing of what is said.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import httpx

from course import paths
from sandbox.answer import Candidate, Delta, Scored, Token, masked, readable, written
from sandbox.errors import ModelServiceError

BY_CODE = {
    "context_length_exceeded": "too_long",
    "request_too_large": "too_long",
    "blocked_by_guard": "blocked",
    "report_not_masked": "blocked",
    "engine_down": "down",
    "model_not_prepared": "down",
    "queue_full": "busy",
    "engine_silent": "busy",
    "not_stored": "not_stored",
}
BY_STATUS = {413: "too_long", 429: "busy", 502: "down", 503: "down", 504: "busy"}


class ModelClient:
    """One page's connection to the model service; `base_url` ends in /v1.

    Without arguments it goes to `paths.model_url()` with the token in `paths.model_token()`, read anew for each
    request, so that a service that was started again with another token is found.
    """

    def __init__(self, base_url: str | None = None, token: str | None = None, timeout: float = 180.0) -> None:
        self._url = (base_url or paths.model_url()).rstrip("/")
        self._token = token
        # a proxy in the environment must not see what goes to a service on this machine
        local = httpx.URL(self._url).host in ("127.0.0.1", "::1", "localhost")
        self._http = httpx.Client(timeout=httpx.Timeout(timeout, connect=5), trust_env=not local)
        self._client = secrets.token_hex(8)  # one page, so that the queue can take pages in turn; says nothing of whom

    def models(self) -> list[dict[str, Any]]:
        """The known models: `id`, `title`, `kind`, `languages`, `expect` {da, en}, `capabilities`, `default`, ..."""
        return list(self._json("GET", f"{self._url}/models")["data"])

    def chat(
        self, messages: Sequence[Mapping[str, str]], model: str | None = None, stream: bool = True, **sampling: Any
    ) -> Generator[Delta, None, None]:
        """The answer to a conversation, in parts as they come; closing the iterator stops the model.

        `messages` hold `role` (system, user, assistant) and `content`; `sampling` takes max_tokens, temperature,
        top_p, top_k, seed and stop.
        """
        body = {"messages": [dict(message) for message in messages], "model": model, "stream": stream, **sampling}
        return self._answer("/chat/completions", body)

    def complete(
        self, prompt: str, model: str | None = None, stream: bool = True, **sampling: Any
    ) -> Generator[Delta, None, None]:
        """What follows `prompt`, in parts as they come; closing the iterator stops the model."""
        return self._answer("/completions", {"prompt": prompt, "model": model, "stream": stream, **sampling})

    def next_tokens(self, prompt: str, n: int = 10, model: str | None = None) -> list[Candidate]:
        """The `n` likeliest next tokens (100 at most), likeliest first, before temperature, top-k and top-p."""
        body = {"prompt": prompt, "model": model, "max_tokens": 1, "temperature": 0, "logprobs": n}
        logprobs = self._json("POST", f"{self._url}/completions", body)["choices"][0]["logprobs"]
        if not logprobs:  # the likeliest next token is the end of the text
            return []
        likeliest = sorted(logprobs["top_logprobs"][0].items(), key=lambda pair: -pair[1])[:n]
        return [Candidate(token, readable(token), logprob) for token, logprob in likeliest]

    def score(self, text: str, model: str | None = None) -> list[Scored]:
        """Each token of `text` with the logarithm of its probability after the ones before; the first one has none.

        The beginning-of-text mark that some models put first is not among them. It needs a model with the capability
        `prompt_logprobs`; another one raises `ModelServiceError` with a sentence that says so.
        """
        return self.scores([text], model)[0]

    def scores(self, texts: Sequence[str], model: str | None = None) -> list[list[Scored]]:
        """`score` for many texts, over one connection."""
        return [self._scored(text, model) for text in texts]

    def _scored(self, text: str, model: str | None) -> list[Scored]:
        body = {"prompt": text, "model": model, "max_tokens": 0, "prompt_logprobs": 0}
        rows = self._json("POST", f"{self._url}/completions", body)["choices"][0]["prompt_logprobs"]
        pairs = [next(iter(row.items())) for row in rows[1:]]
        found = [Scored(int(number), told["decoded_token"], told["logprob"]) for number, told in pairs]
        if "".join(token.text for token in found) != text:  # no mark: the first token was the text's own
            first = self.tokenize(text, model)[:1]
            found = [*(Scored(token.id, token.text, None) for token in first), *found]
        return found

    def tokenize(self, text: str, model: str | None = None) -> list[Token]:
        """The tokens of `text`, without the mark that models put at a text's beginning."""
        body = {"prompt": text, "model": model, "add_special_tokens": False}
        found = self._json("POST", f"{self._root}/tokenize", body)
        return [Token(*pair) for pair in zip(found["tokens"], found["token_strs"], strict=True)]

    def event(self, kind: str, lab: str, model: str, language: str) -> None:
        """Let the service count an event. It never fails: a count is not worth a fault."""
        names = {"kind": kind, "lab": lab, "model": model, "language": language}
        with suppress(ModelServiceError), self._plain_errors():
            self._http.post(f"{self._root}/events", json=names, headers=self._headers(), timeout=2)

    def report(self, kind: str, lab: str, model: str, language: str, text: str) -> dict[str, Any]:
        """Store a report of a problem; return its `receipt`, and the `days` it is kept."""
        names = {"kind": kind, "lab": lab, "model": model, "language": language, "text": text}
        return self._json("POST", f"{self._root}/reports", names)

    def health(self) -> dict[str, Any]:
        """`status` (ok, starting, down), `default_model` and `engines`; a service that starts is an answer too."""
        with self._plain_errors():
            reply = self._http.get(f"{self._root}/health", timeout=5)
        body = _object(reply.content)
        if "status" not in body:
            raise _error(reply.status_code, body, reply.headers)
        return body

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    @property
    def _root(self) -> str:
        return self._url.removesuffix("/v1")

    def _answer(self, path: str, body: dict[str, Any]) -> Generator[Delta, None, None]:
        if body["stream"]:
            yield from self._stream(self._url + path, body)
            return
        whole = self._json("POST", self._url + path, body)
        choice = whole["choices"][0]
        text = choice["message"]["content"] if "message" in choice else choice["text"]
        yield Delta(text, choice["finish_reason"], written(choice.get("logprobs")), masked(whole))

    def _stream(self, url: str, body: dict[str, Any]) -> Generator[Delta, None, None]:
        with (
            self._plain_errors(),
            self._http.stream("POST", url, content=_packed(body), headers=self._headers()) as reply,
        ):
            if reply.status_code != 200:
                raise _error(reply.status_code, _object(reply.read()), reply.headers)
            for event in _events(reply):
                if event is None:  # closing the iterator here leaves the queue
                    yield Delta("")
                    continue
                if "error" in event:
                    raise _error(500, event, {})
                for choice in event["choices"]:
                    said = choice.get("delta", choice)
                    text = said.get("content") or said.get("text") or ""
                    yield Delta(text, choice["finish_reason"], written(choice.get("logprobs")), masked(event))

    def _json(self, method: str, url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        content = _packed(body) if body is not None else None
        with self._plain_errors():
            reply = self._http.request(method, url, content=content, headers=self._headers())
        found = _object(reply.content)
        if reply.status_code not in (200, 201):
            raise _error(reply.status_code, found, reply.headers)
        return found

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._token or self._read_token()}",
            "Content-Type": "application/json",
            "X-Sandbox-Client": self._client,
        }

    def _read_token(self) -> str:
        path = paths.model_token()
        try:
            return path.read_text(encoding="ascii").strip()
        except OSError as error:
            sentence = f"The model service has not been started: there is no token in {path}."
            raise ModelServiceError(sentence, "down") from error

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except httpx.ReadTimeout as error:
            raise ModelServiceError("The model service did not answer in time. Try again.", "busy") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            sentence = f"The model service at {self._url} cannot be reached. It may be starting; try again in a moment."
            raise ModelServiceError(sentence, "down") from error


def _packed(body: Mapping[str, Any]) -> bytes:
    return json.dumps({name: value for name, value in body.items() if value is not None}).encode()


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _events(reply: httpx.Response) -> Iterator[dict[str, Any] | None]:
    """The events of a stream; None for a comment, which says that it still waits.

    (httpx's own lines also split at U+2028, which a model may well write.)
    """
    held = b""
    for data in reply.iter_bytes():
        *lines, held = (held + data).split(b"\n")
        for line in lines:
            if line.startswith(b":"):
                yield None
            elif line.startswith(b"data:") and line != b"data: [DONE]":
                yield json.loads(line[5:])


def _error(status: int, body: Mapping[str, Any], headers: Mapping[str, str]) -> ModelServiceError:
    found = body.get("error")
    error: Mapping[str, Any] = found if isinstance(found, dict) else {}
    kind = BY_CODE.get(str(error.get("code"))) or BY_STATUS.get(status, "other")
    sentence = str(error.get("message") or f"The model service answered with status {status}.")
    wait = headers.get("retry-after")
    details = {name: value for name, value in error.items() if name not in ("message", "type")}
    return ModelServiceError(
        sentence, kind, retry_after=int(wait) if wait and wait.isdecimal() else None, details=details
    )
