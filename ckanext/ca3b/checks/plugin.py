"""The plugin ``ca3b_checks``. Nothing but wiring."""

from __future__ import annotations

import ckan.plugins as p


class Ca3bChecksPlugin(p.SingletonPlugin):
    """The report of one file: how it was read and what its table schema says, kept per resource and SHA-256."""
