"""The words of a row for CKAN's full-text search, made while the rows are copied.

``_full_text`` is born as a generated column, so that PostgreSQL fills it in the pass of COPY, in C, where a trigger or
an UPDATE afterwards would write every row twice; then its expression is dropped and it is the plain column CKAN knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import polars as pl

    from .columns import Stored

# A tsvector holds one megabyte; a longer row is searched by its beginning.
ROW_CHARACTERS = 200_000
# A code is one word that no dictionary changes: what PostgreSQL's parser calls an integer or a « numword ».
_CODE = "^[A-Za-z]{0,8}[0-9]{1,40}$"


def language() -> str:
    """Return the text search configuration of the DataStore, French where the operator chose none."""
    return tk.config.get("ckan.datastore.default_fts_lang") or "french"


def index_method() -> str:
    """Return the kind of index: GIN, exact and fast to search, unless the operator chose another."""
    return tk.config.get("ckan.datastore.default_fts_index_method") or "gin"


def not_codes(frame: pl.DataFrame, names: Collection[str]) -> set[str]:
    """Tell which of the text columns ``names`` hold something else than codes in ``frame``."""
    return {name for name in names if not frame[name].str.contains(_CODE).all(ignore_nulls=True)}


def expression(columns: Sequence[Stored], codes: Collection[str] = (), *, shortened: bool = False) -> str:
    """Give the immutable SQL expression of ``_full_text``.

    Words of texts, codes, whole numbers and years are searched; decimals and yes/no are for filters.

    :param codes: names in the file of the columns whose values are all codes, which need no parsing.
    :param shortened: only take the beginning of a row; costs time, for the files that need it.
    """
    texts = [c for c in columns if c.type == "text" and c.source.name not in codes]
    words = " || ' ' || ".join(f"coalesce({column.quoted}, '')" for column in texts) or "''"
    if shortened:
        words = f"left({words}, {ROW_CHARACTERS})"
    parsed = f"to_tsvector('{language()}'::regconfig, {words})"
    whole = ", ".join(word for column in columns if column not in texts and (word := _word(column)))
    return f"{parsed} || array_to_tsvector(array_remove(ARRAY[{whole}], NULL))" if whole else parsed


def _word(column: Stored) -> str | None:
    if column.type == "text":
        return f"lower({column.quoted})"
    if column.type == "int8":
        return f"{column.quoted}::text"
    if column.type in {"date", "timestamp"}:
        return f"date_part('year', {column.quoted})::int4::text"
    return None
