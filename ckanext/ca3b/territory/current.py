"""The territory of this portal, as the settings name it."""

from __future__ import annotations

from ckanext.ca3b import config

from .core import Territory


def current() -> Territory:
    """Return the territory of the portal's agglomeration.

    Raises UnknownEpciError when ``ckanext.ca3b.epci`` is no EPCI.
    """
    return Territory.open(config.epci(), config.outlines())
