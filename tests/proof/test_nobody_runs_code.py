"""Nobody runs code: what a page may say to its kernel over the websocket, tried on the running product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.visitors.visitor import STATES, V1, Visitor

pytestmark = [pytest.mark.proof, pytest.mark.slow]

CODE = "open({file!r}, 'w').write('in')"
NOT_FOR_PAGES: list[tuple[str, str, dict[str, Any]]] = [
    ("shell", "execute_request", {"code": "{code}", "silent": False}),
    ("control", "execute_request", {"code": "{code}", "silent": False}),
    ("shell", "complete_request", {"code": "import o", "cursor_pos": 8}),
    ("shell", "inspect_request", {"code": "open", "cursor_pos": 4, "detail_level": 1}),
    ("shell", "history_request", {"output": True, "raw": True, "hist_access_type": "tail", "n": 5}),
    ("shell", "is_complete_request", {"code": "1"}),
    ("stdin", "input_reply", {"value": "{code}"}),
    ("control", "debug_request", {"type": "request", "seq": 1, "command": "initialize", "arguments": {}}),
    ("control", "create_subshell_request", {}),
    ("control", "interrupt_request", {}),
    ("control", "shutdown_request", {"restart": False}),
    ("shell", "shutdown_request", {"restart": False}),
    ("control", "kernel_info_request", {}),
    ("shell", "comm_open", {"comm_id": "a", "target_name": "jupyter.widget", "data": {"state": {}}}),
    ("shell", "comm_open", {"comm_id": "b", "target_name": "os", "target_module": "os", "data": {}}),
]


@pytest.mark.parametrize("protocol", [V1, ""])
def test_a_page_cannot_run_code(anna: Visitor, kernel: str, protocol: str, tmp_path: Path) -> None:
    """Nothing but what widgets need is passed on: the kernel answers none of it, and goes on."""
    file = tmp_path / "in"
    with anna.talking(kernel, protocol) as talk:
        sent = []
        for channel, kind, content in NOT_FOR_PAGES:
            code = CODE.format(file=str(file))
            filled = {name: code if value == "{code}" else value for name, value in content.items()}
            sent.append(talk.send(kind, filled, channel))
        sent.append(talk.send("kernel_info_request", {}, subshell_id="none"))
        known = talk.send("kernel_info_request", {})
        heard = talk.heard(until=known) + talk.heard(until="", seconds=2)
    assert any(parent == known for _, parent, _ in heard)
    assert [it for it in heard if it[1] in sent] == []
    assert not file.exists()
    assert anna.client.get(f"/api/kernels/{kernel}").status_code == 200


def test_a_message_that_is_none_does_no_harm(anna: Visitor, kernel: str) -> None:
    harmless: list[str | bytes] = [b"", b"\xff" * 64, (2**60).to_bytes(8, "little") * 4, "null", '{"header": 1}', "{}"]
    for message in harmless:
        with anna.talking(kernel, V1 if isinstance(message, bytes) else "") as talk:
            talk.socket.send(message)
            known = talk.send("kernel_info_request", {})
            assert any(parent == known for _, parent, _ in talk.heard(until=known))


CONTROL = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}


def test_a_widget_is_still_heard(anna: Visitor, kernel: str) -> None:
    with anna.talking(kernel) as talk:
        talk.send("comm_open", CONTROL, metadata={"version": "1.0.0"})
        talk.send("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
        heard = talk.heard(mark=STATES)
    assert heard[-1][0] == "comm_msg"
    assert STATES in heard[-1][2]


def test_a_page_is_not_told_where_things_are(anna: Visitor, kernel: str) -> None:
    """What a widget's code writes or fails with names folders; it is not for visitors."""
    with anna.talking(kernel) as talk:
        talk.send("comm_open", CONTROL)  # without its version it fails
        heard = talk.heard(until=talk.send("comm_info_request", {}))
    assert len(heard) > 2
    assert not any(kind in ("stream", "error") or "Traceback" in text for kind, _, text in heard)
