"""The territory on a map: datasets searched by the ground they cover, and how much data each commune has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import views

if TYPE_CHECKING:
    from flask import Blueprint


def blueprints() -> list[Blueprint]:
    """Return the pages; they ask CKAN's own ``package_search``, so there is no action of theirs."""
    return [views.search]
