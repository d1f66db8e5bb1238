"""The sandbox's errors, drawn as a tree; each message says what happened, the value, and what to do.

    SandboxError                    anything a person can put right
    ├── ModelFileError              a model's entry or file cannot be used
    │   └── NotPreparedError        the file is not there yet; `python -m sandbox.models prepare` makes it
    ├── EngineError                 an engine did not start, or died
    ├── ApiError                    what the gateway answers a request it turns down (OpenAI's shape)
    └── ModelServiceError           what a page's client raises, with a kind that the page translates

It does not know who shows the message.
"""

from __future__ import annotations

from course.errors import CourseError


class SandboxError(CourseError):
    """A fault in the sandbox with a sentence that a person can act on."""


class ModelFileError(SandboxError):
    """A model's entry in models.yaml, or its file, cannot be used; the message names the model."""


class NotPreparedError(ModelFileError):
    """A model is known but its file is not prepared on this machine."""


class EngineError(SandboxError):
    """An engine is not there to answer; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ApiError(SandboxError):
    """A request turned down: HTTP status and the fields of OpenAI's error object."""

    def __init__(
        self,
        status: int,
        message: str,
        code: str,
        *,
        type: str = "invalid_request_error",
        param: str | None = None,
        retry_after: int | None = None,
        **more: object,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.type = type
        self.param = param
        self.retry_after = retry_after
        self.more = more

    def body(self) -> dict[str, object]:
        """The JSON object that goes over the wire."""
        error = {"message": str(self), "type": self.type, "param": self.param, "code": self.code}
        return {"error": {**error, **self.more}}


class ModelServiceError(SandboxError):
    """The model service did not answer as asked; `kind` is one of `KINDS`."""

    KINDS = ("down", "busy", "too_long", "blocked", "not_stored", "other")

    def __init__(
        self,
        message: str,
        kind: str = "other",
        *,
        retry_after: int | None = None,
        details: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.retry_after = retry_after
        self.details = details or {}
