"""Whether a file is open to the public, as the portal's gate says; everything is when there is no gate.

Asked by the rooms that serve the content of files: they know the gate by its action alone.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

_OPEN = {"open": True, "clear": True, "state": "open"}
_GONE = {"open": False, "clear": False, "state": "missing"}


def is_open(resource_id: str, sha256: str | None = None) -> bool:
    """Tell whether a file is open, or whether other bytes that it had (``sha256``) would be."""
    return bool(_asked(resource_id, sha256)["open"])


def is_clear(resource_id: str) -> bool:
    """Tell whether a copy of what is behind a link may be shown: a link is open before anybody looked at its file."""
    return bool(_asked(resource_id, None)["clear"])


def is_waiting(resource_id: str) -> bool:
    """Tell whether nobody knows yet if a file will open: it is being examined."""
    return _asked(resource_id, None)["state"] == "scanning"


def _asked(resource_id: str, sha256: str | None) -> dict[str, Any]:
    try:
        show = tk.get_action("ca3b_gate_show")
    except KeyError:
        return _OPEN
    try:
        return show({"ignore_auth": True}, {"resource_id": resource_id} | ({"sha256": sha256} if sha256 else {}))
    except tk.ObjectNotFound:
        return _GONE
