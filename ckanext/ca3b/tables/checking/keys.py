"""Values that may be there once only: unique columns and primary keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from ckanext.ca3b.tables.wording import NBSP

from .faults import Fault, Kind
from .messages import plural, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ckanext.ca3b.tables.model import Table

    from .columns import ColumnCheck

DIRECT_ROWS = 250_000
"""Beyond, a first pass over the file hashes the keys, and only those whose hash is there twice are compared."""

PRIMARY_KEY_ORDER = 1_000_000


class Keys:
    """One unique column, or one primary key: what was seen so far, row by row."""

    def __init__(self, columns: Sequence[ColumnCheck], *, primary: bool) -> None:
        self.columns = columns
        self.primary = primary
        self.suspects: pl.Series | None = None
        self._hashes: list[pl.Series] = []
        self._seen: dict[Any, int] = {}
        names = ", ".join(column.field.name for column in columns)
        first = columns[0]
        self.kind = Kind(
            code="primary-key" if primary else "unique-error",
            column=None if primary else first.field.name,
            source=None if primary else first.source,
            order=PRIMARY_KEY_ORDER if primary else (first.position + 1) * 1_000 - 1,
            tell=self._primary if primary else self._unique,
            expected=f"Une valeur différente à chaque ligne dans {quoted(names)}.",
            example=first.field.example,
        )
        self._names = names

    def _keys(self, batch: pl.DataFrame) -> pl.DataFrame:
        return pl.DataFrame([column.keys(batch).alias(str(at)) for at, column in enumerate(self.columns)])

    def scout(self, batch: pl.DataFrame) -> None:
        """First pass: keep the hashes of the keys of ``batch``."""
        self._hashes.append(self._keys(batch).select(pl.struct(pl.all()).hash().alias("hash")).to_series())

    def settle(self) -> None:
        """End of the first pass: keep the hashes that are there twice."""
        hashes = pl.concat(self._hashes)
        self._hashes = []
        self.suspects = hashes.filter(hashes.is_duplicated()).unique()

    def faults(self, batch: pl.DataFrame, start: int, line: Any) -> Iterator[Fault]:
        """Give the rows of ``batch`` whose key was seen before, or whose primary key is empty."""
        keys = self._keys(batch)
        empty = keys.select(pl.all_horizontal(pl.all().is_null())).to_series()
        rows = (~empty).arg_true()
        if self.suspects is not None:
            hashes = keys.select(pl.struct(pl.all()).hash().alias("hash")).to_series()
            rows = (~empty & hashes.is_in(self.suspects.implode())).arg_true()
        before: dict[int, int] = {}
        values = keys.to_series(0) if len(self.columns) == 1 else None
        found = values.gather(rows).to_list() if values is not None else keys[rows].rows()
        for row, key in zip(rows.to_list(), found, strict=True):
            earlier = self._seen.get(key)
            self._seen[key] = start + row
            if earlier is not None:
                before[row] = earlier
        wrong = sorted([*before, *(empty.arg_true().to_list() if self.primary else ())])
        if wrong:

            def detail(row: int) -> tuple[int | None, str]:
                earlier = before.get(row)
                texts = [str(batch[column.source][row] or "") for column in self.columns]
                return (line(earlier) or earlier if earlier else None), ", ".join(texts)

            yield Fault(self.kind, pl.Series(wrong, dtype=pl.UInt32), detail)

    def _unique(self, value: str | None, detail: tuple[int | None, str]) -> str:
        return f"{quoted(value)} est déjà à la ligne {detail[0]}. Chaque valeur de {quoted(self._names)} est unique."

    def _primary(self, _: str | None, detail: tuple[int | None, str]) -> str:
        names = f"{plural(len(self.columns), 'colonne')}{NBSP}: {self._names}"
        of = f"la colonne {quoted(self._names)}" if len(self.columns) == 1 else names
        if detail[0] is None:
            return f"L’identifiant de la ligne est vide ou illisible ({of}). Remplissez-le."
        return (
            f"La ligne répète l’identifiant de la ligne {detail[0]}, {quoted(detail[1])} ({of}). Il doit être unique."
        )


def scouted(table: Table, groups: Sequence[Keys]) -> None:
    """Make the first pass when ``table`` is too long for its keys to be kept whole in memory."""
    if not groups or table.rows <= DIRECT_ROWS:
        return
    for batch in table.batches():
        for group in groups:
            group.scout(batch)
    for group in groups:
        group.settle()
