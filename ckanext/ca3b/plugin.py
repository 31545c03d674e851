"""The base plugin ``ca3b``: schemas, theme, territory, helpers. Nothing but wiring."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib.plugins import DefaultTranslation


@tk.blanket.config_declarations
@tk.blanket.helpers
class Ca3bPlugin(p.SingletonPlugin, DefaultTranslation):
    """Wire the portal of the agglomeration into CKAN."""

    p.implements(p.IConfigurer)
    p.implements(p.ITranslation)

    def update_config(self, config_: tk.CKANConfig) -> None:  # noqa: D102
        pass
