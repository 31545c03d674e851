"""The portal of the failure cases, and somebody who receives its e-mail."""

from __future__ import annotations

from tests.harvesting.cli.conftest import harvest
from tests.harvesting.failures.conftest import emptied, published, settings, site, towns
from tests.privacy.dpo.conftest import post

__all__ = ["emptied", "harvest", "post", "published", "settings", "site", "towns"]
