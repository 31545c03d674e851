"""What a whole column, then the whole file, proves about its dates and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import define, evolve, frozen

from ckanext.ca3b.tables.values import SPACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.tables.model import ReadOptions, Table
    from ckanext.ca3b.tables.schemas import Field

_SP = f"[{SPACES}]"
_PARTS = r"^([0-9]{1,2})([/.-])([0-9]{1,2})[/.-][0-9]{4}(?:[^0-9].*)?$"
_COMMA = rf"^[+-]?[0-9]+(?:{_SP}[0-9]{{3}})*,[0-9]+$"
# One to three digits, a comma, three digits: a thousand in English, a decimal number in French.
_EITHER = r"^[+-]?[1-9][0-9]{0,2},[0-9]{3}$"
_CODE = "^[0-9AB]{5}$"
_SHORT_CODE = "^[1-9][0-9]{3}(?:[.,]0)?$"


@define
class _Counts:
    """Cells of one column, by what they prove."""

    parts: int = 0
    first_over_12: int = 0
    second_over_12: int = 0
    comma: int = 0
    sure_comma: int = 0
    codes: int = 0
    other_codes: int = 0
    zero_codes: int = 0


@frozen
class Clues:
    """``order`` is ``dmy`` or ``mdy`` when proven, ``decimal_comma`` tells whether a comma is a decimal mark.

    ``doubt`` says in French why dates or commas are left, ``whole_codes`` that all other codes have 5 characters,
    ``kept_zeros`` that some of them begin with a zero, ``words`` are the different words of a yes-or-no column.
    """

    order: str | None = None
    decimal_comma: bool = False
    doubt: str | None = None
    whole_codes: bool = False
    kept_zeros: bool = False
    words: frozenset[str] = frozenset()


def find(table: Table, fields: Mapping[str, Field], options: ReadOptions | None) -> dict[str, Clues]:
    """Read the table once and give what is proven of each column of ``fields`` (name in the table -> field)."""
    counts = {name: _Counts() for name in fields}
    words: dict[str, set[str]] = {name: set() for name, field in fields.items() if field.type == "boolean"}
    for batch in table.batches():
        found = batch.select(
            expression.alias(f"{at}:{what}")
            for at, (name, field) in enumerate(fields.items())
            for what, expression in _expressions(name, field.type).items()
        ).row(0, named=True)
        for key, count in found.items():
            at, what = key.split(":")
            tally = counts[list(fields)[int(at)]]
            setattr(tally, what, getattr(tally, what) + count)
        for name, known in words.items():
            if len(known) < 10:
                known |= set(batch[name].drop_nulls().unique().head(10).str.strip_chars().str.to_lowercase().to_list())
    decimal = options.decimal if options else None
    comma = decimal == "," or (decimal is None and any(c.sure_comma for c in counts.values()))
    orders = {_proven(c) for c in counts.values()} - {None}
    declared = options.date_order if options else None
    # Software that writes a decimal comma writes the day first; so does, in one file, a column that proves it.
    by_file = "dmy" if orders == {"dmy"} or (not orders and comma) else None
    return {
        name: evolve(_clues(fields[name], counts[name], declared, by_file, comma), words=frozenset(words.get(name, ())))
        for name in fields
    }


def _expressions(name: str, kind: str) -> dict[str, pl.Expr]:
    text = pl.col(name).str.strip_chars()
    if kind in {"date", "datetime"}:
        parts = text.str.extract_groups(_PARTS)
        first, second = (parts.struct.field(at).cast(pl.Int32, strict=False) for at in ("1", "3"))
        return {
            "parts": first.is_not_null().sum(),
            "first_over_12": (first > 12).sum(),
            "second_over_12": (second > 12).sum(),
        }
    if kind in {"number", "integer"}:
        comma = text.str.contains(_COMMA)
        return {"comma": comma.sum(), "sure_comma": (comma & ~text.str.contains(_EITHER)).sum()}
    if kind == "string":
        codes = text.str.contains(_CODE)
        others = ~codes & ~text.str.contains(_SHORT_CODE) & (text != "")
        zeros = text.str.contains("^0[0-9]{4}$")
        return {"codes": codes.sum(), "other_codes": others.sum(), "zero_codes": zeros.sum()}
    return {}


def _proven(counts: _Counts) -> str | None:
    if counts.first_over_12 and not counts.second_over_12:
        return "dmy"
    return "mdy" if counts.second_over_12 and not counts.first_over_12 else None


def _clues(field: Field, counts: _Counts, declared: str | None, by_file: str | None, comma: bool) -> Clues:
    if field.type in {"date", "datetime"} and counts.parts:
        order, doubt = _order(counts, declared, by_file)
        return Clues(order=order, doubt=doubt)
    if field.type in {"number", "integer"} and counts.comma and not comma:
        doubt = "une virgule suivie de trois chiffres peut séparer des milliers ou des décimales"
        return Clues(doubt=doubt)
    return Clues(
        decimal_comma=comma,
        whole_codes=bool(counts.codes) and not counts.other_codes,
        kept_zeros=bool(counts.zero_codes),
    )


def _order(counts: _Counts, declared: str | None, by_file: str | None) -> tuple[str | None, str | None]:
    """Give (order of the dates of a column, why those that read in two ways are left)."""
    if declared in {"dmy", "mdy"}:
        return declared, None
    if counts.first_over_12 and counts.second_over_12:
        return None, "certaines dates de la colonne commencent par le jour et d’autres par le mois"
    order = _proven(counts) or by_file
    if order is None:
        return None, "aucun jour ne dépasse 12, et rien dans le fichier ne dit si le jour ou le mois vient en premier"
    return order, None
