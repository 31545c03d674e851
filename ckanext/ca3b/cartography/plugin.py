"""The plugin ``ca3b_maps``. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b.interfaces import ICatalogueFacts, ILinkedFiles

from . import actions, auth, catalogue, composed, helpers, hooks, jobs, searching, showing, view, views
from .ogc import views as ogc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckan.types import SignalMapping
    from flask import Blueprint

    from ckanext.ca3b.catalogue import Fact


@tk.blanket.config_declarations
class Ca3bMapsPlugin(p.SingletonPlugin):
    """The map of each geographic file: features, tiles, downloads and OGC API – Features."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)
    p.implements(ICatalogueFacts, inherit=True)
    p.implements(ILinkedFiles, inherit=True)
    p.implements(p.ITemplateHelpers)
    p.implements(p.IResourceView, inherit=True)
    p.implements(p.ISignal)

    def get_actions(self) -> dict[str, Any]:
        return {**actions.get_actions(), **composed.get_actions()}

    def get_auth_functions(self) -> dict[str, Any]:
        return {**auth.get_auth_functions(), **composed.get_auth_functions()}

    def get_blueprint(self) -> list[Blueprint]:
        return [views.maps, ogc.api, *composed.blueprints(), *searching.blueprints()]

    def get_helpers(self) -> dict[str, Any]:
        return {**helpers.get_helpers(), **composed.get_helpers()}

    def get_signal_subscriptions(self) -> SignalMapping:
        return {
            tk.signals.ckanext.signal("ca3b:gate_changed"): [{"receiver": hooks.gate_changed}],
            tk.signals.ckanext.signal("ca3b:bytes_forgotten"): [{"receiver": hooks.bytes_forgotten}],
        }

    def catalogue_stamps(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        return catalogue.stamps(resources)

    def catalogue_facts(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, list[Fact]]:
        return catalogue.facts(resources)

    def follow_link(self, resource_id: str, *, shown: bool) -> bool:
        return jobs.follow_link(resource_id, shown=shown)

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
        return {"resource": data_dict["resource"], **view.variables(data_dict["resource"]["id"])}

    def view_template(self, context: Any, data_dict: dict[str, Any]) -> str:  # noqa: ARG002
        return "ca3b/maps/view.html"
