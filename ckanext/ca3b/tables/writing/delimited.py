"""CSV in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from .frames import opened, rows_of
from .neutral import neutralised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.tables.model import Column

    from .frames import Rows, Target

BOM = b"\xef\xbb\xbf"
_ISO = "%Y-%m-%dT%H:%M:%S%.f"


def write_csv(  # noqa: PLR0913 - each is a choice of the reader of the file
    rows: Rows,
    target: Target,
    *,
    columns: Sequence[Column] | None = None,
    delimiter: str = ",",
    bom: bool = False,
    neutralise: bool = True,
) -> int:
    """Write ``rows`` as CSV in UTF-8 and give their number.

    ``bom`` makes Excel see that the file is in UTF-8. Texts are neutralised, unless the file is to be read by our
    own reading only. Dates and times are in ISO 8601.
    """
    frames, columns = rows_of(rows, columns)
    names = [column.name for column in columns]
    count = 0
    with opened(target) as out:
        out.write(BOM if bom else b"")
        out.write(lines(pl.DataFrame([[_header(name, neutralise) for name in names]], orient="row"), delimiter))
        for frame in frames:
            out.write(lines(_texts(frame.select(names), columns, neutralise), delimiter))
            count += frame.height
    return count


def lines(frame: pl.DataFrame, delimiter: str) -> bytes:
    """Give the lines of a frame, without header, quoted where needed."""
    # The blank line of an empty row would be taken for the end of a table of one column.
    style = "always" if frame.width == 1 else "necessary"
    return frame.write_csv(
        include_header=False, separator=delimiter, quote_style=style, line_terminator="\r\n", datetime_format=_ISO
    ).encode()


def _header(name: str, neutralise: bool) -> str:
    return neutralised(name) if neutralise else name


def _texts(frame: pl.DataFrame, columns: Sequence[Column], neutralise: bool) -> pl.DataFrame:
    if not neutralise:
        return frame
    written = [c.name for c in columns if c.type == "text" and frame.schema[c.name] == pl.String]
    return frame.with_columns(neutralised(pl.col(name)).alias(name) for name in written)
