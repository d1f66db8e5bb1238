"""The whole product, once for all tests that need it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from product import Product, started

pytest_plugins = ["chromium"]


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Everything that `make run` starts, with one learner, `anna`."""
    with started(tmp_path_factory.mktemp("product") / "var") as running:
        yield running
