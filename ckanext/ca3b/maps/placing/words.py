"""What a header says of coordinates: which axis, which system, and what is left of its words.

Headers met on data.gouv.fr, in IGN, INSEE and SCDL files and in exports of GIS software.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from attrs import frozen

Axis = Literal["x", "y"]

_AROUND = r"(?:coord|coords|coordonnee|coordonnees|point|pos|position|geo|gps|lamb|lambert|centroid|centroide|c|p)?"
_AFTER = r"(?:coord|coordonnee|l?93|lamb|lambert|lambert93|rgf93|l2e|cc\d\d|wgs|wgs84|dd|lat|lon|long|gps|c)?"
_WORDS: dict[tuple[Axis, bool], re.Pattern[str]] = {
    ("y", True): re.compile(r"(?:y|coord|geo|gps|c|pos)?lat(?:i|itude|itud|dd|wgs84|wgs)?"),
    ("x", True): re.compile(r"(?:x|coord|geo|gps|c|pos)?(?:lon|lng|long|longi|longitude)(?:dd|wgs84|wgs)?"),
    ("y", False): re.compile(rf"{_AROUND}y{_AFTER}|nord|north|northing|ordonnees?"),
    ("x", False): re.compile(rf"{_AROUND}x{_AFTER}|est|east|easting|abscisses?"),
}
# Words that say nothing of which pair of columns this is.
_NEUTRAL = frozenset(
    word
    for line in (
        "coord coords coordonnee coordonnees geo gps geom point position pos wgs wgs84 84 dd deg degres decimal",
        "decimale decimales de du la le l en d m metres rgf93 rgf lambert lamb lambert93 l93 93 epsg 2154 4326",
        "cc cc42 cc43 cc44 cc45 cc46 cc47 cc48 cc49 cc50",
    )
    for word in line.split()
)
_SYSTEMS = (
    (re.compile(r"cc(4[2-9]|50)|conique conforme (4[2-9]|50)"), lambda m: f"EPSG:39{m[1] or m[2]}"),
    (re.compile(r"(?:l|lamb|lambert|rgf)93|93$"), lambda _: "EPSG:2154"),
    (re.compile(r"l2e|lambert(?:2|ii)"), lambda _: "EPSG:27572"),
    (
        re.compile(r"(?<!\d)(2154|39(?:4[2-9]|50)|2757[1-4]|4326|3857|326[23]\d|2975|2972|5490|4471)(?!\d)"),
        lambda m: f"EPSG:{m[1]}",
    ),
    (re.compile(r"wgs"), lambda _: "EPSG:4326"),
)
#: Headers of cells that hold two coordinates, and which comes first in them.
PAIR_LONGITUDE_FIRST = frozenset({"coordonneesxy", "lonlat", "longlat", "xy", "lnglat"})
PAIR_WORDS = re.compile(
    r"geopoint|latlon|latlong|latlng|lonlat|lnglat|longlat|geoloc|coord|xy$|gps|position|geom|localisation|location"
)


@frozen
class Axes:
    """What one header says: its axis, whether in degrees for sure, its system when named, its other words."""

    axis: Axis
    geographic: bool
    system: str | None
    rest: tuple[str, ...]


def plain(header: str) -> str:
    """Give a header in lower case ASCII, words parted by single spaces, ``coordX`` parted too."""
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", header)
    ascii_only = unicodedata.normalize("NFKD", parted.replace("’", " ")).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", ascii_only))


def axes_of(header: str | None) -> Axes | None:
    """Give what a header says of an axis, None when it says nothing."""
    key = plain(header or "")
    words = key.split()
    for (axis, geographic), pattern in _WORDS.items():
        for place, word in enumerate(words):
            if pattern.fullmatch(word):
                rest = (each for each in words[:place] + words[place + 1 :] if each not in _NEUTRAL)
                return Axes(axis, geographic, system_of(header), tuple(rest))
    return None


def system_of(text: str | None) -> str | None:
    """Give the authority code of the coordinate system that a header or a value names, None when it names none."""
    key = plain(text or "")
    compact = key.replace(" ", "")
    for pattern, code in _SYSTEMS:
        if found := pattern.search(key) or pattern.search(compact):
            return code(found)
    return None


def is_system_column(header: str | None) -> bool:
    """Tell whether a column says in which system the coordinates of its row are."""
    return bool(re.search(r"\b(epsg|srid|crs|projection|systeme?)\b", plain(header or "")))
