"""Settings of a Jupyter server that shows the pages (binder): put this folder on JUPYTER_CONFIG_PATH, and
`sandbox/theme` and `var/theme` on JUPYTER_PATH. Jupyter runs this file and brings `get_config`; nothing imports it.
"""

from sandbox.pages.settings import server_extension

get_config().merge(server_extension())  # type: ignore[name-defined]  # noqa: F821
