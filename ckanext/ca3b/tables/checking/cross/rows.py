"""Checks across the cells of a row: filled together, one of two, compared, added."""

from __future__ import annotations

import operator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import frozen

from ckanext.ca3b.tables.checking.faults import Fault, Kind
from ckanext.ca3b.tables.checking.messages import quoted
from ckanext.ca3b.tables.schemas import SchemaError
from ckanext.ca3b.tables.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .base import Setting, View

_OPERATORS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    ">": (operator.gt, "supérieur à"),
    ">=": (operator.ge, "supérieur ou égal à"),
    "==": (operator.eq, "égal à"),
    "<=": (operator.le, "inférieur ou égal à"),
    "<": (operator.lt, "inférieur à"),
}
_DATES = {">": "après le", ">=": "le même jour ou après le", "==": "le", "<=": "au plus tard le", "<": "avant le"}
_NUMBERS = {"integer", "number", "year"}
_EXACT_LENGTH = 15


@frozen
class RowCheck:
    """Finds wrong rows by ``find``, which gives rows and, if any, a detail of each."""

    kind: Kind
    find: Callable[[View], tuple[pl.Series, Callable[[int], Any] | None]]
    of_header: str | None = None

    def faults(self, view: View) -> Iterator[Fault]:
        """Find the rows that are wrong."""
        if self.of_header is None:
            rows, detail = self.find(view)
            if rows.len():
                yield Fault(self.kind, rows, detail)


def cohesive(setting: Setting) -> RowCheck | None:
    """``cohesive-columns-value``: all filled or all empty; the error is on the first column."""
    column = setting.column("column")
    names = [column, *setting.columns("othercolumns")]
    if not set(names) & setting.present.keys():
        return None

    def tell(_: str | None, lacking: tuple[list[str], list[str]]) -> str:
        said = [
            f"{_and(some)} {one if len(some) == 1 else many}"
            for some, one, many in zip(
                lacking, ("est vide", "ne se lit pas"), ("sont vides", "ne se lisent pas"), strict=True
            )
            if some
        ]
        return f"Les colonnes {_and(names)} se remplissent ensemble\u00a0: {', '.join(said)}."

    def find(view: View) -> tuple[pl.Series, Callable[[int], Any]]:
        frame = view.frame(*names)
        rows = frame.select(
            ~pl.all_horizontal(pl.all().is_null()) & ~pl.all_horizontal(pl.all().is_not_null())
        ).to_series()

        def lacking(row: int) -> tuple[list[str], list[str]]:
            """Give the columns that are empty, and those that hold what is not of their type."""
            absent = [name for name in names if frame[name][row] is None]
            unread = [name for name in absent if name in view.unreadable and row in view.unreadable[name]]
            return [name for name in absent if name not in unread], unread

        return rows.arg_true(), lacking

    expected = f"{_and(names)}\u00a0: toutes remplies, ou toutes vides."
    return RowCheck(setting.kind(column if column in setting.present else None, tell, expected), find)


def _and(names: list[str]) -> str:
    return listed(names, len(names)).replace(" ou ", " et ")


def one_of(setting: Setting) -> RowCheck | None:
    """``one-of-required``: at least one of two cells; the error is on the row."""
    names = [setting.column("column1"), setting.column("column2")]
    said = listed(names)

    def find(view: View) -> tuple[pl.Series, None]:
        empty = view.frame(*names).select(pl.all_horizontal(pl.all().is_null())).to_series()
        return empty.arg_true(), None

    absent = not set(names) & setting.present.keys()
    return RowCheck(
        setting.kind(None, lambda *_: f"Remplissez au moins une des colonnes {said}.", f"Une valeur dans {said}."),
        find,
        f"Il faut au moins une des colonnes {said}\u00a0: ajoutez-en une." if absent else None,
    )


def comparison(setting: Setting) -> RowCheck | None:
    """``compare-columns-value``: the first cell against the second one, when both are filled.

    Numbers compare as numbers, days as days, texts as texts; cells that do not compare are wrong.
    """
    left, right, sign = setting.column("column"), setting.column("column2"), setting.params.get("op")
    if sign not in _OPERATORS:
        raise SchemaError(
            f"Schéma « {setting.schema.name} » : l’opérateur « {sign} » de « {setting.name} » est inconnu."
        )
    if left not in setting.present or right not in setting.present:
        return None
    compare, words = _OPERATORS[sign]
    types = {setting.schema.field(name).type for name in (left, right)}
    words = _DATES[sign] if types <= {"date", "datetime"} else words

    def tell(_: str | None, values: tuple[str, str]) -> str:
        return f"{quoted(values[0])} doit être {words} {quoted(values[1])}, la valeur de la colonne {quoted(right)}."

    def find(view: View) -> tuple[pl.Series, Callable[[int], Any]]:
        pairs = view.frame(left, right).with_row_index("row").drop_nulls()
        if types <= _NUMBERS:
            sure = pl.all_horizontal(
                (pl.col(name).str.len_bytes() <= _EXACT_LENGTH) & _number(name).is_finite() for name in (left, right)
            )
            pairs = pairs.filter(~(sure & compare(_number(left), _number(right))).fill_null(value=False))
        first, second = view.columns[left], view.columns[right]
        distinct = pairs.select(left, right).unique()
        bad = [pair for pair in distinct.rows() if not _compared(first.typed(pair[0]), second.typed(pair[1]), compare)]
        wrong = pl.DataFrame(bad, schema={left: pl.String, right: pl.String}, orient="row")
        rows = pairs.join(wrong, on=[left, right], how="semi").sort("row")["row"]
        return rows, lambda row: (view.texts(left)[row], view.texts(right)[row])

    expected = f"Une valeur de {quoted(left)} {_OPERATORS[sign][1]} celle de {quoted(right)}."
    return RowCheck(setting.kind(left, tell, expected), find)


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64, strict=False)


def _compared(first: Any, second: Any, compare: Callable[[Any, Any], bool]) -> bool:
    numbers = _as_number(first), _as_number(second)
    try:
        if None not in numbers:
            return compare(numbers[0], numbers[1])
        if type(first) is type(second):
            return compare(first, second)
    except (TypeError, ArithmeticError):
        return False
    return False


def _as_number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def total(setting: Setting) -> RowCheck | None:
    """``sum-columns-value``: a cell is the sum of others, whole numbers all, when all are filled."""
    column, parts = setting.column("column"), setting.columns("columns")
    names = [column, *parts]
    if not set(names) <= setting.present.keys():
        return None

    def tell(_: str | None, values: list[str]) -> str:
        found = _added(values[1:])
        return (
            f"{quoted(values[0])} n’est pas la somme de {' + '.join(parts)} ({' + '.join(values[1:])}"
            f"{f' = {found}' if found is not None else ''})."
        )

    def find(view: View) -> tuple[pl.Series, Callable[[int], Any]]:
        frame = view.frame(*names)
        filled = frame.with_row_index("row").drop_nulls()
        whole = [pl.col(name).cast(pl.Int64, strict=False) for name in names]
        doubtful = filled.filter(
            ~(pl.sum_horizontal(*whole[1:], ignore_nulls=False) == whole[0]).fill_null(value=False)
        )
        wrong = [
            row
            for row, *texts in doubtful.rows()
            if _added(texts[:1]) is None or _added(texts[:1]) != _added(texts[1:])
        ]
        return pl.Series(wrong, dtype=pl.UInt32), lambda row: list(frame.row(row))

    expected = f"La somme de {' + '.join(parts)}."
    return RowCheck(setting.kind(column, tell, expected), find)


def _added(texts: list[str]) -> int | None:
    try:
        return sum(int(Decimal(text.strip())) for text in texts)
    except (ArithmeticError, ValueError):
        return None
