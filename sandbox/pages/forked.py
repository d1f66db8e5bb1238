"""Kernels by way of the fork server: how Jupyter starts, watches and stops them.

Where a process cannot be forked or watched so (not Linux), kernels are started as Jupyter starts them. It does not
know what runs in a kernel.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

CAN_FORK = sys.platform == "linux" and hasattr(os, "pidfd_open")
MODULES = ("sandbox.labs", "course.page")
COMMAND = (sys.executable, "-P", "-m", "sandbox.pages.forkserver", *MODULES)


class ForkServer:
    """The process that forks, started when it is first needed and again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._one_at_a_time = asyncio.Lock()

    def start(self, environment: dict[str, str]) -> None:
        """Start the process; it imports while others work."""
        self.stop()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                COMMAND, stdin=theirs.fileno(), env=environment, cwd="/", start_new_session=True
            )
        self._socket.setblocking(False)

    def stop(self) -> None:
        """Stop the process; its kernels end by themselves."""
        if self._socket:
            self._socket.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._socket = self._process = None

    async def fork(self, wish: dict[str, Any]) -> int:
        """Return the process id of a new kernel; raises RuntimeError if there is none twice."""
        async with self._one_at_a_time:
            for _ in range(2):
                if self._process is None or self._process.poll() is not None:
                    self.start(wish["env"])
                try:
                    return await self._ask(wish)
                except (OSError, ValueError):
                    self.stop()
        raise RuntimeError("The process that starts kernels ended twice; its own words are in the pages' log.")

    async def _ask(self, wish: dict[str, Any]) -> int:
        assert self._socket
        loop, answer = asyncio.get_running_loop(), b""
        await loop.sock_sendall(self._socket, json.dumps(wish).encode() + b"\n")
        while not answer.endswith(b"\n"):
            part = await loop.sock_recv(self._socket, 64)
            if not part:
                raise OSError("it closed")
            answer += part
        return int(answer)


class ForkedProcess:
    """A kernel that is not our child, seen as LocalProvisioner sees a `Popen`; its exit code is not known."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._watch: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._watch = None

    def poll(self) -> int | None:
        """Return None while it runs, then 0."""
        return self._look(0)

    def wait(self) -> int:
        """Wait for its end."""
        self._look(None)
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, and never another process that has come to have its number."""
        if self.poll() is None and self._watch is not None:
            signal.pidfd_send_signal(self._watch, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _look(self, milliseconds: int | None) -> int | None:
        if self._watch is None:
            return 0
        watch = select.poll()
        watch.register(self._watch, select.POLLIN)
        if not watch.poll(milliseconds):
            return None
        os.close(self._watch)
        self._watch = None
        return 0


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel by `fork_server`; all else is as with Jupyter's own."""

    fork_server: ForkServer

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel for the connection file that was made."""
        file = cmd[cmd.index("-f") + 1]
        cwd = str(kwargs.get("cwd") or os.getcwd())
        pid = await self.fork_server.fork({"connection_file": file, "cwd": cwd, "env": kwargs["env"]})
        self.process = ForkedProcess(pid)  # type: ignore[assignment]
        self.pid = self.pgid = pid
        self.cwd = cwd
        return self.connection_info
