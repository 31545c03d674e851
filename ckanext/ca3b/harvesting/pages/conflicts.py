"""Conflicts: two sources describe the same dataset, and the operator says which one is authoritative."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from .frame import act, gesture, pages, sign_in_first


@pages.route("/conflits", endpoint="conflicts")
def show() -> Any:
    """Show what waits to be settled, then what was."""
    if refused := sign_in_first():
        return refused
    found = act("ca3b_harvest_conflict_list", {"state": ""})
    return tk.render(
        "ca3b/harvesting/conflicts.html",
        {
            "open": [one for one in found if one["state"] == "open"],
            "settled": [one for one in found if one["state"] != "open"],
        },
    )


@pages.route("/conflits/<conflict_id>", endpoint="settle", methods=["POST"])
def settle(conflict_id: str) -> Any:
    """Say which source is authoritative."""
    chosen = tk.request.form.get("authority_source_id", "")
    done = tk._("The conflict is settled: the next run of this source follows your choice.")
    gesture("ca3b_harvest_conflict_settle", {"id": conflict_id, "authority_source_id": chosen}, done)
    return tk.redirect_to("ca3b_harvest.conflicts")
