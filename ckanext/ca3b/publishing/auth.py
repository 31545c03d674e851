"""Who may publish in one call: whoever may create a dataset for the producer."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz, types


def ca3b_publish(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Authorise with ``package_create`` of the producer ``owner_org``, or ``package_update`` of the dataset ``id``."""
    if data_dict.get("id"):
        return authz.is_authorized("package_update", context, {"id": data_dict["id"]})
    if data_dict.get("owner_org"):
        return authz.is_authorized("package_create", context, {"owner_org": data_dict["owner_org"]})
    return {"success": False, "msg": tk._("Say for which producer you publish.")}
