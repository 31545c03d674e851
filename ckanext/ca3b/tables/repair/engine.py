"""The way of a repair: clues, then each batch once, counted and (if asked) written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field

from ckanext.ca3b.tables.checking.columns import ColumnCheck
from ckanext.ca3b.tables.matching import align
from ckanext.ca3b.tables.model import Notice
from ckanext.ca3b.tables.wording import day_words
from ckanext.ca3b.tables.writing.delimited import lines

from . import clues as clue
from . import codes, texts
from .model import EXAMPLES, Change, Repair, message

if TYPE_CHECKING:
    import datetime as dt
    from typing import IO

    from ckanext.ca3b.tables.model import ReadOptions, Table
    from ckanext.ca3b.tables.schemas import Field, TableSchema

    from .model import Rule

_BLANKS = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\ufeff"
_EDGES = f"^[{_BLANKS}]|[{_BLANKS}]$"
_REMEMBERED = 200_000
# Rows of a batch among which different examples are sought.
_LOOKED_AT = 500


def look(table: Table, schema: TableSchema, *, options: ReadOptions | None = None) -> Repair:
    """Give what `repair` would change and what it would leave, without writing. ``options``: see `repair`."""
    return _run(table, schema, options, None)


def plan(table: Table, schema: TableSchema, *, options: ReadOptions | None = None) -> tuple[Change, ...]:
    """Give what `repair` would change; empty when there is nothing to repair. ``options``: see `repair`."""
    return look(table, schema, options=options).changes


def left(table: Table, schema: TableSchema, *, options: ReadOptions | None = None) -> tuple[Notice, ...]:
    """Say what looks wrong and is not repaired, because nothing proves what it meant."""
    return look(table, schema, options=options).left


def repair(table: Table, schema: TableSchema, target: str | Path, *, options: ReadOptions | None = None) -> Repair:
    """Write ``table`` with its repairs at ``target``: CSV, UTF-8, commas, as the open standards (SCDL) ask.

    ``options`` are those the table was read with: a date order or a decimal mark declared there is believed.

    Raises:
        TableError: the file changed while it was read.

    """
    with Path(target).open("wb") as out:
        return _run(table, schema, options, out)


@define
class _Column:
    """The repairs of one column."""

    name: str
    schema_field: Field
    check: ColumnCheck
    rules: list[Rule]
    clues: clue.Clues
    counts: dict[str, int] = field(factory=dict)
    examples: dict[str, list[tuple[int, str, str]]] = field(factory=dict)
    left: Notice | None = None
    _known: dict[str, tuple[str, str] | None] = field(factory=dict)

    def suspects(self) -> pl.Expr:
        """Where a text may be repaired."""
        text = pl.col(self.name)
        found = text.str.contains(_EDGES)
        if any(rule.valid_too for rule in self.rules):
            found |= text.str.contains(codes.SUSPECT)
        present, good = ~self.check.missing, self.check.good
        found |= present if good is None else present & ~good.fill_null(value=False)
        return found.fill_null(value=False).alias(self.name)

    def apply(self, batch: pl.DataFrame, suspect: pl.Series, start: int) -> pl.Series:
        """Give the column of ``batch`` repaired, and count; ``start`` is the data row of its first row, from 1."""
        written = batch[self.name]
        doubtful = written.filter(suspect)
        fixes = {text: fix for text in doubtful.unique().to_list() if (fix := self.fix(text)) is not None}
        if self.left is None:
            self._leave(doubtful, fixes)
        if not fixes:
            return written
        after = {text: new or None for text, (_, new) in fixes.items()}
        for kind in {kind for kind, _ in fixes.values()}:
            rows = written.is_in([text for text, (k, _) in fixes.items() if k == kind]).arg_true()
            self.counts[kind] = self.counts.get(kind, 0) + rows.len()
            shown = self.examples.setdefault(kind, [])
            for row in rows.head(_LOOKED_AT) if len(shown) < EXAMPLES else ():
                before = written[row]
                if len(shown) < EXAMPLES and all(before != seen for _, seen, _ in shown):
                    shown.append((start + row, before, fixes[before][1]))
        return written.replace_strict(list(after), list(after.values()), default=written, return_dtype=pl.String)

    def fix(self, text: str) -> tuple[str, str] | None:
        """Give (kind, repaired text), or ``None`` when nothing is to be done or nothing is sure."""
        if text not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[text] = self._fix(text)
        return self._known[text]

    def _fix(self, text: str) -> tuple[str, str] | None:
        bare = text.strip(_BLANKS)
        if not bare:
            return None if self.schema_field.required else ("spaces", "")
        valid = not self.check.judge(bare)
        for rule in self.rules:
            if valid and not rule.valid_too:
                continue
            new = rule.fix(bare)
            if new is not None and new != bare and not self.check.judge(new):
                return rule.kind, new
        return ("spaces", bare) if valid and bare != text else None

    def _leave(self, doubtful: pl.Series, fixes: dict[str, tuple[str, str]]) -> None:
        """Note the first text that is left though it looks like something."""
        for text in doubtful.filter(~doubtful.is_in(list(fixes))).head(200).to_list():
            if not self.check.judge(text):
                continue
            name = f"Colonne «\u00a0{self.schema_field.name}\u00a0»\u00a0: «\u00a0{text[:40]}\u00a0»"
            if codes.SCIENTIFIC.fullmatch(text.strip(_BLANKS)):
                said = (
                    "un tableur a remplacé des chiffres par une puissance de dix, et ils sont perdus. Reprenez les "
                    "numéros dans le fichier d’origine, la colonne mise au format Texte avant de les coller"
                )
                self.left = Notice("scientific", f"{name} n’est pas corrigé\u00a0: {said}.", column=self.name)
                return
            if self.schema_field.type in {"date", "datetime"}:
                if self.clues.doubt and (day := texts.day_first(text.strip(_BLANKS))):
                    said = f"{name} n’est pas corrigé\u00a0: {self.clues.doubt}. {_order_advice(text, day)}"
                    self.left = Notice("date-order", said, column=self.name)
                    return
                continue
            if self.clues.doubt and any(char.isdigit() for char in text):
                advice = "Récrivez ces valeurs, ou dites dans les options de lecture quelle est la marque décimale"
                self.left = Notice(
                    "doubt", f"{name} n’est pas corrigé\u00a0: {self.clues.doubt}. {advice}.", column=self.name
                )
                return

    def changes(self) -> list[Change]:
        """Give what was counted."""
        name = self.schema_field.name
        return [
            Change(kind, name, count, message(kind, name, count), tuple(self.examples[kind]))
            for kind, count in sorted(self.counts.items())
        ]


def _order_advice(text: str, day: dt.date) -> str:
    """Say how to lift the doubt about a date that may be ``day``."""
    words = day_words(day)
    return (
        f"Si «\u00a0{text.strip(_BLANKS)}\u00a0» est le {words}, choisissez l’ordre des dates "
        "«\u00a0jour, mois, année\u00a0» dans les options de lecture et relisez le fichier\u00a0: ces dates pourront "
        f"alors être corrigées toutes ensemble. Sinon, récrivez-les\u00a0: écrivez «\u00a0{day.isoformat()}\u00a0» "
        f"pour le {words}."
    )


def _run(table: Table, schema: TableSchema, options: ReadOptions | None, out: IO[bytes] | None) -> Repair:
    names = {} if table.header_row is None and table.format not in {"json", "jsonl"} else _named(table, schema)
    fields = {column: schema.field(name) for column, name in names.items()}
    clues = clue.find(table, fields, options) if fields else {}
    columns = [
        _Column(
            name,
            wanted,
            ColumnCheck(wanted, name, schema.missing_values, at),
            [*codes.rules_for(wanted, schema, clues[name]), *texts.rules_for(wanted, clues[name])],
            clues[name],
        )
        for at, (name, wanted) in enumerate(fields.items())
    ]
    headers, changes = _headers(table, names)
    if out is not None and table.header_row is not None:
        out.write(lines(pl.DataFrame([[header or None for header in headers]], orient="row"), ","))
    row = 1
    for batch in table.batches():
        suspects = batch.select(column.suspects() for column in columns)
        fixed = batch.with_columns(column.apply(batch, suspects[column.name], row) for column in columns)
        if out is not None:
            out.write(lines(fixed, ","))
        row += batch.height
    changes += [change for column in columns for change in column.changes()]
    return Repair(tuple(changes), row - 1, tuple(c.left for c in columns if c.left is not None))


def _named(table: Table, schema: TableSchema) -> dict[str, str]:
    return align([column.name for column in table.columns], schema)


def _headers(table: Table, names: dict[str, str]) -> tuple[list[str], list[Change]]:
    """Give the headers to write; those the schema does not know stay as they are, empty ones too."""
    headers, changes = [], []
    for column in table.columns:
        before = column.header or ""
        after = names.get(column.name, before)
        headers.append(after)
        if after != before:
            said = f"En-tête «\u00a0{before}\u00a0» renommé «\u00a0{after}\u00a0»."
            changes.append(Change("header", after, 1, said, ((0, before, after),)))
    return headers, changes
