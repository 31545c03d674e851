"""The plugin ``ca3b_dcat``. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b import parts
from ckanext.dcat.interfaces import IDCATURIGenerator
from ckanext.dcat.utils import catalog_uri

from . import changes, declaring, feeds, health, listing, machines, stock

if TYPE_CHECKING:
    from types import ModuleType

    from ckan.types import SignalMapping
    from flask import Blueprint

PARTS: tuple[ModuleType, ...] = (feeds, health, listing, changes, machines, declaring, stock)


@tk.blanket.config_declarations
class Ca3bDcatPlugin(p.SingletonPlugin):
    """The catalogue that goes out."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)
    p.implements(p.ISignal)
    p.implements(p.ITemplateHelpers)
    p.implements(IDCATURIGenerator, inherit=True)

    def dataset_uri(self, dataset_dict: dict[str, Any], default_uri: str) -> str:
        """Name a dataset by its id: the name it had elsewhere may be that of another one here."""
        id_ = dataset_dict.get("id")
        return f"{catalog_uri().rstrip('/')}/dataset/{id_}" if id_ else default_uri

    def get_actions(self) -> dict[str, Any]:
        return parts.named(PARTS, "get_actions")

    def get_auth_functions(self) -> dict[str, Any]:
        return parts.named(PARTS, "get_auth_functions")

    def get_blueprint(self) -> list[Blueprint]:
        return parts.blueprints(PARTS)

    def get_signal_subscriptions(self) -> SignalMapping:
        return parts.signals(PARTS)

    def get_helpers(self) -> dict[str, Any]:
        return parts.named(PARTS, "get_helpers")
