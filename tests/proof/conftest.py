"""Two visitors of the whole product, and a page that one of them has open."""

from __future__ import annotations

import pytest
from product import Product

from benchmarks.visitors.visitor import Visitor


@pytest.fixture(scope="module")
def anna(product: Product) -> Visitor:
    """A visitor who came in by the printed address."""
    return Visitor(product.address)


@pytest.fixture(scope="module")
def bent(product: Product) -> Visitor:
    """Another."""
    return Visitor(product.address)


@pytest.fixture(scope="module")
def kernel(anna: Visitor) -> str:
    """The kernel behind a page that Anna has open."""
    return anna.open("sandbox/chat.ipynb")
