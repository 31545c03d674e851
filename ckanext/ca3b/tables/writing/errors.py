"""The errors of a check, all of them, as a CSV that a spreadsheet set in French opens at once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from .delimited import BOM, lines
from .frames import opened
from .neutral import neutralised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.tables.checking import CheckError

    from .frames import Target

HEADERS = ("Feuille", "Ligne", "Colonne", "Erreur", "Valeur", "Attendu", "Exemple", "Explication")
_BATCH = 20_000


def write_errors_csv(errors: Iterable[CheckError], target: Target) -> int:
    """Write located errors as CSV (UTF-8 with BOM, semicolons), one a line, and give their number."""
    from ckanext.ca3b.tables.checking.labels import LABELS  # noqa: PLC0415 - the checker imports more than writers need

    schema: dict[str, pl.DataType] = {name: pl.String() for name in HEADERS}
    waiting, count = iter(errors), 0
    with opened(target) as out:
        out.write(BOM + lines(pl.DataFrame([HEADERS], orient="row"), ";"))
        while batch := list(islice(waiting, _BATCH)):
            rows = [
                (
                    error.sheet,
                    None if error.line is None else str(error.line),
                    error.column,
                    LABELS.get(error.code, error.code),
                    error.value,
                    error.expected,
                    error.example,
                    error.message,
                )
                for error in batch
            ]
            frame = pl.DataFrame(rows, schema=schema, orient="row")
            out.write(lines(frame.select(neutralised(pl.col(name)).alias(name) for name in HEADERS), ";"))
            count += len(batch)
    return count
