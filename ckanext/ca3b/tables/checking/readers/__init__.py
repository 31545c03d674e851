"""How the text of a cell is read in each type of Table Schema, with the very tolerance of frictionless 5.

A reader has two halves that agree: ``parse`` reads one text in Python, and is the rule; ``sure`` is a vector
expression that is true only for texts ``parse`` accepts. What ``sure`` leaves goes through ``parse``, once per
distinct text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.tables.schemas import SchemaError

from .base import Reader
from .moments import date_reader, datetime_reader, duration_reader, time_reader, year_reader, yearmonth_reader
from .numbers import boolean_reader, integer_reader, number_reader
from .structures import array_reader, geojson_reader, geopoint_reader, object_reader
from .texts import any_reader, string_reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.tables.schemas import Field

__all__ = ["Reader", "reader_of"]

_READERS: dict[str, Callable[[Field], Reader]] = {
    "any": any_reader,
    "array": array_reader,
    "boolean": boolean_reader,
    "date": date_reader,
    "datetime": datetime_reader,
    "duration": duration_reader,
    "geojson": geojson_reader,
    "geopoint": geopoint_reader,
    "integer": integer_reader,
    "number": number_reader,
    "object": object_reader,
    "string": string_reader,
    "time": time_reader,
    "year": year_reader,
    "yearmonth": yearmonth_reader,
}


def reader_of(field: Field) -> Reader:
    """Give the reader of ``field``. Errors: `SchemaError` for a type Table Schema does not know."""
    make = _READERS.get(field.type)
    if make is None:
        raise SchemaError(
            f"Colonne « {field.name} » : le type « {field.type} » est inconnu. Types connus : {', '.join(_READERS)}."
        )
    return make(field)
