"""The plugin ``ca3b_publish``. Nothing but wiring."""

from __future__ import annotations

import ckan.plugins as p


class Ca3bPublishPlugin(p.SingletonPlugin):
    """The publishing assistant, from a dropped file to a public dataset: page, API and command."""
