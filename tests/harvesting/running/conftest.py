"""The same portal and the same sites as the cases of failure."""

from __future__ import annotations

from tests.harvesting.failures.conftest import emptied, other_site, published, settings, site, towns  # noqa: F401
