"""The territory, without a portal: members of every French EPCI, their names and their outlines.

Start from :class:`Territory`; everything public is listed in ``__all__``.
"""

from __future__ import annotations

from .epci import Commune, Epci, all_epcis, read_epci
from .errors import OutlinesError, TerritoryError, UnknownCommuneError, UnknownEpciError
from .names import normalise, slugify
from .outlines import read_outlines
from .territory import Territory

__all__ = [
    "Commune",
    "Epci",
    "OutlinesError",
    "Territory",
    "TerritoryError",
    "UnknownCommuneError",
    "UnknownEpciError",
    "all_epcis",
    "normalise",
    "read_epci",
    "read_outlines",
    "slugify",
]
