"""The kernels behind the pages: this environment's Python, nothing of the user's own set-up, and no secret of ours.

A page's kernel belongs to the visitor who opened the page, and goes when no page has been connected to it for a
while. It does not know what runs in a kernel.
"""

from __future__ import annotations

import asyncio
import os
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.ioloop import PeriodicCallback
from traitlets import Float, Int, default

from course import paths
from sandbox.pages.access import private_folder
from sandbox.pages.forked import CAN_FORK, ForkedProvisioner, ForkServer

SECRET = re.compile(r"(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|(?:API|ACCESS|PRIVATE)_?KEY)S?(?:_|$)")
# what a server that shows one page passes on; a kernel knows no visitor's address
DROPPED = {"VOILA_REQUEST_URL", "QUERY_STRING"}
ADDED = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONNOUSERSITE": "1"}
PROFILE = "# Written by sandbox.pages: a page's kernel keeps no history.\nget_config().HistoryManager.enabled = False\n"
SWEEP_S = 5
REFILL_S = 0.5


def page_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return a kernel's environment: nothing that looks like a secret, no way to a model hub, no start-up files."""
    kept = {
        name: value
        for name, value in environment.items()
        if name not in DROPPED and not SECRET.search(name.upper()) and "token=" not in value
    }
    return kept | ADDED | {"IPYTHONDIR": str(ipython_folder())}


def ipython_folder() -> Path:
    """Make and return the folder that IPython takes for its own, so that a user's start-up files are not run."""
    folder = paths.run() / "ipython"
    profile = folder / "profile_default"
    private_folder(paths.run())
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(PROFILE, "utf-8")
    return folder


class PageKernelSpecs(KernelSpecManager):
    """Knows one kernel: this very Python, whatever the user has registered elsewhere."""

    @default("kernel_dirs")
    def _no_other_kernels(self) -> list[str]:
        return []


class PageKernel(ServerKernelManager):
    """One kernel, forked where that is possible."""

    async def _async_pre_start_kernel(self, **arguments: Any) -> tuple[list[str], dict[str, Any]]:
        if CAN_FORK and self.provisioner is None:
            identity = str(arguments.get("kernel_id", ""))
            provisioner = ForkedProvisioner(kernel_id=identity, kernel_spec=self.kernel_spec, parent=self)
            assert isinstance(self.parent, PageKernels)
            provisioner.fork_server = self.parent.fork_server
            self.provisioner = provisioner
        return await super()._async_pre_start_kernel(**arguments)


class PageKernels(AsyncMappingKernelManager):
    """Starts every kernel with `page_environment`; shuts a page's kernel down when its visitor has left."""

    left_s = Float(900, config=True, help="Seconds without a connected page after which a page's kernel goes.")
    spare = Int(0, config=True, help="Kernels kept ready for the next pages; their folder is the site's.")

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)  # type: ignore[no-untyped-call]
        self.fork_server = ForkServer()
        self._owner: dict[str, str] = {}
        self._alone_since: dict[str, float] = {}
        self._spares: list[str] = []
        self._clients: dict[str, AsyncKernelClient] = {}
        # started side by side they would only be slower; others wait their turn
        self._turns = asyncio.Semaphore(max(2, os.cpu_count() or 1))
        self._sweeper = PeriodicCallback(self.sweep, SWEEP_S * 1000)
        self._refiller = PeriodicCallback(self.refill, REFILL_S * 1000)

    @default("kernel_manager_class")
    def _page_kernel(self) -> str:
        return "sandbox.pages.kernels.PageKernel"

    def open(self) -> None:
        """Get ready for the first visitor."""
        if CAN_FORK:
            self.fork_server.start(page_environment(os.environ))
        self._refiller.start()

    def close(self) -> None:
        """Start no more kernels; those that run are shut down by `shutdown_all`."""
        self.spare = 0
        self._sweeper.stop()
        self._refiller.stop()

    def take(self, owner: str, folder: str) -> tuple[str, asyncio.Future[Any]]:
        """Return a kernel's id for a page of the visitor `owner`, and its manager and client, when it is its turn."""
        kernel_id = self._spares.pop(0) if self._spares else str(uuid.uuid4())
        return kernel_id, asyncio.ensure_future(self._given(owner, kernel_id, folder))

    async def _given(self, owner: str, kernel_id: str, folder: str) -> Any:
        if kernel_id not in self:
            async with self._turns:
                await self._start(kernel_id, folder)
        self._owner[kernel_id] = owner
        self.seen(kernel_id)
        if not self._sweeper.is_running():
            self._sweeper.start()
        return self.get_kernel(kernel_id), self._clients[kernel_id]

    async def _start(self, kernel_id: str, folder: str) -> None:
        await self.start_kernel(kernel_id=kernel_id, kernel_name="python3", path=folder, env=dict(os.environ))
        client: Any = self.get_kernel(kernel_id).client()
        self._clients[kernel_id] = client
        client.allow_stdin = False
        try:
            client.start_channels()
            await client.wait_for_ready(timeout=self.kernel_info_timeout)
        except BaseException:
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
            raise

    async def refill(self) -> None:
        """Start a spare kernel, if one is missing and no visitor is waiting for one."""
        if len(self._spares) < self.spare and not self._turns.locked():
            kernel_id = str(uuid.uuid4())
            async with self._turns:
                await self._start(kernel_id, "")
            self._spares.append(kernel_id)

    def belongs_to(self, kernel_id: str, visitor: str) -> bool:
        """Return whether a running kernel is behind a page that this visitor opened."""
        return kernel_id in self and self._owner.get(kernel_id) == visitor

    def seen(self, kernel_id: str) -> None:
        """Count a page's patience from now, unless it is connected."""
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            self._alone_since[kernel_id] = asyncio.get_running_loop().time()

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page is connected."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        self._alone_since.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note that a page is not connected any more."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self._owner:
            self.seen(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self._owner.pop(kernel_id, None)
        self._alone_since.pop(kernel_id, None)
        if kernel_id in self._spares:
            self._spares.remove(kernel_id)
        if kernel_id in self._clients:
            self._clients.pop(kernel_id).stop_channels()
        return super().remove_kernel(kernel_id)

    async def sweep(self) -> None:
        """Shut down the kernels whose page has been away too long."""
        now = asyncio.get_running_loop().time()
        late = [kernel_id for kernel_id, since in self._alone_since.items() if now - since >= self.left_s]
        for kernel_id in late:
            if self._alone_since.pop(kernel_id, None) is not None and kernel_id in self:
                await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]

    async def _async_start_kernel(self, **arguments: Any) -> str:
        arguments["env"] = page_environment(arguments.get("env") or os.environ)
        started: str = await super()._async_start_kernel(**arguments)
        return started

    start_kernel = _async_start_kernel  # type: ignore[assignment]
