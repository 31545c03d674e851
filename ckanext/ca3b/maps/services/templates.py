"""Addresses of tiles: what stands between braces, and its values for one tile."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

#: Half the side of the world in Web Mercator (EPSG:3857), in metres: pi times 6,378,137.
HALF_WORLD = 20037508.342789244
_BRACES = re.compile(r"\{(-?[a-zA-Z0-9_-]+)\}")


def tile_address(template: str, z: int, x: int, y: int) -> str:
    """Return the address of one tile; ``y`` counts from the north, as everywhere on the web (XYZ).

    Knows ``{z}``, ``{x}``, ``{y}``, ``{-y}`` (counted from the south, TMS), ``{bbox-epsg-3857}``, ``{quadkey}`` and
    ``{s}`` (one of several servers: the first, ``a``).
    """
    side = 2 * HALF_WORLD / 2**z
    west, north = x * side - HALF_WORLD, HALF_WORLD - y * side
    values = {
        "z": str(z), "x": str(x), "y": str(y), "-y": str(2**z - 1 - y), "s": "a",
        "bbox-epsg-3857": f"{west:.6f},{north - side:.6f},{west + side:.6f},{north:.6f}",
        "quadkey": "".join(str((x >> bit & 1) | (y >> bit & 1) << 1) for bit in range(z - 1, -1, -1)),
    }  # fmt: skip
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), template)


def with_query(url: str, wanted: dict[str, str], *, without: frozenset[str] = frozenset()) -> str:
    """Return an address with these parameters; those it had by the same names (whatever their case) are replaced.

    What stands between braces in the values stays as it is.
    """
    parts = urlsplit(url)
    replaced = {name.casefold() for name in wanted} | without
    kept = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if n.casefold() not in replaced]
    query = urlencode([*kept, *wanted.items()], safe="{}/:,")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def query_of(url: str) -> dict[str, str]:
    """Return the parameters of an address, by their names in lower case."""
    return {name.casefold(): value for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
