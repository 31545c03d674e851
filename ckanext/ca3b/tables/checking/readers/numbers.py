"""Integers, numbers and booleans."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

import polars as pl

from ckanext.ca3b.tables.wording import boolean_words

from .base import BOUNDS, Reader, attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.tables.schemas import Field

_EXACT_DIGITS = 15  # what a double holds whatever the digits
_AROUND = re.compile(r"((^[^-\d]*)|(\D*$))")
_unlike = count()


def integer_reader(field: Field) -> Reader:
    """Whole numbers: what ``int`` reads, blanks around included; with ``bareNumber: false``, units around too."""
    bare = field.bare_number

    def read(text: str) -> int:
        stripped = text.strip()
        return int(stripped if bare else _AROUND.sub("", stripped))

    # frictionless reads "+5" and "-0"; so does the cast, which refuses whatever is longer than 64 bits.
    return Reader(
        parse=attempt(read),
        constraints=("required", *BOUNDS, "enum"),
        sure=(lambda text: text.cast(pl.Int64, strict=False).is_not_null()) if bare else None,
        measure=lambda text: text.cast(pl.Int64, strict=False),
        literal=lambda value: value if isinstance(value, int) and abs(value) < 1 << 63 else None,
        sure_key=lambda text: text.cast(pl.Int64, strict=False).cast(pl.String),
    )


def number_reader(field: Field) -> Reader:
    """Decimal numbers: what ``Decimal`` reads once the marks of the field are those of Python."""
    marks = field.decimal_char is not None or field.group_char is not None or not field.bare_number
    return Reader(
        parse=attempt(_with_marks(field) if marks else lambda text: Decimal(text.strip())),
        constraints=("required", *BOUNDS, "enum"),
        key=number_key,
        sure=None if marks else lambda text: text.cast(pl.Float64, strict=False).is_not_null(),
        measure=lambda text: text.cast(pl.Float64, strict=False),
        exact=lambda text: (text.str.len_bytes() <= _EXACT_DIGITS) & text.cast(pl.Float64, strict=False).is_finite(),
        literal=_exact_float,
    )


def _with_marks(field: Field) -> Callable[[str], Decimal | None]:
    decimal, group = field.decimal_char or ".", field.group_char or ""

    def read(text: str) -> Decimal | None:
        value = text.strip()
        if not field.bare_number:
            value = _AROUND.sub("", value)
        value = value.replace(group, "") if group else value
        if decimal != "." and "." in value:
            return None
        return Decimal(value.replace(decimal, "."))

    return read


def _exact_float(value: Any) -> float | None:
    if not value.is_finite() or len(value.as_tuple().digits) > _EXACT_DIGITS or abs(value.adjusted()) > 200:
        return None
    return float(value)


def number_key(value: Decimal) -> str:
    """Give a text that two decimals share when they are equal."""
    if value.is_nan():
        return f"nan{next(_unlike)}"  # equal to nothing, itself included
    if not value.is_finite():
        return str(value)
    sign, digits, exponent = value.as_tuple()
    written = "".join(map(str, digits)).lstrip("0")
    kept = written.rstrip("0")
    return f"{'-' * sign}{kept}e{int(exponent) + len(written) - len(kept)}" if kept else "0"


def boolean_reader(field: Field) -> Reader:
    """The words for true and those for false, letter for letter; a word in both lists is false."""
    yes, no = boolean_words(field)
    words = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
    return Reader(
        parse=words.get,
        constraints=("required", "enum"),
        sure=lambda text: text.is_in(list(words)),
    )
