"""What is asked of the items of a collection, read strictly: what is not understood is refused, never ignored."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen

from ckanext.ca3b.cartography.access import RefusedError
from ckanext.ca3b.cartography.features import Condition, quoted

from .links import CRS84, EPSG4326

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.cartography.features import Features

LIMIT, MOST = 100, 10_000
_OPEN = {"", ".."}


@frozen
class Asked:
    """A question on a collection: conditions all to be met, a page, and the arguments to repeat in links."""

    conditions: tuple[Condition, ...]
    limit: int
    offset: int
    arguments: dict[str, str]


def read(arguments: Mapping[str, str], found: Features) -> Asked:
    """Read the arguments of an address. Raises RefusedError (400) that names what is wrong."""
    given = dict(arguments)
    form = given.pop("f", "json")
    if form not in {"json", "geojson"}:
        raise _wrong(tk._("The only format is “f=json”."))
    limit = min(_integer("limit", given.pop("limit", str(LIMIT)), least=1), MOST)
    offset = _integer("offset", given.pop("offset", "0"), least=0)
    conditions = [*_box(given.pop("bbox", None), given.pop("bbox-crs", CRS84), found)]
    conditions += _moment(given.pop("datetime", None), found)
    conditions += [_equal(name, value, found) for name, value in given.items()]
    kept = {name: value for name, value in arguments.items() if name not in {"limit", "offset"}}
    return Asked(tuple(conditions), limit, offset, kept)


def _box(value: str | None, system: str, found: Features) -> list[Condition]:
    """Read a box of four or six numbers; heights do not count."""
    if system not in {CRS84, EPSG4326}:
        raise _wrong(tk._("“bbox-crs” is {first} or {second}.").format(first=CRS84, second=EPSG4326))
    if value is None:
        return []
    try:
        numbers = [float(one) for one in value.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in {4, 6} or not all(map(math.isfinite, numbers)):
        raise _wrong(tk._("“bbox” is four numbers separated by commas: west, south, east, north, in degrees."))
    half = len(numbers) // 2
    west, south, east, north = *numbers[:2], *numbers[half : half + 2]
    if system == EPSG4326:
        west, south, east, north = south, west, north, east
    if south > north or not (-180 <= west <= 180 and -180 <= east <= 180 and south >= -90 and north <= 90):
        raise _wrong(tk._("The numbers of “bbox” are degrees: west, south, east, north, the south below the north."))
    return [found.within(west, south, east, north)]


def _moment(value: str | None, found: Features) -> list[Condition]:
    """Read a moment or an interval; it counts for the first column of dates, and for nothing without one."""
    if value is None:
        return []
    ends = value.split("/")
    if len(ends) > 2 or (len(ends) == 1 and value in _OPEN) or (len(ends) == 2 and set(ends) <= _OPEN):
        raise _wrong(_interval())
    bounds = [None if one in _OPEN else _iso(one) for one in ends]
    first, last = bounds[0], bounds[-1]
    if first and last and first[0] > last[1]:
        raise _wrong(tk._("The interval of “datetime” ends before it begins."))
    name = next((name for name, kind in found.kinds.items() if kind in {"date", "datetime"}), None)
    if name is None:
        return []
    # Texts of ISO 8601 sort as the moments do; a day is below all its hours.
    column = f"strftime('%Y-%m-%dT%H:%M:%S', {quoted(name)})"
    parts = [(f"{column} >= ?", first[0])] if first else []
    parts += [(f"{column} <= ?", last[1])] if last else []
    return [Condition(sql, (one,)) for sql, one in parts]


def _iso(text: str) -> tuple[str, str]:
    """Return the first and the last second of a day or of a moment, in UTC."""
    try:
        if len(text) == 10:
            day = dt.date.fromisoformat(text)
            return f"{day}T00:00:00", f"{day}T23:59:59"
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _wrong(_interval()) from error
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    said = moment.isoformat(timespec="seconds")
    return said, said


def _equal(name: str, value: str, found: Features) -> Condition:
    kind = found.kinds.get(name)
    if kind is None:
        known = ", ".join(list(found.kinds)[:20])
        words = tk._("There is no parameter “{name}”. The columns are: {columns}.")
        raise _wrong(words.format(name=name[:60], columns=known))
    asked: Any = value
    if kind in {"integer", "number"}:
        try:
            asked = int(value) if kind == "integer" else float(value.replace(",", "."))
        except ValueError as error:
            raise _wrong(tk._("“{name}” is a number.").format(name=name)) from error
        if not math.isfinite(asked) or abs(asked) >= 2**63:
            raise _wrong(tk._("“{name}” is a number.").format(name=name))
    if kind == "boolean":
        if value not in {"true", "false", "1", "0"}:
            raise _wrong(tk._("“{name}” is true or false.").format(name=name))
        asked = int(value in {"true", "1"})
    return Condition(f"{quoted(name)} = ?", (asked,))


def _integer(name: str, value: str, *, least: int) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 12 or int(value) < least:
        raise _wrong(tk._("“{name}” is a whole number from {least}.").format(name=name, least=least))
    return int(value)


def _interval() -> str:
    return tk._("“datetime” is a date (2026-11-22), a moment, or two of them separated by “/”, “..” being no limit.")


def _wrong(sentence: str) -> RefusedError:
    return RefusedError(400, sentence)
