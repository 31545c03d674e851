"""The plugin ``ca3b_rgpd``. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b import parts
from ckanext.ca3b.interfaces import ICatalogueFacts, IExaminer, ILinkedFiles

from . import auth, clerk, dpo, gate, remedies, scanning
from .gate import catalogue, redaction
from .scanning import answers, examine, remote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ckan.types import SignalMapping
    from flask import Blueprint

PARTS = (scanning, gate, dpo, remedies, clerk)


@tk.blanket.config_declarations
class Ca3bRgpdPlugin(p.SingletonPlugin):
    """Wire the scans, the gate, the DPO's decisions, the remedies and what clerks and citizens see into CKAN."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)
    p.implements(ICatalogueFacts, inherit=True)
    p.implements(IExaminer)
    p.implements(ILinkedFiles, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)
    p.implements(p.ITemplateHelpers)

    def get_actions(self) -> dict[str, Any]:
        return parts.named(PARTS, "get_actions")

    def get_auth_functions(self) -> dict[str, Any]:
        return {**auth.get_auth_functions(), **parts.named(PARTS, "get_auth_functions")}

    def get_helpers(self) -> dict[str, Any]:
        return parts.named(PARTS, "get_helpers")

    def get_blueprint(self) -> list[Blueprint]:
        return parts.blueprints(PARTS)

    def may_be_shown(self, path: Path, name: str) -> bool:
        return examine.is_clear(path, name)

    def catalogue_stamps(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        return catalogue.stamps(resources)

    def closed_files(self, resources: Sequence[Mapping[str, Any]]) -> set[str]:
        return catalogue.closed(resources)

    def catalogue_answers(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        return answers.of_links(resources)

    def follow_link(self, resource_id: str, *, shown: bool) -> bool:  # noqa: ARG002 - examined in any case
        return remote.follow(resource_id)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return redaction.without_addresses(pkg_dict)

    def get_signal_subscriptions(self) -> SignalMapping:
        return parts.signals(PARTS)
