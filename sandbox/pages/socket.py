"""What a page may say to its kernel: what its widgets need, and nothing that runs code.

A page talks over one websocket, which only the visitor who opened the page can open. It does not know the widgets.
"""

from __future__ import annotations

import json
from typing import Any

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.services.kernels.connection.base import deserialize_binary_message, deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler, read_header_from_binary_message

from sandbox.pages.settings import HEADERS

# Message types by channel. There is no execute, complete, inspect, history, debug, interrupt, shutdown, input.
ALLOWED = {"shell": {"comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"}}
# A page asks for the widgets that its kernel has made, and cannot make others
COMM_TARGETS = {"jupyter.widget.control"}
MOST_PARTS = 64  # a message says how many parts it has, and is believed when it is taken apart
# What a kernel says that no widget needs: code, and what code wrote or failed with, which names folders
NOT_TOLD = {"execute_input", "stream", "error"}
V1 = "v1.kernel.websocket.jupyter.org"


class PageConnection(ZMQChannelsWebsocketConnection):
    """Passes on what a page may say; anything else is dropped, with its type in the log and never its content."""

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Pass a message on, or drop it."""
        try:
            channel, header, content = _parts(incoming_msg, self.subprotocol == V1)
            kind = str(header["msg_type"])
            allowed = kind in ALLOWED.get(channel, ()) and "subshell_id" not in header
            if kind == "comm_open":
                allowed = allowed and content.get("target_name") in COMM_TARGETS
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            channel, kind, allowed = "?", "unreadable", False
        if allowed:
            super().handle_incoming_message(incoming_msg)
        else:
            self.log.warning("A page sent a message that pages may not send; dropped: %.40r on %.40r", kind, channel)


class PageSocketHandler(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """A page's websocket to its own kernel."""

    @ws_authenticated
    async def get(self, kernel_id: str) -> None:
        """Connect, if the kernel is behind a page of this visitor's; else it is as if there were no such kernel."""
        if not self.kernel_manager.belongs_to(kernel_id, self.current_user.username):
            raise web.HTTPError(404)
        await super().get(kernel_id)

    async def open(self, kernel_id: str) -> None:
        """Send each message at once: many are small, and wait for each other otherwise."""
        self.set_nodelay(True)
        await super().open(kernel_id)

    def write_message(self, message: bytes | str, binary: bool = False) -> Any:
        """Send what a page may hear."""
        header = read_header_from_binary_message(message) if binary else json.loads(message).get("header")
        if header and header.get("msg_type") in NOT_TOLD:
            return None
        return super().write_message(message, binary)

    def write_error(self, status_code: int, **known: Any) -> None:
        """Refuse with the headers that every other answer has."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        super().write_error(status_code, **known)


def _parts(message: str | bytes, version_1: bool) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return a message's channel, header and content, read as the kernel will read them."""
    if isinstance(message, bytes):
        count = int.from_bytes(message[:8], "little") if version_1 else int.from_bytes(message[:4], "big")
        if count > MOST_PARTS:
            raise ValueError(count)
    if version_1:
        channel, parts = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call]
        return str(channel), json.loads(parts[0]), json.loads(parts[3])
    read: Any = deserialize_binary_message if isinstance(message, bytes) else json.loads
    whole = read(message)
    return str(whole["channel"]), whole["header"], whole["content"]
