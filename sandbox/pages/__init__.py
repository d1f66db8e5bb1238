"""The pages: notebooks of the site shown by Voila, standalone (`python -m sandbox.pages`) or in a Jupyter server.

This file is what a Jupyter server asks for when it loads extensions. It does not know what the pages show.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "sandbox.pages"}]


def _load_jupyter_server_extension(serverapp: Any) -> None:
    """Put our routes before Voila's, whose extension is loaded after this one."""
    from voila.configuration import VoilaConfiguration
    from voila.paths import collect_template_paths

    from sandbox import theme
    from sandbox.pages.handlers import page_handlers

    voila = VoilaConfiguration(parent=serverapp)
    templates = collect_template_paths(["voila", "nbconvert"], theme.TEMPLATE)
    base_url = serverapp.web_app.settings["base_url"]
    routes = page_handlers(base_url, serverapp.root_dir, serverapp.config, templates, voila)
    serverapp.web_app.add_handlers(".*$", routes)
