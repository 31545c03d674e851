"""What every detector states, and how it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import field, frozen

from ckanext.ca3b.rgpd.words import says

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NINE_DIGITS = r"[0-9](?:[ .\-/()\x{a0}\x{202f}]{0,3}[0-9ABab]){8}"


@frozen
class Detector:
    """One category of personal data.

    ``candidate`` is a cheap test of every cell; ``pattern`` cuts what is to be judged out of the cells that pass it;
    ``classify`` says of each piece its kind, or null when it is nothing. All run in linear time. A category without
    them is told by its headers and by what stands beside. ``examples`` are (header, value, kind) that must be found,
    ``counter_examples`` (header, value) that must not.
    """

    category: str
    label: str
    ground: str
    headers: tuple[str, ...]
    examples: tuple[tuple[str, str, str], ...]
    counter_examples: tuple[tuple[str, str], ...]
    not_headers: tuple[str, ...] = ()
    candidate: Callable[[pl.Expr], pl.Expr] | None = None
    pattern: str = ""
    classify: Callable[[pl.Series], pl.Series] | None = None
    min_length: int = 1
    digits: bool = False
    """Candidates hold at least nine digits, marks aside: most cells are put aside by that alone."""
    settled: tuple[str, ...] = ()
    """Kinds which, found in very many rows of a column, make it useless to judge the others one by one."""
    value_test: Mapping[str, str] = field(factory=dict)

    def named(self, header: str) -> bool:
        """Tell whether ``header`` announces the category."""
        return says(header, self.headers) and not says(header, self.not_headers)

    def find(self, values: pl.Series) -> pl.DataFrame:
        """Give ``row`` (from 0), ``kind`` and ``whole`` (the cell is nothing else) of each piece found."""
        if self.candidate is None or self.classify is None:
            return pl.DataFrame(schema={"row": pl.UInt32, "kind": pl.String, "whole": pl.Boolean})
        frame = pl.DataFrame({"value": values}).with_row_index("row")
        return self.judge(frame.filter(self.candidate(pl.col("value")).fill_null(value=False)))

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Judge candidates: ``row`` and ``value`` in; ``row``, ``kind`` and ``whole`` out."""
        assert self.classify is not None  # noqa: S101 - asked of detectors which have one
        piece = pl.col("value").str.extract_all(self.pattern) if self.pattern else pl.concat_list("value")
        frame = frame.with_columns(
            piece.alias("piece"), pl.col("value").str.strip_chars(" \u00a0.;,()").str.len_bytes().alias("size")
        )
        frame = frame.explode("piece", empty_as_null=True).filter(pl.col("piece").is_not_null())
        kinds = self.classify(frame["piece"])
        whole = pl.col("piece").str.strip_chars(" \u00a0.;,()").str.len_bytes() + 2 >= pl.col("size")
        return frame.select("row", kinds.alias("kind"), whole.alias("whole")).drop_nulls()


def by_value(judge: Callable[[str], str | None]) -> Callable[[pl.Series], pl.Series]:
    """Give a ``classify`` that asks ``judge`` once per distinct value."""

    def classify(values: pl.Series) -> pl.Series:
        distinct = values.unique()
        kinds = pl.Series([judge(value) for value in distinct.to_list()], dtype=pl.String)
        known = pl.DataFrame({"value": distinct, "kind": kinds})
        return pl.DataFrame({"value": values}).join(known, on="value", how="left", maintain_order="left")["kind"]

    return classify


def by_distinct(build: Callable[[pl.Expr], pl.Expr]) -> Callable[[pl.Series], pl.Series]:
    """Give a ``classify`` from an expression that costs more than telling equal values apart."""

    def classify(values: pl.Series) -> pl.Series:
        known = values.unique().to_frame("value").with_columns(build(pl.col("value")).cast(pl.String).alias("kind"))
        return pl.DataFrame({"value": values}).join(known, on="value", how="left", maintain_order="left")["kind"]

    return classify


def by_expression(build: Callable[[pl.Expr], pl.Expr]) -> Callable[[pl.Series], pl.Series]:
    """Give a ``classify`` from an expression."""
    return lambda values: pl.DataFrame({"value": values}).with_columns(
        build(pl.col("value")).cast(pl.String).alias("kind")
    )["kind"]
