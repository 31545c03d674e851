"""The portal of the failure cases, asked from a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ckan.cli.cli import ckan

from tests.harvesting.failures.conftest import emptied, published, settings, site, towns

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["emptied", "published", "settings", "site", "towns"]


@pytest.fixture
def harvest(cli, towns) -> Callable[..., Any]:
    """Run ``ckan ca3b harvest …``; gives the exit status and what was said."""

    def call(*arguments: str) -> Any:
        done = cli.invoke(ckan, ["ca3b", "harvest", *arguments])
        assert "Traceback" not in done.output, done.output
        return done

    return call
