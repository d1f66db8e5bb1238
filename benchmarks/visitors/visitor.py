"""A visitor of the pages without a browser: logs in, opens a page, and talks to its kernel over the websocket."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

V1 = "v1.kernel.websocket.jupyter.org"
PATIENCE = 60
STATES = "update_states"


class Visitor:
    """A browser's cookies, and what it asks for."""

    def __init__(self, address: str) -> None:
        self.root = address.split("/login")[0]
        self.client = httpx.Client(base_url=self.root, timeout=PATIENCE, follow_redirects=True)
        self.client.get(address)
        self._stay = ExitStack()

    @property
    def cookies(self) -> str:
        """The `Cookie` header."""
        return "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())

    def open(self, page: str) -> str:
        """Open a page and return the id of its kernel."""
        return self.kernel_in(self.read(page)[1])

    def read(self, page: str) -> tuple[float, str]:
        """Return when the first of a page came (by `perf_counter`), and all of it."""
        with self.client.stream("GET", f"/voila/render/{page}") as answer:
            parts = answer.iter_text()
            text, first = next(parts), time.perf_counter()
            text += "".join(parts)
        if answer.status_code != 200:
            raise ValueError(f"{page} was answered with {answer.status_code}")
        return first, text

    def kernel_in(self, text: str) -> str:
        """Return the id of a page's kernel."""
        found = re.search(r'"kernelId": "([0-9a-f-]{36})"', text)
        if not found:
            raise ValueError("The page has no kernel.")
        return found[1]

    def connect(self, kernel: str) -> None:
        """Connect to a kernel as a page does and stay; raises TimeoutError if its widgets do not come."""
        talk = self._stay.enter_context(self.talking(kernel))
        opening = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}
        talk.send("comm_open", opening, metadata={"version": "1.0.0"})
        talk.send("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
        heard = talk.heard(mark=STATES)
        if not heard or STATES not in heard[-1][2]:
            raise TimeoutError("The kernel did not send its widgets.")

    def close(self) -> None:
        """Vanish: close what is open and say nothing."""
        self._stay.close()
        self.client.close()

    def leave(self, kernel: str) -> int:
        """Say good-bye as a page does; return the status."""
        form = {"_xsrf": self.client.cookies["_xsrf"]}
        return self.client.post(f"/voila/api/shutdown/{kernel}", data=form).status_code

    @contextmanager
    def talking(self, kernel: str, protocol: str = V1, **headers: str) -> Iterator[Talk]:
        """Connect to a kernel's websocket."""
        url = f"{self.root.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id={uuid.uuid4()}"
        given = {"Cookie": self.cookies, "Origin": self.root} | headers
        with connect(
            url,
            additional_headers=given,
            subprotocols=[protocol] if protocol else None,  # type: ignore[list-item]
            open_timeout=PATIENCE,
            max_size=None,
            origin=None,
        ) as socket:
            yield Talk(socket, protocol)


@dataclass(frozen=True)
class Talk:
    """A websocket to a kernel, in protocol version 1 or (empty) the one before."""

    socket: ClientConnection
    protocol: str

    def send(
        self,
        kind: str,
        content: dict[str, Any],
        channel: str = "shell",
        metadata: dict[str, Any] | None = None,
        **header: str,
    ) -> str:
        """Send a message and return its id."""
        identity = str(uuid.uuid4())
        full = {"msg_id": identity, "msg_type": kind, "username": "", "session": "s", "version": "5.3", "date": ""}
        full |= header
        if self.protocol:
            parts = [channel.encode()] + [json.dumps(part).encode() for part in (full, {}, metadata or {}, content)]
            self.socket.send(_version_1(parts))
        else:
            rest = {
                "parent_header": {},
                "metadata": metadata or {},
                "content": content,
                "buffers": [],
                "channel": channel,
            }
            self.socket.send(json.dumps({"header": full, **rest}))
        return identity

    def heard(self, until: str = "", seconds: float = PATIENCE, mark: str = "") -> list[tuple[str, str, str]]:
        """Return (type, parent's id, text) of all that comes until the reply to a message, a mark, or nothing more."""
        all_of_it, end = [], time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                message = self.socket.recv(timeout=left)
            except TimeoutError:
                break
            header, parent, text = _read(message)
            all_of_it.append((header["msg_type"], parent.get("msg_id", ""), text))
            if parent.get("msg_id") == until and header["msg_type"].endswith("_reply") or mark and mark in text:
                break
        return all_of_it


def _version_1(parts: list[bytes]) -> bytes:
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    numbers = [len(offsets), *offsets]
    return b"".join(number.to_bytes(8, "little") for number in numbers) + b"".join(parts)


def _read(message: str | bytes) -> tuple[dict[str, Any], dict[str, Any], str]:
    if isinstance(message, str):
        whole = json.loads(message)
        return whole["header"], whole["parent_header"], json.dumps(whole["content"])
    count = int.from_bytes(message[:8], "little")
    at = [int.from_bytes(message[8 * (i + 1) : 8 * (i + 2)], "little") for i in range(count)]
    parts = [message[start:stop] for start, stop in zip(at, at[1:], strict=False)]
    return json.loads(parts[1]), json.loads(parts[2]), parts[4].decode("utf-8", "replace")
