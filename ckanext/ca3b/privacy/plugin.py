"""The plugin ``ca3b_rgpd``. Nothing but wiring.

Each part says what it brings, by those of these functions that it has: ``get_actions``, ``get_auth_functions``,
``get_helpers``, ``blueprints``, ``signals``, ``commands``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b.interfaces import IExaminer

from . import auth, clerk, dpo, gate, remedies, scanning
from .gate import redaction
from .scanning import examine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from ckan.types import SignalMapping
    from flask import Blueprint

PARTS = (scanning, gate, dpo, remedies, clerk)


@tk.blanket.config_declarations
class Ca3bRgpdPlugin(p.SingletonPlugin):
    """Wire the scans, the gate, the DPO's decisions, the remedies and what clerks and citizens see into CKAN."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)
    p.implements(IExaminer)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)
    p.implements(p.ITemplateHelpers)

    def get_actions(self) -> dict[str, Any]:
        return _gathered("get_actions")

    def get_auth_functions(self) -> dict[str, Any]:
        return {**auth.get_auth_functions(), **_gathered("get_auth_functions")}

    def get_helpers(self) -> dict[str, Any]:
        return _gathered("get_helpers")

    def get_blueprint(self) -> list[Blueprint]:
        return [one for part in PARTS for one in _brought(part, "blueprints", list)]

    def may_be_shown(self, path: Path, name: str) -> bool:
        return examine.is_clear(path, name)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return redaction.without_addresses(pkg_dict)

    def get_signal_subscriptions(self) -> SignalMapping:
        found: SignalMapping = {}
        for part in PARTS:
            for signal, receivers in _brought(part, "signals", dict).items():
                found.setdefault(signal, []).extend(receivers)  # pyright: ignore[reportAttributeAccessIssue]
        return found


def _brought(part: ModuleType, name: str, nothing: Callable[[], Any]) -> Any:
    return getattr(part, name, nothing)()


def _gathered(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in PARTS:
        brought = _brought(part, name, dict)
        if twice := found.keys() & brought.keys():
            raise ValueError(f"{part.__name__} and another part both bring {sorted(twice)}")
        found |= brought
    return found
