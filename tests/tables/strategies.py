"""Tables and schemas written for tests."""

from __future__ import annotations

import csv
import io

import polars as pl

from ckanext.ca3b.tables import Column, Table, read


def written(headers, rows, delimiter=";"):
    """The CSV text of ``rows``, a list of lists."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([headers, *rows])
    return out.getvalue()


def table_of(folder, headers, rows, name="fichier.csv"):
    """A table read from a file of these headers and rows."""
    path = folder / name
    path.write_text(written(headers, rows), encoding="utf-8")
    return read(path)


def text_table(headers, rows):
    """A table of texts, as if read: no file, no types to find."""
    frame = pl.DataFrame(
        {name: [row[at] or None for row in rows] for at, name in enumerate(headers)},
        schema=dict.fromkeys(headers, pl.String),
    )
    columns = tuple(Column(name, "text", name, at) for at, name in enumerate(headers))

    def source(size):
        return (frame.slice(start, size) for start in range(0, frame.height, size))

    return Table("csv", "utf-8", ";", None, (), 0, len(rows), columns, (), (), source)


def valid_sample(schema):
    """The headers and rows of the valid sample of ``schema``."""
    headers = list(schema.field_names)
    return headers, [[row.get(name, "") for name in headers] for row in schema.samples["valid"]]
