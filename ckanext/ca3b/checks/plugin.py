"""The plugin ``ca3b_checks``. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b.interfaces import ICatalogueFacts

from . import actions, auth, catalogue, deletion, helpers, hooks, schema_views, views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckan.types import SignalMapping
    from flask import Blueprint

    from ckanext.ca3b.catalogue import Fact


@tk.blanket.config_declarations
@tk.blanket.auth_functions(auth)
@tk.blanket.helpers(helpers)
class Ca3bChecksPlugin(p.SingletonPlugin):
    """The report of one file: how it was read and what its table schema says, kept per resource and SHA-256."""

    p.implements(p.IActions)
    p.implements(p.IBlueprint)
    p.implements(ICatalogueFacts, inherit=True)
    p.implements(p.IDomainObjectModification)
    p.implements(p.ISignal)

    def get_actions(self) -> dict[str, Any]:
        return {**actions.get_actions(), **hooks.get_actions()}

    def get_blueprint(self) -> list[Blueprint]:
        return [views.checks, schema_views.pages]

    def get_signal_subscriptions(self) -> SignalMapping:
        return {tk.signals.ckanext.signal("ca3b:bytes_forgotten"): [deletion.forget_bytes]}

    def catalogue_stamps(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        return catalogue.stamps(resources)

    def catalogue_facts(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, list[Fact]]:
        return catalogue.facts(resources)

    def notify(self, entity: Any, operation: str) -> None:
        deletion.forget(entity, operation)
