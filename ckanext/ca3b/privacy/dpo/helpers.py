"""Template helpers of the DPO."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.privacy.gate.people import is_dpo

from . import queue


def ca3b_dpo_menu() -> dict[str, Any] | None:
    """Return ``{url, waiting}`` for the DPO, ``waiting`` the number of files that wait; None for anybody else."""
    if tk.current_user.is_anonymous or not is_dpo(tk.current_user.name):
        return None
    return {"url": tk.url_for("ca3b_dpo.queue"), "waiting": queue.states()[queue.WAITING]}
