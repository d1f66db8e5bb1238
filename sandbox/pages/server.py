"""The pages as a server of their own: Voila, bound to this machine, behind a token.

It does not know what the pages show.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.log import log_request
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from traitlets.config import Config
from voila.app import Voila

from course.errors import SettingError
from sandbox.pages import settings
from sandbox.pages.access import cookie_secret
from sandbox.pages.handlers import (
    HomeHandler,
    KernelHandler,
    NotFoundHandler,
    PagesIdentity,
    give_texts,
    page_handlers,
)
from sandbox.pages.socket import PageConnection, PageSocketHandler

HOST = "127.0.0.1"
PING_MS = 10_000  # a browser that has vanished is noticed within two of these
KERNEL = r"/api/kernels/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"


class Pages(Voila):  # type: ignore[misc]
    """Voila with our pages' answers before its own, on exactly the port it was given."""

    port: int  # as given; once it serves, the one it serves on
    on_ready: Callable[[int], None] | None = None

    def init_settings(self) -> dict[str, Any]:
        """Return tornado's settings: our templates for access and errors, requests only from this machine."""
        made: dict[str, Any] = super().init_settings()
        made["jinja2_env"] = give_texts(made["voila_jinja2_env"])
        made["allow_remote_access"] = False
        made["local_hostnames"] = ["localhost"]
        made["xsrf_cookie_kwargs"] = {"samesite": "Lax"}
        made["log_function"] = log_request  # leaves tokens out
        made["headers"] = settings.HEADERS
        # longer than the interval: the first answer is missed only after the first question
        made["ws_ping_interval"], made["ws_ping_timeout"] = PING_MS, PING_MS * 3 // 2
        self.log.addFilter(lambda record: "is not trusted" not in record.getMessage())  # said of every page, each time
        return made

    def init_handlers(self) -> list[Any]:
        """Return all routes there are: Voila's own are left out, and what is not named is not found."""
        ours = page_handlers(self.server_url, self.root_dir, self.config, self.template_paths, self.voila_configuration)
        kernels = [(KERNEL, KernelHandler), (rf"{KERNEL}/channels", PageSocketHandler)]
        login = self.identity_provider.get_handlers()
        return [("/", HomeHandler), *ours, *kernels, *login, (r"/.*", NotFoundHandler)]

    def listen(self) -> None:
        """Serve until stopped; raises SettingError if the port is taken."""
        try:
            sockets = bind_sockets(self.port, self.ip)
        except OSError as fault:
            if fault.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise SettingError(
                f"Port {self.port} cannot be used for the pages ({fault.strerror}). Stop what uses it, "
                "or choose another with --port or KOEREKORT_PAGES_PORT."
            ) from None
        HTTPServer(self.app).add_sockets(sockets)
        self.port = sockets[0].getsockname()[1]
        if self.on_ready:
            self.on_ready(self.port)
        self.kernel_manager.open()
        self.ioloop = IOLoop.current()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping.")
        finally:
            self.kernel_manager.close()
            self.stop()
            self.kernel_manager.fork_server.stop()


def standalone(site: Path, port: int, token: str, *, labs_only: bool = False) -> Pages:
    """Return the server, ready for `start()`; port 0 takes a free one.

    Raises:
        SettingError: there is no built site.
    """
    if not (site / "index.ipynb").is_file():
        raise SettingError(f"There is no index.ipynb in {site}. Build the site first: python -m course.build")
    settings.prepare_environment(labs_only=labs_only)
    config = settings.shared(labs_only=labs_only)
    config.Voila = Config(
        root_dir=str(site),
        ip=HOST,
        port=port,
        token=token,
        cookie_secret=cookie_secret(token),
        identity_provider_class=PagesIdentity,
        kernel_websocket_connection_class=PageConnection,
        open_browser=False,
        log_level=logging.WARNING,
        config_file_paths=[],  # the user's own voila.json is not for these pages
    )
    config.PagesIdentity = Config(cookie_options={"samesite": "Lax"})
    pages = Pages(config=config)
    pages.initialize([])
    return pages
