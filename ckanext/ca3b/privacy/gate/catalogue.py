"""What the gate tells the outgoing catalogue: which files anybody may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import state
from .redaction import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def closed(resources: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the ids of the files that are not open, by one query.

    A file whose address was taken for a visitor is closed: without its address it would look like a link.
    """
    found = state.among(resources)
    return {one["id"] for one in resources if one.get(MARK) or not found[one["id"]].open}


def stamps(resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return ``open`` or ``closed`` by id, by one query."""
    shut = closed(resources)
    return {one["id"]: "closed" if one["id"] in shut else "open" for one in resources}
