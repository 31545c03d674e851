"""Cells that a spreadsheet would run as a formula, made plain text.

The rule is that of OWASP (CSV injection): a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage
return gets an apostrophe in front. A sign followed by digits and their marks only runs nothing: amounts (-12,5),
telephone numbers (+33 6 12 34 56 78) and the dash that stands for nothing stay as they are.
"""

from __future__ import annotations

from typing import overload

import polars as pl

# Full-width signs are read as the plain ones by spreadsheets of East Asian locales.
_DANGEROUS = "^[=+\\-@\t\r\n＝＋－＠]"
_HARMLESS = r"^[+-][0-9 \u00a0\u202f().,/-]*(?:[eE][+-]?[0-9]+)?[ \u00a0\u202f]?[%€]?$"


@overload
def neutralised(value: str) -> str: ...
@overload
def neutralised(value: pl.Expr) -> pl.Expr: ...
def neutralised(value: str | pl.Expr) -> str | pl.Expr:
    """Give ``value``, a text or an expression of texts, with an apostrophe where it would run as a formula.

    >>> neutralised("=1+1"), neutralised("-12,5")
    ("'=1+1", '-12,5')
    """
    if isinstance(value, str):
        return pl.select(_neutral(pl.lit(value))).item()
    return _neutral(value)


def _neutral(value: pl.Expr) -> pl.Expr:
    dangerous = value.str.contains(_DANGEROUS) & ~value.str.contains(_HARMLESS)
    return pl.when(dangerous).then(pl.lit("'") + value).otherwise(value)
