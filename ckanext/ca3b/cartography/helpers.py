"""Template helpers of the plugin; every name begins with ``ca3b_map``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import client, wording

if TYPE_CHECKING:
    from collections.abc import Callable


def ca3b_map_client() -> dict[str, Any]:
    """Return what the script of the maps needs; see :func:`.client.client`."""
    return client.client()


def ca3b_map_summary(description: dict[str, Any]) -> list[str]:
    """Return the sentences that say what a map shows; see :func:`.wording.summary`."""
    return wording.summary(description)


def ca3b_map_remarks(description: dict[str, Any]) -> list[str]:
    """Return what to know of the making of a map; see :func:`.wording.remarks`."""
    return wording.remarks(description)


def get_helpers() -> dict[str, Callable[..., Any]]:
    """Return the helpers, for the helpers blanket."""
    return {one.__name__: one for one in (ca3b_map_client, ca3b_map_summary, ca3b_map_remarks)}
