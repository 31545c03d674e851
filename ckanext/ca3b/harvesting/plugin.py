"""The plugin ``ca3b_harvest``. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b import parts
from ckanext.ca3b.interfaces import ILinkedFiles

from . import actions, auth, files, pages, schedule

if TYPE_CHECKING:
    from types import ModuleType

    from ckan.types import SignalMapping
    from flask import Blueprint

PARTS: tuple[ModuleType, ...] = (actions, auth, pages)


@tk.blanket.config_declarations
class Ca3bHarvestPlugin(p.SingletonPlugin):
    """The catalogues that come in."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)
    p.implements(p.IConfigurable)
    p.implements(ILinkedFiles, inherit=True)
    p.implements(p.ISignal)
    p.implements(p.ITemplateHelpers)

    def configure(self, config: tk.CKANConfig) -> None:  # noqa: ARG002
        # Every process of the portal sees to it that the sources are looked at: none is the only one that does.
        schedule.ensure()

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

    def paces_link(self, resource_id: str) -> bool:
        return files.is_ours(resource_id)
