"""What a check sees of a batch of rows, and how it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import polars as pl
from attrs import define, field, frozen

from ckanext.ca3b.tables.checking.faults import Kind
from ckanext.ca3b.tables.schemas import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ckanext.ca3b.tables.checking.columns import ColumnCheck
    from ckanext.ca3b.tables.checking.faults import Fault
    from ckanext.ca3b.tables.schemas import TableSchema

_AFTER_KEYS = 2_000_000


@define
class View:
    """A batch of rows: its texts by field, null where the cell is empty or not of its type."""

    batch: pl.DataFrame
    columns: Mapping[str, ColumnCheck]
    unreadable: Mapping[str, pl.Series]
    _texts: dict[str, pl.Series] = field(factory=dict)

    def texts(self, name: str) -> pl.Series:
        """Give the texts of the field ``name``; all null when the table has no such column."""
        if name not in self._texts:
            self._texts[name] = self._read(name)
        return self._texts[name]

    def _read(self, name: str) -> pl.Series:
        column = self.columns.get(name)
        if column is None:
            return pl.Series(name, [None] * self.batch.height, dtype=pl.String)
        bad = self.unreadable.get(name)
        if column.plain and bad is None:
            return self.batch[column.source]
        filled = ~column.missing & (column.text != "")
        texts = self.batch.select(pl.when(filled).then(column.text).alias(name)).to_series()
        return texts if bad is None else texts.scatter(bad, None)

    def frame(self, *names: str) -> pl.DataFrame:
        """Give the texts of several fields."""
        return pl.DataFrame([self.texts(name).alias(name) for name in names])


class CrossCheck(Protocol):
    """One check: what it finds in a batch, and what it says of the header."""

    @property
    def of_header(self) -> str | None:
        """The message of an error of the header, when the check cannot hold whatever the rows."""
        ...

    @property
    def kind(self) -> Kind:
        """The kind of its errors."""
        ...

    def faults(self, view: View) -> Iterator[Fault]:
        """Find the rows of a batch that are wrong."""
        ...


@frozen
class Setting:
    """What a check is made of: its parameters, and the columns of the table by field."""

    schema: TableSchema
    name: str
    params: Mapping[str, Any]
    present: Mapping[str, str]
    order: int

    def column(self, key: str) -> str:
        """Give the parameter ``key``, a name of column. Errors: `SchemaError` when it is absent."""
        value = self.params.get(key)
        if not isinstance(value, str):
            raise self._wrong(key)
        return value

    def columns(self, key: str) -> list[str]:
        """Give the parameter ``key``, a list of names of columns. Errors: `SchemaError` when it is absent or empty."""
        value = self.params.get(key)
        if not isinstance(value, list) or not value:
            raise self._wrong(key)
        return value

    def _wrong(self, key: str) -> SchemaError:
        return SchemaError(f"Schéma « {self.schema.name} » : le contrôle « {self.name} » demande « {key} ».")

    def kind(self, column: str | None, tell: Callable[[str | None, Any], str], expected: str) -> Kind:
        """Give the kind of error of this check, at ``column``."""
        example = self.schema.field(column).example if column is not None else ""
        source = self.present.get(column) if column is not None else None
        return Kind(self.name, column, source, _AFTER_KEYS + self.order, tell, expected, example)
