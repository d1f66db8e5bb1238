"""The kernels behind the pages: this environment's Python, nothing of the user's own set-up, and no secret of ours.

It does not know what runs in a kernel.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import default

from course import paths
from sandbox.pages.access import private_folder

SECRET = re.compile(r"(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|(?:API|ACCESS|PRIVATE)_?KEY)S?(?:_|$)")
# Voila passes the request's address on; a refilled kernel would hold the last visitor's
DROPPED = {"VOILA_REQUEST_URL", "QUERY_STRING"}
ADDED = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONNOUSERSITE": "1"}
PROFILE = "# Written by sandbox.pages: a page's kernel keeps no history.\nget_config().HistoryManager.enabled = False\n"


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


class PageKernels(AsyncMappingKernelManager):
    """Starts every kernel with `page_environment`."""

    async def _async_start_kernel(self, **arguments: Any) -> str:
        arguments["env"] = page_environment(arguments.get("env") or os.environ)
        started: str = await super()._async_start_kernel(**arguments)
        return started

    start_kernel = _async_start_kernel  # type: ignore[assignment]
