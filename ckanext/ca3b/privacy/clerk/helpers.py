"""Template helpers: where a file stands, for its own people only."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from . import states, words


def ca3b_privacy_state(resource: dict[str, Any], dataset: dict[str, Any]) -> dict[str, Any] | None:
    """Return the state of a file for those who may replace it, None for anybody else.

    ``{name, words, icon, css, advice, shut, url, summary, unexamined}``: the four first as
    :func:`ckanext.ca3b.privacy.clerk.states.state` gives them; ``shut`` tells whether the public is kept out, ``url``
    leads to what can be done about it, ``summary`` says what it shows, ``unexamined`` that nothing is known of it.
    """
    if tk.current_user.is_anonymous or not resource.get("id"):
        return None
    context = types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
    try:
        tk.check_access("package_update", context, {"id": dataset["id"]})
        gate = tk.get_action("ca3b_gate_show")(
            types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user), {"resource_id": resource["id"]}
        )
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None
    found = states.state(gate, dataset)
    url = tk.url_for("ca3b_rgpd_clerk.page", resource_id=resource["id"])
    scan = gate.get("scan") or {}
    said = words.summary(scan.get("findings") or [])
    unexamined = states.is_unexamined(found["name"], scan)
    advice = states.advice("unreadable" if unexamined else found["name"])
    shut = not gate["open"]
    return {**found, "advice": advice, "shut": shut, "url": url, "summary": said, "unexamined": unexamined}
