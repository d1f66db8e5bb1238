"""Makes a page out of a notebook: the frame at once, the rest while the page's kernel starts and works.

It does not know who asks for the page, nor how it is sent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, cast

from jinja2.bccache import Bucket, BytecodeCache
from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from voila.configuration import VoilaConfiguration
from voila.execute import VoilaExecutor
from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config

from sandbox.pages.kernels import PageKernels

log = logging.getLogger(__name__)

FAILED = "<script>kk.failed()</script>"
BEAT = "<script>window.voila_heartbeat()</script>\n"


class Compiled(BytecodeCache):
    """Keeps the compiled templates in memory; Voila makes a new environment for each page."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before; jinja2 compares it with the template."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    """Return the compiled templates of this process."""
    return Compiled()


class PageRenderer(NotebookRenderer):  # type: ignore[misc]
    """Runs a notebook in a kernel that is there already, with a client that has heard from it."""

    async def _jinja_kernel_start(self, nb: Any, kernel_id: str, kernel_future: asyncio.Future[Any]) -> str:
        manager, client = await kernel_future
        tracebacks = self.voila_configuration.show_tracebacks
        self.executor = VoilaExecutor(nb, km=manager, config=self.traitlet_config, show_tracebacks=tracebacks)
        self.executor.kc = client
        self.kernel_started = True
        return kernel_id


class Rendering:
    """One page for one visitor, with a kernel of its own."""

    def __init__(self, renderer: PageRenderer, kernels: PageKernels, visitor: str, beat_s: float) -> None:
        folder = str(PurePosixPath(renderer.notebook_path).parent)
        self.kernel_id, self._kernel = kernels.take(visitor, folder)
        self._renderer, self._kernels, self._beat_s = renderer, kernels, beat_s
        self._parts: asyncio.Queue[str | None] = asyncio.Queue()

    async def parts(self) -> AsyncGenerator[str, None]:
        """Yield the HTML as it comes to be, a `BEAT` whenever nothing came for a while, `FAILED` if the rest cannot."""
        work = asyncio.ensure_future(self._work())
        try:
            async for part in self._as_they_come():
                yield part
            if fault := (await asyncio.wait([work]))[0].pop().exception():
                log.error("A page could not be finished.", exc_info=fault)
                yield FAILED
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._kernel  # a kernel that is half started can be neither used nor shut down
            self._kernels.seen(self.kernel_id)

    async def _work(self) -> None:
        try:
            async for part, _ in self._renderer.generate_content_generator(self.kernel_id, self._kernel):
                self._parts.put_nowait(part)
        finally:
            self._parts.put_nowait(None)

    async def _as_they_come(self) -> AsyncGenerator[str, None]:
        while True:
            try:
                part = await asyncio.wait_for(self._parts.get(), self._beat_s)
            except TimeoutError:
                yield BEAT
                continue
            more = [part]
            while not self._parts.empty():
                more.append(self._parts.get_nowait())
            yield "".join(it for it in more if it)
            if more[-1] is None:
                return


def kernels_of(handler: JupyterHandler) -> PageKernels:
    """Return the server's kernels, which `settings` makes pages' kernels."""
    return cast(PageKernels, handler.kernel_manager)


async def rendering(
    handler: JupyterHandler, path: str, voila: VoilaConfiguration, config: Any, template_paths: list[str]
) -> Rendering:
    """Return the page for the notebook at `path`.

    Raises:
        HTTPError: 404 where there is no such notebook.
    """
    if not path.endswith(".ipynb"):
        raise web.HTTPError(404)
    known = {"base_url": handler.base_url, "settings": handler.settings, "log": handler.log}
    page_config = voila.page_config_hook(get_page_config(**known, voila_configuration=voila), **known)
    renderer = PageRenderer(
        request_handler=handler,
        voila_configuration=voila,
        traitlet_config=config,
        notebook_path=path,
        template_paths=template_paths,
        config_manager=handler.config_manager,
        contents_manager=handler.contents_manager,
        base_url=handler.base_url,
        kernel_spec_manager=handler.kernel_spec_manager,
        prelaunch_hook=None,
        page_config=page_config,
        mathjax_config="",
        mathjax_url="",
    )
    await renderer.initialize()
    renderer.exporter.environment.bytecode_cache = compiled()
    visitor = handler.current_user.username
    return Rendering(renderer, kernels_of(handler), visitor, voila.http_keep_alive_timeout)
