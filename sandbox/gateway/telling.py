"""POST /events and POST /reports: what pages tell the service, which is the one that writes.

An event is a handful of known names; a report is a text that its writer approved and the guard has read. It keeps
nothing itself.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import ApiError
from sandbox.events import Events
from sandbox.gateway.params import bad
from sandbox.gateway.replies import read_json
from sandbox.reports import ReportRefused, Reports

BODY = 40_000
EVENT = ("kind", "lab", "model", "language")
REPORT = ("kind", "lab", "model", "language", "text")


class Telling:
    """The two routes."""

    def __init__(self, events: Events, reports: Reports) -> None:
        self.events = events
        self.reports = reports

    async def event(self, request: Request) -> Response:
        """POST /events: 204, or 400 for a name that is not a known one."""
        names = _names(await read_json(request, BODY), EVENT)
        if not self.events.add(names["kind"], names["lab"], names["model"], names["language"]):
            raise ApiError(400, "There is no such event, lab, model or language.", "invalid_value", param="kind")
        return Response(status_code=204)

    async def report(self, request: Request) -> Response:
        """POST /reports: 201 with the receipt; 400 with the places of what must be masked first."""
        names = _names(await read_json(request, BODY), REPORT)
        try:
            receipt = await run_in_threadpool(self.reports.store, **names)
        except ReportRefused as fault:
            places = [{"kind": found.kind, "start": found.start, "end": found.end} for found in fault.findings]
            code = "report_not_masked" if places else "invalid_report"
            raise ApiError(400, str(fault), code, type="guard", findings=places) from None
        except (OSError, sqlite3.Error) as fault:
            sentence = f"The report could not be stored ({type(fault).__name__}). Nothing was kept; try again later."
            raise ApiError(503, sentence, "not_stored", type="server_error", retry_after=60) from None
        self.events.add("reported", names["lab"], names["model"], names["language"])
        return JSONResponse({"receipt": receipt, "days": self.reports.days}, 201)


def _names(body: dict[str, Any], allowed: tuple[str, ...]) -> dict[str, str]:
    """Return the fields of a body, all of them short texts; raises ApiError."""
    for name, value in body.items():
        if name not in allowed:
            raise bad(name, value, f"Only {', '.join(allowed)} are taken.")
        if not isinstance(value, str):
            raise bad(name, value, "Give a text.")
    return {name: body.get(name, "") for name in allowed}
