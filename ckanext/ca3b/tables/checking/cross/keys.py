"""The keys of SIREN and SIRET numbers: the sum of Luhn, by groups of four digits."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

_LA_POSTE = 356_000_000
_HEAD_OFFICE = 35_600_000_000_048
_BETWEEN = re.compile(r"[\s.]")
_GROUP = 10_000


def _table(*, doubled: bool) -> np.ndarray:
    """For each group of four digits, their sum; ``doubled``: every second one counts double, nines out."""
    digits = np.arange(_GROUP)[:, None] // np.array([1, 10, 100, 1000]) % 10
    if doubled:
        digits[:, 1::2] = 2 * digits[:, 1::2] - 9 * (digits[:, 1::2] > 4)
    return digits.sum(axis=1).astype(np.int16)


_LUHN, _SUM = _table(doubled=True), _table(doubled=False)


def is_siren(text: str) -> bool:
    """Nine digits whose sum of Luhn is a multiple of ten; blanks and dots between them are tolerated."""
    return bool(siren_rows(pl.Series([_BETWEEN.sub("", text)]))[0])


def is_siret(text: str) -> bool:
    """A SIREN and five digits, the sum of Luhn of the whole being a multiple of ten.

    Post offices (SIREN 356000000) but the head one have digits that make a multiple of five instead.
    """
    return bool(siret_rows(pl.Series([_BETWEEN.sub("", text)]))[0])


def siren_rows(texts: pl.Series) -> pl.Series:
    """Where nine digits, and nothing else, are a SIREN."""
    told, numbers = _numbers(texts, 9)
    return pl.Series(told & (_added(numbers, 3, _LUHN) % 10 == 0))


def siret_rows(texts: pl.Series) -> pl.Series:
    """Where fourteen digits, and nothing else, are a SIRET."""
    told, numbers = _numbers(texts, 14)
    siren = numbers // 100_000
    office = (siren == _LA_POSTE) & (numbers != _HEAD_OFFICE)
    total = np.where(office, _added(numbers, 4, _SUM) * 2, _added(numbers, 4, _LUHN))
    return pl.Series(told & (total % 10 == 0) & (_added(siren, 3, _LUHN) % 10 == 0))


def _numbers(texts: pl.Series, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Give (where a text is ``count`` digits, these as numbers, 0 elsewhere)."""
    numbers = texts.cast(pl.Int64, strict=False)
    unsigned = ~texts.str.starts_with("+") & ~texts.str.starts_with("-")
    told = (texts.str.len_bytes() == count) & numbers.is_not_null() & unsigned
    return told.fill_null(value=False).to_numpy(), numbers.fill_null(0).to_numpy()


def _added(numbers: np.ndarray, groups: int, table: np.ndarray) -> np.ndarray:
    total = np.zeros(numbers.shape, dtype=np.int64)
    for _ in range(groups):
        numbers, group = np.divmod(numbers, _GROUP)
        total += table[group]
    return total
