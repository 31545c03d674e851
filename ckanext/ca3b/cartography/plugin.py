"""The plugin ``ca3b_maps``. Nothing but wiring."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from . import showing, view


@tk.blanket.config_declarations
class Ca3bMapsPlugin(p.SingletonPlugin):
    """The map of each geographic file: features, tiles, downloads and OGC API – Features."""

    p.implements(p.IResourceView, inherit=True)

    def info(self) -> dict[str, Any]:
        return {
            "name": showing.VIEW,
            "title": tk._("Map"),
            "default_title": showing.TITLE,
            "icon": "map",
            "iframed": False,
            "preview_enabled": False,
            "always_available": False,
        }

    def can_view(self, data_dict: dict[str, Any]) -> bool:  # noqa: ARG002 - made by the portal alone
        return False

    def setup_template_variables(self, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        return view.variables(data_dict["resource"])

    def view_template(self, context: Any, data_dict: dict[str, Any]) -> str:  # noqa: ARG002
        return "ca3b/maps/view.html"
