"""The plugin ``ca3b_tables``. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b.interfaces import ICatalogueFacts, ILinkedFiles

from . import actions, auth, catalogue, defaults, helpers, links, showing, table_view, views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import flask
    from ckan.types import SignalMapping

    from ckanext.ca3b.catalogue import Fact


@tk.blanket.config_declarations
@tk.blanket.auth_functions(auth)
@tk.blanket.helpers(helpers.get_helpers)
class Ca3bTablesPlugin(p.SingletonPlugin):
    """Published tables served: DataStore, table view, exports, data dictionary and API page."""

    p.implements(p.IActions)
    p.implements(p.IBlueprint)
    p.implements(ICatalogueFacts, inherit=True)
    p.implements(ILinkedFiles, inherit=True)
    p.implements(p.IConfigurer)
    p.implements(p.IResourceView, inherit=True)
    p.implements(p.ISignal)

    def update_config(self, config_: tk.CKANConfig) -> None:
        defaults.set_defaults(config_)

    def get_actions(self) -> dict[str, Any]:
        return actions.get_actions()

    def get_blueprint(self) -> list[flask.Blueprint]:
        return [views.tables]

    def get_signal_subscriptions(self) -> SignalMapping:
        return {
            tk.signals.ckanext.signal("ca3b:report_done"): [{"receiver": actions.report_done}],
            tk.signals.ckanext.signal("ca3b:gate_changed"): [{"receiver": actions.gate_changed}],
        }

    def catalogue_stamps(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        return catalogue.stamps(resources)

    def catalogue_facts(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, list[Fact]]:
        return catalogue.facts(resources)

    def follow_link(self, resource_id: str, *, shown: bool) -> bool:
        return links.follow(resource_id, shown=shown)

    def info(self) -> dict[str, Any]:
        return {
            "name": showing.VIEW,
            "title": tk._("Table"),
            "default_title": showing.TITLE,
            "icon": "table",
            "iframed": False,
            "requires_datastore": True,
            "preview_enabled": False,
        }

    def can_view(self, data_dict: dict[str, Any]) -> bool:
        return bool(data_dict["resource"].get("datastore_active"))

    def setup_template_variables(self, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        return table_view.variables(data_dict["resource"])

    def view_template(self, context: Any, data_dict: dict[str, Any]) -> str:  # noqa: ARG002
        return "ca3b/serving/view.html"
