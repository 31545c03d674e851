"""The filled example as CSV, in the dialect French spreadsheets open with a double click."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ckanext.ca3b.tables.writing.neutral import neutralised

if TYPE_CHECKING:
    from ckanext.ca3b.tables.schemas import TableSchema


def write_example_csv(schema: TableSchema, target: Path | IO[bytes]) -> None:
    """Write the valid samples of ``schema`` at ``target``: UTF-8 with its mark, semicolons, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(schema.field_names)
    for row in schema.samples["valid"]:
        writer.writerow(neutralised(row[name]) for name in schema.field_names)
    content = text.getvalue().encode("utf-8-sig")
    if isinstance(target, Path):
        target.write_bytes(content)
    else:
        target.write(content)
