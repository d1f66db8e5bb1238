"""The sample site, served: one server for these tests, asked as a visitor with the token and as a stranger."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from served import SECRETS, Served, StartPages, pages_servers, sample_site


@pytest.fixture(scope="session")
def start_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartPages]:
    """Start servers that are stopped when these tests are done."""
    with pages_servers(tmp_path_factory.mktemp) as start:
        yield start


@pytest.fixture(scope="session")
def sample_pages(start_pages: StartPages, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The sample site; its server's environment holds things that no kernel may see."""
    return start_pages(sample_site(tmp_path_factory.mktemp("sample")), **SECRETS)


@pytest.fixture(scope="session")
def visitor(sample_pages: Served) -> Iterator[httpx.Client]:
    """A browser that came in by the printed address."""
    with httpx.Client(base_url=sample_pages.root, timeout=60, follow_redirects=True) as client:
        client.get(sample_pages.address)
        yield client


@pytest.fixture(scope="session")
def stranger(sample_pages: Served) -> Iterator[httpx.Client]:
    """A browser without the token."""
    with httpx.Client(base_url=sample_pages.root, timeout=60) as client:
        yield client
