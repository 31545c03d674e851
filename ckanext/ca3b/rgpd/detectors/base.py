"""What every detector states, and how it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import field, frozen

from ckanext.ca3b.rgpd.words import says

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What stands before and after a number. Consumed rather than looked at, so that the engine builds one automaton and
# seeks no literal first: digits are everywhere.
BEFORE = r"(?:^|[^0-9A-Za-z])"
AFTER = r"(?:[^0-9A-Za-z]|$)"
EDGE = r"(?-u:\b)"
# What stands around a cell that is nothing else.
_AROUND = r"[\s.;,()\x{a0}]*"


@frozen
class Detector:
    """One category of personal data.

    ``candidate`` is a regular expression of the cells worth judging, tried on whole columns joined by line ends, or
    ``words`` are sought instead; ``pattern`` cuts what is to be judged out of the cells that pass; ``classify`` says of
    each piece its kind, or null when it is nothing. All run in linear time. A category without them is told by its
    headers and by what stands beside. ``examples`` are (header, value, kind) that must be found, ``counter_examples``
    (header, value) that must not.
    """

    category: str
    label: str
    ground: str
    headers: tuple[str, ...]
    examples: tuple[tuple[str, str, str], ...]
    counter_examples: tuple[tuple[str, str], ...]
    not_headers: tuple[str, ...] = ()
    candidate: str = ""
    words: tuple[str, ...] = ()
    pattern: str = ""
    classify: Callable[[pl.Series], pl.Series] | None = None
    min_length: int = 1
    code: bool = False
    """Made of digits, and letters among them."""
    settled: tuple[str, ...] = ()
    """Kinds which, found in very many rows of a column, make it useless to judge the others one by one."""
    value_test: Mapping[str, str] = field(factory=dict)

    def named(self, header: str) -> bool:
        """Tell whether ``header`` announces the category."""
        return says(header, self.headers) and not says(header, self.not_headers)

    @property
    def searched(self) -> bool:
        """Tell whether values are searched, and not headers only."""
        return self.classify is not None

    def test(self, value: pl.Expr) -> pl.Expr:
        """Tell which texts are worth judging."""
        if self.words:
            return value.str.contains_any(list(self.words), ascii_case_insensitive=True).fill_null(value=False)
        return value.str.contains(f"(?m){self.candidate}").fill_null(value=False)

    def find(self, values: pl.Series) -> pl.DataFrame:
        """Give ``row`` (from 0), ``kind`` and ``whole`` (the cell is nothing else) of each piece found."""
        if not self.searched:
            return _NOTHING
        frame = pl.DataFrame({"value": values}).with_row_index("row")
        return self.judge(frame.filter(self.test(pl.col("value"))))

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Judge candidates: ``row`` and ``value`` in; ``row``, ``kind`` and ``whole`` out."""
        assert self.classify is not None  # noqa: S101 - asked of detectors which have one
        if not self.pattern:
            return _kinds(frame.rename({"value": "piece"}), self.classify, whole=pl.lit(value=True))
        # Where most cells are one piece and nothing else, no list is made of them.
        only = f"^{_AROUND}(?:{self.pattern}){_AROUND}$"
        if frame["value"].head(_FIRST).str.contains(only).sum() * 2 <= min(_FIRST, frame.height):
            return self._cut(frame)
        entire = frame["value"].str.contains(only)
        alone = frame.filter(entire).select("row", pl.col("value").str.strip_chars(_MARKS).alias("piece"))
        found = _kinds(alone, self.classify, whole=pl.lit(value=True))
        others = frame.filter(~entire)
        return pl.concat([found, self._cut(others)]).sort("row", maintain_order=True) if others.height else found

    def _cut(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Judge each piece of cells that hold more than it."""
        assert self.classify is not None  # noqa: S101 - asked of detectors which have one
        others = frame.select(
            "row",
            pl.col("value").str.extract_all(self.pattern).alias("piece"),
            pl.col("value").str.strip_chars(_MARKS).str.len_bytes().alias("size"),
        )
        others = others.explode("piece", empty_as_null=True).filter(pl.col("piece").is_not_null())
        whole = pl.col("piece").str.strip_chars(_MARKS).str.len_bytes() + 2 >= pl.col("size")
        return _kinds(others, self.classify, whole)


_FIRST = 200
_MARKS = " \u00a0.;,()"
_NOTHING = pl.DataFrame(schema={"row": pl.UInt32, "kind": pl.String, "whole": pl.Boolean})


def _kinds(frame: pl.DataFrame, classify: Callable[[pl.Series], pl.Series], whole: pl.Expr) -> pl.DataFrame:
    if not frame.height:
        return _NOTHING
    kinds = classify(frame["piece"])
    return frame.select("row", kinds.alias("kind"), whole.alias("whole")).filter(pl.col("kind").is_not_null())


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
