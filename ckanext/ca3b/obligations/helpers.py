"""What templates ask about obligations."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b.territory import queries
from ckanext.ca3b.territory.core.organizations import AGGLOMERATION, COMMUNE

from . import words


def get_helpers() -> dict[str, Any]:
    """Return the helpers by name."""
    return {
        "ca3b_obligations_url": ca3b_obligations_url,
        "ca3b_obligations_board_url": ca3b_obligations_board_url,
        "ca3b_obligation_state": ca3b_obligation_state,
        "ca3b_obligation_ground": ca3b_obligation_ground,
        "ca3b_obligation_summary": ca3b_obligation_summary,
        "ca3b_obligation_column": ca3b_obligation_column,
        "ca3b_obligation_form": ca3b_obligation_form,
    }


def ca3b_obligations_url(organization: dict[str, Any]) -> str:
    """Return the page of the obligations of an organisation, '' when it has none or they are not for the visitor."""
    kind = organization.get("kind")
    if kind is None:
        # Lists of organisations come without their custom fields.
        kind = queries.organization_fields(organization["name"]).get("kind")
    if kind not in {COMMUNE, AGGLOMERATION}:
        return ""
    if not tk.h.check_access("ca3b_obligations_show", {"id": organization["id"]}):
        return ""
    return tk.url_for("ca3b_obligations.show", name=organization["name"])


def ca3b_obligations_board_url() -> str:
    """Return the dashboard of all the communes, '' for who may not see it."""
    return tk.url_for("ca3b_obligations.index") if tk.h.check_access("ca3b_obligations_list") else ""


def ca3b_obligation_state(value: Any) -> dict[str, str]:
    """Return the ``label``, ``icon`` and colour ``look`` of a state."""
    icon, look = words.LOOKS[value]
    return {"label": words.state(value), "icon": icon, "look": look}


def ca3b_obligation_ground(value: str) -> str:
    """Return how a dataset was recognised, in words."""
    return words.ground(value)


def ca3b_obligation_summary(line: Any) -> str:
    """Say in sentences where an organisation stands."""
    return words.summary(line)


def ca3b_obligation_column(column: Any) -> str:
    """Say in a sentence how many publish what a duty asks."""
    return words.column_summary(column)


def ca3b_obligation_form(line: Any, duty: Any) -> str:
    """Return where a clerk publishes what a duty asks, the schema chosen; '' for who may not publish there."""
    owner = line.body.owner
    if not owner or not tk.h.check_access("package_create", {"owner_org": owner}):
        return ""
    if not p.plugin_loaded("ca3b_publish"):
        return tk.url_for("dataset.new", group=owner)
    chosen = {"schema": duty.rule.form} if duty.rule.form else {}
    return tk.url_for("ca3b_publisher.start", owner_org=line.body.name, **chosen)
