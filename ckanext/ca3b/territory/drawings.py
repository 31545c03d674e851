"""The outlines of the portal's communes as pages need them, made once per process."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .core import TerritoryError
from .core.drawing import Drawing, draw
from .core.territory import to_geojson
from .current import current

if TYPE_CHECKING:
    from .core import Territory

log = logging.getLogger(__name__)


def drawing(*codes: str) -> Drawing | None:
    """Return the drawing of some communes, of all of them without ``codes``.

    None when their outlines are not known, or cannot be read: a page does without its drawing.
    """
    try:
        return _drawing(current(), codes)
    except TerritoryError as error:
        log.warning("No drawing of the communes: %s", error)
        return None


@lru_cache(maxsize=512)
def _drawing(territory: Territory, codes: tuple[str, ...]) -> Drawing | None:
    return draw(territory, codes or None)


@lru_cache(maxsize=8)
def shapes(territory: Territory) -> dict[str, dict[str, Any]]:
    """Return the GeoJSON outlines by INSEE code, not to be changed. Raises OutlinesError."""
    return {code: to_geojson(shape) for code, shape in territory.outlines.items()}
