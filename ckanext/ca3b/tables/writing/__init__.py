"""Exports of a table: CSV, XLSX, JSON, JSON Lines and Parquet, batch by batch, and the list of errors as CSV.

Every writer takes a :class:`~ckanext.ca3b.tables.model.Table`, or any frames with their columns, and a path or an
open binary file. CSV and XLSX open in a spreadsheet: their text cells are neutralised (:mod:`.neutral`).
"""

from __future__ import annotations

from .delimited import write_csv
from .errors import write_errors_csv
from .neutral import neutralised
from .parquet import write_parquet
from .records import write_json, write_ndjson
from .workbook import write_xlsx

__all__ = [
    "neutralised",
    "write_csv",
    "write_errors_csv",
    "write_json",
    "write_ndjson",
    "write_parquet",
    "write_xlsx",
]
