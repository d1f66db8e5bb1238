"""The pages' own answers, put before Voila's: no list of files, no file but images, no token in an address.

It does not know how the server is started.
"""

from __future__ import annotations

import hmac
import json
import re
from contextlib import aclosing
from typing import Any

import jinja2
from jupyter_core.utils import ensure_async
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import APIHandler, JupyterHandler, path_regex
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.httputil import url_concat
from tornado.iostream import StreamClosedError
from voila.configuration import VoilaConfiguration
from voila.handler import BaseVoilaHandler
from voila.static_file_handler import AllowListFileHandler

from sandbox import theme
from sandbox.pages import assets
from sandbox.pages.rendering import BEAT, FAILED, Rendering, kernels_of, rendering
from sandbox.pages.settings import HEADERS

LAB_PAGES = re.compile(r"(?:en/)?(?:index|sandbox/[\w-]+)\.ipynb")
PATIENCE_BEATS = 8  # a kernel that does not come, or a cell that never ends
IMAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


class PageHandler(BaseVoilaHandler):  # type: ignore[misc]
    """A notebook as a page: `/voila/render/<path>`."""

    def initialize(self, **known: Any) -> None:
        """Take what the pages of this server are made with."""
        super().initialize(**known)
        self._made_with = known["config"], known["template_paths"]

    def set_default_headers(self) -> None:
        """Set the headers that keep a page to this host, also where another server sets none."""
        super().set_default_headers()
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def get_template(self, name: str) -> jinja2.Template:
        """Return one of the frame's templates, which need its texts."""
        return give_texts(self.settings["voila_jinja2_env"]).get_template(name)

    @web.authenticated
    async def get(self, path: str = "") -> None:
        """Send the page piece by piece while its kernel works."""
        if "token" in self.request.query_arguments:
            self.redirect(without_token(self))
            return
        if self.voila_configuration.resources["koerekort"]["labs_only"] and not LAB_PAGES.fullmatch(path):
            raise web.HTTPError(404)
        self.xsrf_token  # noqa: B018 - sets the cookie that the page's good-bye to its kernel must show
        config, template_paths = self._made_with
        page = await rendering(self, path, self.voila_configuration, config, template_paths)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if not await self._send(page):
            await shut_down(self, page.kernel_id)

    async def _send(self, page: Rendering) -> bool:
        """Send all parts; return False where the visitor has left meanwhile, or nothing came for too long."""
        beats = 0
        if stream := getattr(self.request.connection, "stream", None):
            stream.set_nodelay(True)  # the parts are small, and must not wait for each other
        async with aclosing(page.parts()) as parts:
            async for part in parts:
                beats = beats + 1 if part == BEAT else 0
                self.write(part if beats < PATIENCE_BEATS else FAILED)
                try:
                    await self.flush()
                except StreamClosedError:
                    return False
                if beats == PATIENCE_BEATS:
                    return False
        return True


class KernelHandler(APIHandler):
    """Whether a page's kernel still runs, told to the page's visitor alone."""

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        """Send the kernel's state."""
        if not kernels_of(self).belongs_to(kernel_id, self.current_user.username):
            raise web.HTTPError(404)
        model = kernels_of(self).kernel_model(kernel_id)  # type: ignore[no-untyped-call]
        self.finish(json.dumps(model))


class GoodbyeHandler(APIHandler):
    """A page says that it needs its kernel no more; it may say so twice."""

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        """Shut the kernel down, if it still runs and is this visitor's."""
        if kernels_of(self).belongs_to(kernel_id, self.current_user.username):
            await shut_down(self, kernel_id)
        self.set_status(204)
        self.finish()


class HomeHandler(JupyterHandler):
    """Whatever would list files leads to the home page."""

    @web.authenticated
    def get(self, **_: str) -> None:
        """Redirect to the home page."""
        self.redirect(url_path_join(self.base_url, "voila/render/index.ipynb"))


class NotFoundHandler(JupyterHandler):
    """Nothing is here."""

    @web.authenticated
    def get(self, **_: str) -> None:
        """Answer 404."""
        raise web.HTTPError(404)


class ImageHandler(JupyterHandler, AllowListFileHandler):  # type: ignore[misc]
    """The site's images, for those who are logged in; no other file."""

    @web.authenticated
    async def get(self, path: str, include_body: bool = True) -> None:
        """Send an image, or its headers alone."""
        self.set_header("Content-Security-Policy", IMAGE_POLICY)
        await AllowListFileHandler.get(self, path, include_body)


class PagesIdentity(IdentityProvider):
    """One token for everybody; whoever shows it is let in and gets a cookie."""

    def process_login_form(self, handler: web.RequestHandler) -> User | None:
        """Return a user if the code typed at `/login` is the token."""
        typed = handler.get_argument("password", default="").strip()
        if hmac.compare_digest(typed.encode(), str(self.token).encode()):
            return self.generate_anonymous_user(handler)
        return None

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return the login page alone: there is nothing to log out of."""
        return [(r"/login", self.login_handler_class)]


def page_handlers(
    base_url: str, root: str, config: Any, template_paths: list[str], voila: VoilaConfiguration
) -> list[tuple[Any, ...]]:
    """Return the routes to be asked before Voila's own."""

    def at(path: str) -> str:
        return url_path_join(base_url, path)

    page = {"config": config, "template_paths": template_paths, "voila_configuration": voila}
    images = {"allowlist": voila.file_allowlist, "denylist": voila.file_denylist, "path": root}
    return [
        (at(r"/voila/render/(.+)"), PageHandler, page),
        (at(r"/voila/api/shutdown/([0-9a-f-]+)"), GoodbyeHandler),
        (at(r"/voila/files/(.*)"), ImageHandler, images),
        *((at(path), handler, known) for path, handler, known in assets.routes()),
        (at(r"/voila/templates/.*"), NotFoundHandler),
        (at(rf"/voila/api/contents{path_regex}"), NotFoundHandler),
        (at(r"/voila(?:/|/render/?)?"), HomeHandler),
        (at(rf"/voila/tree{path_regex}"), HomeHandler),
    ]


async def shut_down(handler: JupyterHandler, kernel: str) -> None:
    """Shut a kernel down, if it still runs."""
    if kernel in handler.kernel_manager:
        await ensure_async(handler.kernel_manager.shutdown_kernel(kernel))  # type: ignore[no-untyped-call]


def give_texts(environment: jinja2.Environment) -> jinja2.Environment:
    """Let the frame's templates for errors and access find their texts."""
    environment.globals.setdefault("koerekort", theme.texts())
    return environment


def without_token(handler: web.RequestHandler) -> str:
    """Return the request's address without its token."""
    kept = [
        (name, value.decode("utf-8", "replace"))
        for name, values in handler.request.query_arguments.items()
        if name != "token"
        for value in values
    ]
    return url_concat(handler.request.path, kept)
