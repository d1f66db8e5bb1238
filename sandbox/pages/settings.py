"""Voila's settings for the pages, the same standalone and as a server extension. It starts nothing."""

from __future__ import annotations

import logging
import os
import re
from typing import Any

from traitlets.config import Config

from course import paths
from sandbox import theme
from sandbox.pages import scripts

log = logging.getLogger(__name__)

IMAGES = [r"(?:[\w-]+/)*[\w-]+\.(?:png|jpe?g|gif|webp|svg)"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")
IDLE_S = 900  # a kernel that no page is connected to
LEFT_S = 35  # the same with many visitors; a network that blinks is back by then
SPARE = 3  # kernels ready for the visitors who come next
BEAT_S = 10

# Everything from this host: the browser itself refuses any other. Widgets are modules from blob: addresses.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def shared(*, labs_only: bool = False) -> Config:
    """Return the settings that both ways of serving share."""
    config = Config()
    config.VoilaConfiguration = Config(
        template=theme.TEMPLATE,
        theme="light",
        allow_template_override="NO",
        allow_theme_override="NO",
        strip_sources=True,
        show_tracebacks=False,
        file_allowlist=IMAGES,
        file_denylist=[r".*\.(?:ipynb|json|py|ya?ml|db)"],
        extension_allowlist=list(scripts.EXTENSIONS),
        http_keep_alive_timeout=BEAT_S,
        multi_kernel_manager_class="sandbox.pages.kernels.PageKernels",
        kernel_spec_manager_class="sandbox.pages.kernels.PageKernelSpecs",
        page_config_hook=page_config,
        resources={"koerekort": {"texts": theme.texts(), "labs_only": labs_only, **_scripts()}},
    )
    # a lab keeps nothing, so it is not kept; a learner of one machine may come back later
    config.PageKernels = Config(left_s=LEFT_S, spare=SPARE) if labs_only else Config(left_s=IDLE_S)
    # other users of this machine cannot listen to a kernel
    config.KernelManager = Config(transport_encryption="auto")
    config.MappingKernelManager = Config(cull_idle_timeout=IDLE_S, cull_interval=60, cull_connected=False)
    # a cell that fails is a sentence on the page; the rest of the lesson can still be read
    config.VoilaExecutor = Config(allow_errors=True, on_cell_error=log_cell_error)
    config.VoilaExporter = Config(filters={"article": "sandbox.theme.article.article"})
    return config


def _scripts() -> dict[str, Any]:
    return {"chunks": scripts.bundle().name, "entries": scripts.entries()}


def page_config(current: dict[str, Any], *, base_url: str, **_: object) -> dict[str, Any]:
    """Voila's hook for a page's settings: no formulas, so nothing that sets them is loaded."""
    stub = f"{base_url}voila/templates/{theme.TEMPLATE}/static/no-mathematics.js"
    return current | {"mathjaxConfig": "none", "fullMathjaxUrl": stub}


def log_cell_error(*, cell: Any, execute_reply: Any, **_: object) -> None:
    """The executor's hook for a cell that fails: the log tells what the page does not."""
    trace = "\n".join(execute_reply["content"].get("traceback", []))
    log.error("A cell failed:\n%s\n%s", cell.source, ANSI.sub("", trace))


def prepare_environment(*, labs_only: bool = False) -> None:
    """Let Jupyter find the template, and this environment's files before the user's own; tell kernels what is shown."""
    os.environ["KOEREKORT_LABS_ONLY"] = "1" if labs_only else ""
    ours = [str(path) for path in theme.data_paths()]
    theirs = [path for path in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if path and path not in ours]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(ours + theirs)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"


def server_extension() -> Config:
    """Return the settings of a Jupyter server that shows the pages beside its own (binder)."""
    home = "/voila/render/index.ipynb"
    config = shared()
    config.ServerApp = Config(
        root_dir=str(paths.site()),
        default_url=home,
        jpserver_extensions={"sandbox.pages": True, "voila.server_extension": True},
        kernel_manager_class="sandbox.pages.kernels.PageKernels",
        kernel_spec_manager_class="sandbox.pages.kernels.PageKernelSpecs",
    )
    config.LabApp = Config(default_url=home)
    config.JupyterNotebookApp = Config(default_url=home)
    return config
