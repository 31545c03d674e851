"""The plugin ``ca3b_tables``. Nothing but wiring."""

from __future__ import annotations

import ckan.plugins as p


class Ca3bTablesPlugin(p.SingletonPlugin):
    """Published tables served: DataStore, table view, exports, data dictionary and API page."""
