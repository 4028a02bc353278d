"""One site on one real build of the shipped deliveries, for all tests of the views."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import load_settings
from dashboard.site import Site
from warehouse.read_model import ReadModel


@pytest.fixture(scope="session")
def site(read_releases: Path) -> Site:
    """The site as readers get it."""
    return Site(ReadModel(read_releases), load_settings())
