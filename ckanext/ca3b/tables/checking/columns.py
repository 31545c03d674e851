"""One column against its field: missing, of the type, within the constraints; on whole columns of text."""

from __future__ import annotations

from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import polars as pl

from .constraints import constraints_of
from .readers import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ckanext.ca3b.tables.schemas import Field

_REMEMBERED = 100_000
TYPE, REQUIRED = "type", "required"


class ColumnCheck:
    """Judges the cells of the column ``source`` of a table, which ``field`` describes."""

    def __init__(self, field: Field, source: str, missing_values: Sequence[str], position: int) -> None:
        self.field = field
        self.source = source
        self.position = position
        self.reader = reader_of(field)
        self.constraints = constraints_of(field, self.reader)
        # An empty cell is a text of no character, which a schema may not list among its missing values.
        self.only_null = "" in missing_values
        raw = pl.col(source)
        self.text = raw if self.only_null else raw.fill_null("")
        others = [value for value in missing_values if value]
        self.plain = self.only_null and not others
        self.missing = self.text.is_null() | self.text.is_in(others) if others else self.text.is_null()
        self._judged: dict[str, tuple[str, ...]] = {}

    @cached_property
    def good(self) -> pl.Expr | None:
        """True only for texts without fault; null for an empty cell. ``None`` when no expression tells."""
        surely = [self.reader.sure, *(constraint.surely for constraint in self.constraints)]
        if self.reader.always and not self.constraints:
            return pl.lit(value=True)
        if None in surely:
            return None
        told = [expression(self.text) for expression in surely if expression is not None]
        return reduce(and_, told)

    @cached_property
    def quick(self) -> pl.Expr:
        """Whether a whole batch is without fault: one boolean, false in doubt."""
        if self.good is None:
            return self.text.is_null().all()
        return self.good.all(ignore_nulls=True)

    def faults(self, batch: pl.DataFrame, *, good: bool) -> Iterator[tuple[str, pl.Series]]:
        """Give (type, required or the name of the constraint, rows of the batch from 0), rows in order.

        ``good`` is what ``quick`` told of the batch.
        """
        if good and self.plain:
            if self.field.required and batch[self.source].null_count():
                yield REQUIRED, batch[self.source].is_null().arg_true()
            return
        missing = batch.select(self.missing).to_series()
        if self.field.required and missing.any():
            yield REQUIRED, missing.arg_true()
        if good:
            return
        fine = self.missing if self.good is None else self.missing | self.good.fill_null(value=False)
        slow = batch.select(~fine).to_series()
        texts = batch.select(self.text).to_series().filter(slow)
        bad: dict[str, list[str]] = {}
        for text in texts.unique().to_list():
            for kind in self.judge(text):
                bad.setdefault(kind, []).append(text)
        rows = slow.arg_true()
        for kind in (TYPE, *(constraint.name for constraint in self.constraints)):
            if kind in bad:
                yield kind, rows.filter(texts.is_in(pl.Series(bad[kind]).implode()))

    def judge(self, text: str) -> tuple[str, ...]:
        """Give what is wrong with one text, by the rules in Python: ``type``, or names of constraints."""
        known = self._judged.get(text)
        if known is None:
            if len(self._judged) >= _REMEMBERED:
                self._judged.clear()
            known = self._judged[text] = self._judge(text)
        return known

    def _judge(self, text: str) -> tuple[str, ...]:
        value = self.reader.parse(text)
        if value is None:
            return (TYPE,)
        return tuple(constraint.name for constraint in self.constraints if not constraint.holds(value))

    def typed(self, text: str | None) -> Any:
        """Give the typed value of a text; ``None`` for a text that is missing or not of the type."""
        return None if text is None else self.reader.parse(text)

    def keys(self, batch: pl.DataFrame) -> pl.Series:
        """Give a text per row that is the same where typed values are equal; null where there is no value."""
        reader = self.reader
        whole = reader.sure is not None and reader.sure_key is not None
        sure = reader.sure(self.text) if reader.sure and whole else pl.lit(value=False)
        key = reader.sure_key(self.text) if reader.sure_key and whole else self.text
        frame = batch.select(
            pl.when(~self.missing & sure).then(key).alias("key"),
            pl.when(~self.missing & ~sure).then(self.text).alias("text"),
        )
        texts = frame["text"].drop_nulls().unique().to_list()
        if not texts:
            return frame["key"]
        read = ((text, reader.parse(text)) for text in texts)
        known = {text: reader.key(value) for text, value in read if value is not None}
        slow = pl.col("text").replace_strict(known, default=None, return_dtype=pl.String)
        return frame.select(pl.coalesce("key", slow)).to_series()
