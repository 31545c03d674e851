"""One column against its field: missing, of the type, within the constraints; on whole columns of text."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from .constraints import Constraint, constraints_of
from .readers import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ckanext.ca3b.tables.schemas import Field

_REMEMBERED = 100_000
TYPE, REQUIRED = "type", "required"


class ColumnCheck:
    """Judges the cells of the column ``source`` of a table, which ``field`` describes.

    ``expressions`` are evaluated for all the columns at once by the caller; ``faults`` reads their results.
    """

    def __init__(self, field: Field, source: str, missing_values: Sequence[str], position: int) -> None:
        self.field = field
        self.source = source
        self.position = position
        self.reader = reader_of(field)
        self.constraints = constraints_of(field, self.reader)
        # An empty cell is a text of no character, which a schema may not list among its missing values.
        raw = pl.col(source)
        self.text = raw if "" in missing_values else raw.fill_null("")
        others = [value for value in missing_values if value]
        self.missing = self.text.is_null() | self.text.is_in(others) if others else self.text.is_null()
        self._judged: dict[str, tuple[str, ...]] = {}

    def name(self, what: str) -> str:
        """Name of the result ``what`` of this column."""
        return f"{self.position}:{what}"

    @cached_property
    def sure(self) -> pl.Expr | None:
        """Where expressions alone judge: type and constraints."""
        if self.reader.sure is None or any(constraint.broken is None for constraint in self.constraints):
            return None
        sure = self.reader.sure(self.text)
        for constraint in self.constraints:
            if constraint.told is not None:
                sure &= constraint.told(self.text)
        return sure

    def expressions(self) -> list[pl.Expr]:
        """Give booleans: ``missing``, ``slow`` (to be judged one distinct text at a time), one per constraint."""
        missing = self.missing.alias(self.name("missing"))
        present = ~self.missing
        if self.sure is None:
            return [missing, present.alias(self.name("slow"))]
        found = [missing, (present & ~self.sure).alias(self.name("slow"))]
        for constraint in self.constraints:
            broken = constraint.broken
            if broken is not None:
                found.append((present & self.sure & broken(self.text)).alias(self.name(constraint.name)))
        return found

    def faults(self, flags: pl.DataFrame, raised: set[str], batch: pl.DataFrame) -> Iterator[tuple[str, pl.Series]]:
        """Give (type, required or the name of the constraint, rows of the batch from 0), rows in order."""
        if self.field.required and self.name("missing") in raised:
            yield REQUIRED, flags[self.name("missing")].arg_true()
        rows: dict[str, list[pl.Series]] = {}
        if self.name("slow") in raised:
            for kind, found in self._slow(flags[self.name("slow")], batch):
                rows.setdefault(kind, []).append(found)
        for constraint in self.constraints:
            if self.name(constraint.name) in raised:
                rows.setdefault(constraint.name, []).append(flags[self.name(constraint.name)].arg_true())
        for kind, found in rows.items():
            yield kind, found[0] if len(found) == 1 else pl.concat(found).sort()

    def _slow(self, slow: pl.Series, batch: pl.DataFrame) -> Iterator[tuple[str, pl.Series]]:
        texts = batch.select(self.text).to_series().filter(slow)
        bad: dict[str, list[str]] = {}
        for text in texts.unique().to_list():
            for kind in self.judge(text):
                bad.setdefault(kind, []).append(text)
        rows = slow.arg_true()
        for kind, found in bad.items():
            yield kind, rows.filter(texts.is_in(found))

    def judge(self, text: str) -> tuple[str, ...]:
        """Give what is wrong with one text, by the rules in Python."""
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

    def constraint(self, name: str) -> Constraint:
        """The constraint called ``name``."""
        return next(constraint for constraint in self.constraints if constraint.name == name)

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
