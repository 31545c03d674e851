"""The files of the corpus: what each holds is returned by one function, found by its file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.rgpd.corpus.people import Chance

Row = list[Any]


@dataclass
class Table:
    """One table as text: ``title`` stands above the header, ``header`` None when the file has none."""

    header: Row | None
    rows: list[Row]
    delimiter: str = ";"
    encoding: str = "cp1252"
    title: list[Row] = field(default_factory=list)
    end: str = "\r\n"


@dataclass
class Sheet:
    """One sheet of a workbook. ``comments`` are by (row, column), counted from 0, header included."""

    header: Row
    rows: list[Row]
    title: list[Row] = field(default_factory=list)
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class Book:
    """A workbook: sheets by their names, and the document properties."""

    sheets: dict[str, Sheet]
    properties: dict[str, str] = field(default_factory=dict)


@dataclass
class Records:
    """Any JSON value."""

    value: Any


@dataclass
class Features:
    """Geographic features: (longitude, latitude, or a list of them for a polygon, attributes)."""

    items: list[tuple[Any, dict[str, Any]]]


Document = Table | Book | Records | Features
Make = Callable[[Chance], Document]
FILES: dict[str, Make] = {}


def file(name: str) -> Callable[[Make], Make]:
    """Declare the function that makes the file ``name``; the extension chooses the format."""

    def keep(make: Make) -> Make:
        if name in FILES:
            raise ValueError(f"{name} is made twice")
        FILES[name] = make
        return make

    return keep
