"""Boxes of the earth, as an address carries them: « west,south,east,north » in degrees."""

from __future__ import annotations

from math import isfinite

Box = tuple[float, float, float, float]


def read_box(text: str | None) -> Box | None:
    """Return west, south, east, north, or None when ``text`` is no box.

    Refused: anything but four finite numbers, latitudes out of ±90, longitudes out of ±180, edges the
    wrong way round.
    """
    try:
        numbers = [float(part) for part in str(text or "").split(",")]
        west, south, east, north = numbers
    except ValueError:
        return None
    if not all(isfinite(number) for number in numbers):
        return None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return None
    return west, south, east, north
