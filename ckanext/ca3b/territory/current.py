"""The territory of this portal, as the settings name it."""

from __future__ import annotations

from ckanext.ca3b import config

from .core import Territory, TerritoryError


def current() -> Territory:
    """Return the territory of the portal's agglomeration.

    Raises UnknownEpciError when ``ckanext.ca3b.epci`` is no EPCI.
    """
    return Territory.open(config.epci(), config.outlines())


def current_or_none() -> Territory | None:
    """Return the territory of the portal, None when its settings name none: for what does without it."""
    try:
        return current()
    except TerritoryError:
        return None
