"""Who may change the territory's organisations."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk


def ca3b_territory_load(context: dict[str, Any], data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Sysadmins only: organisations of the whole portal are created."""
    return {"success": False, "msg": tk._("Only a system administrator may load the territory.")}
