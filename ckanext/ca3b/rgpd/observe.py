"""Every cell of a table, once: what each detector finds, and a sample of each column to tell what it is about."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field

from .combine import Traits
from .detectors import DETECTORS
from .language import MOST
from .model import LOCATED
from .names import body_like, mention_first_name, person_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .detectors import Detector
    from .sources import Part

SAMPLE = 1000
_SENTENCE = r"^.{0,4}\p{L}.*\s\S+\s\S"
_SMALL_NUMBER = r"^\s*0*[1-9][0-9]?(?:[.,]0+)?\s*$"
_PER_BATCH = 300
# Share of filled cells above which the rows of a batch are those of the sample.
_DENSE = 0.9
# Once this many rows of a column are judged, the cheap test alone counts the others.
_ENOUGH = 20_000


@define(slots=False)
class ColumnEvidence:
    """What was seen in one column. ``hits`` and ``whole`` count rows by (category, kind), ``whole`` those whose cell
    is nothing else; ``located`` are the first rows, from 1; ``sample`` is made of distinct values.
    """

    name: str
    headed: bool
    filled: int = 0
    hits: Counter[tuple[str, str]] = field(factory=Counter)
    whole: Counter[tuple[str, str]] = field(factory=Counter)
    located: dict[tuple[str, str], list[int]] = field(factory=dict)
    lone: Counter[tuple[str, str]] = field(factory=Counter)
    """Hits in rows without the number of a body."""
    sample: dict[str, None] = field(factory=dict)
    longest: int = 0
    prose: dict[str, int] = field(factory=dict)
    """Sentences of a column of free text, each with its first row, within the bound of the language model."""
    unread: int = 0
    """Cells beyond the bound."""
    first: list[int] = field(factory=list)
    """The first filled rows, from 1."""
    greatest: float = 0.0
    """Of a column of shares, the greatest number."""

    @property
    def header(self) -> str:
        """The header as the file has it, nothing when it has none."""
        return self.name if self.headed else ""

    def count(self, category: str, kinds: Iterable[str] | None = None, *, whole: bool | None = None) -> int:
        """Count the rows where ``category`` was found, whole cells only or parts of cells only if asked."""
        wanted = set(kinds) if kinds is not None else None
        total = 0
        for (name, kind), number in self.hits.items():
            if name == category and (wanted is None or kind in wanted):
                entire = self.whole[name, kind]
                total += number if whole is None else entire if whole else number - entire
        return total

    def rows(self, category: str, kinds: Iterable[str] | None = None) -> tuple[int, ...]:
        """Give the first rows where ``category`` was found."""
        wanted = set(kinds) if kinds is not None else None
        found = {
            row
            for (name, kind), rows in self.located.items()
            if name == category and (wanted is None or kind in wanted)
            for row in rows
        }
        return tuple(sorted(found)[:LOCATED])

    @cached_property
    def people(self) -> Counter[str]:
        """Kinds of people among the sample."""
        return Counter(kind for value in list(self.sample)[:400] if (kind := person_like(value)))

    @cached_property
    def bodies(self) -> float:
        """Share of the sample which is bodies or places by a word."""
        some = list(self.sample)[:400]
        return sum(map(body_like, some)) / len(some) if some else 0.0

    @property
    def distinct_people(self) -> int:
        """How many different people the sample names in full."""
        return self.people["full"] + self.people["titled"] + self.people["official"] + self.people["initial"]

    def people_share(self, *kinds: str) -> float:
        """Give the share of the sample which is people of these kinds."""
        size = min(len(self.sample), 400)
        return sum(self.people[kind] for kind in kinds) / size if size else 0.0

    def share(self, pattern: str) -> float:
        """Give the share of the sample which holds ``pattern``."""
        if not self.sample:
            return 0.0
        values = pl.Series(list(self.sample), dtype=pl.String).str.strip_chars()
        return int(values.str.contains(pattern).sum()) / values.len()

    def value_share(self, detector: Detector) -> float:
        """Give the share of the sample that is written as ``detector`` expects."""
        return max((self.share(pattern) for pattern in detector.value_test.values()), default=0.0)


@define(slots=False)
class TableEvidence:
    """What was seen in one table."""

    columns: list[ColumnEvidence]
    rows: int = 0
    head: pl.DataFrame | None = None
    traits: Traits = field(factory=lambda: Traits(()))


def observe(
    part: Part,
    numbers: Iterable[str] = (),
    traits: Iterable[str] = (),
    counts: Iterable[str] = (),
    shares: Mapping[str, float] | None = None,
) -> TableEvidence:
    """Examine every row of ``part``.

    ``numbers`` are the columns with the number of a body (SIRET, RNA…), ``traits`` those which may tell people apart
    together, ``counts`` those whose small numbers are counted, ``shares`` those of shares, with the percentage above
    which their rows are counted.
    """
    seen = TableEvidence([ColumnEvidence(name, part.headed) for name in part.names])
    kept = [name for name in part.names if name in set(traits)]
    seen.traits = Traits(tuple(kept) if len(kept) > 1 else ())
    counted = set(counts)
    bodies = [name for name in numbers if name in part.names]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for batch in part.batches():
            _batch(batch, seen, bodies, pool)
            seen.traits.add(batch)
            for column in seen.columns:
                if not column.headed or DETECTORS["free_text"].named(column.name):
                    _prose(batch[column.name], column, seen.rows)
                if column.name in counted:
                    _small(batch[column.name], column, seen.rows)
                if shares and column.name in shares:
                    _above(batch[column.name], column, seen.rows, shares[column.name])
            if seen.head is None:
                seen.head = batch.head(2000)
            seen.rows += batch.height
    return seen


def _batch(batch: pl.DataFrame, seen: TableEvidence, bodies: list[str], pool: ThreadPoolExecutor) -> None:
    if not batch.height:
        return
    names = batch.columns
    about = batch.select(
        *(pl.col(name).str.len_bytes().max().alias(f"{place} longest") for place, name in enumerate(names)),
        *(pl.col(name).count().alias(f"{place} filled") for place, name in enumerate(names)),
    ).row(0, named=True)
    for place, column in enumerate(seen.columns):
        column.filled += about[f"{place} filled"]
        column.longest = max(column.longest, about[f"{place} longest"] or 0)
        if len(column.first) < LOCATED and about[f"{place} filled"]:
            rows = batch[names[place]].is_not_null().arg_true().head(LOCATED - len(column.first))
            column.first += [seen.rows + row + 1 for row in rows.to_list()]
    _sample(batch, seen, [about[f"{place} filled"] for place in range(len(names))])
    found = _present(batch, seen.columns, [about[f"{place} longest"] or 0 for place in range(len(names))])
    if not found:
        return
    masks = batch.select(
        detector.test(pl.col(names[place])).alias(f"{place} {detector.category}") for place, detector in found
    )
    bare = batch.select(pl.all_horizontal(pl.col(name).is_null() for name in bodies)).to_series() if bodies else None

    def judge(place: int) -> None:
        for at, detector in found:
            if at == place:
                mask = masks[f"{place} {detector.category}"]
                _found(batch[names[place]], mask, detector, seen.columns[place], seen.rows, bare)

    # Each column has its own evidence: the order in which they are judged changes nothing.
    list(pool.map(judge, sorted({place for place, _ in found})))


def _prose(values: pl.Series, column: ColumnEvidence, offset: int) -> None:
    """Keep the different sentences for the language model, as many as it reads, of those with a first name."""
    frame = pl.DataFrame({"text": values}).with_row_index("row").filter(pl.col("text").str.contains(_SENTENCE))
    frame = frame.unique("text", keep="first", maintain_order=True)
    frame = frame.filter(mention_first_name(frame["text"]))
    room = MOST - sum(map(len, column.prose))
    for done, (row, text) in enumerate(frame.iter_rows()):
        if text in column.prose:
            continue
        room -= len(text)
        if room < 0 or column.unread:
            column.unread += frame.height - done
            break
        column.prose[text] = offset + row + 1


def _small(values: pl.Series, column: ColumnEvidence, offset: int) -> None:
    """Count and locate the small numbers of a column of counts, by value."""
    frame = pl.DataFrame({"value": values}).with_row_index("row")
    frame = frame.filter(pl.col("value").str.contains(_SMALL_NUMBER))
    if not frame.height:
        return
    numbers = frame.with_columns(pl.col("value").str.extract("([0-9]+)").cast(pl.Int64).alias("number"))
    for (number,), rows in numbers.group_by("number", maintain_order=True):
        _count(column, ("small_cells", str(number)), rows["row"], offset, rows.height)


def _above(values: pl.Series, column: ColumnEvidence, offset: int, percent: float) -> None:
    """Count and locate the shares above ``percent``, as percentages and as numbers from 0 to 1: their greatest tells
    which of the two they are.
    """
    text = values.str.strip_chars(" \u00a0\u202f%").str.replace(",", ".", literal=True)
    numbers = text.cast(pl.Float64, strict=False).fill_nan(None)
    column.greatest = max(column.greatest, float(numbers.max() or 0))  # pyright: ignore[reportArgumentType] # a number
    for kind, above in (("percent", numbers > percent), ("ratio", (numbers > percent / 100) & (numbers <= 1))):
        rows = above.arg_true()
        if rows.len():
            _count(column, ("dominance", kind), rows, offset, rows.len())


def _count(column: ColumnEvidence, key: tuple[str, str], rows: pl.Series, offset: int, whole: int) -> None:
    column.hits[key] += rows.len()
    column.whole[key] += whole
    place = column.located.setdefault(key, [])
    place += [offset + row + 1 for row in rows.head(max(0, LOCATED - len(place))).to_list()]


def _present(batch: pl.DataFrame, columns: list[ColumnEvidence], longest: list[int]) -> list[tuple[int, Detector]]:
    """Give the (column, detector) of which some cell is worth judging: columns are read as one text each.

    A first expression tells the columns where something is, a second whether numbers are; a regular expression on a
    long text costs one step a byte, on each cell its start too.
    """
    places = [place for place in range(len(columns)) if longest[place] >= _SHORTEST]
    if not places:
        return []
    texts = batch.select(pl.col(batch.columns[place]).str.join("\n").alias(str(place)) for place in places)
    some = texts.select(pl.col(name).str.contains(_ANYTHING) for name in texts.columns).row(0, named=True)
    codes = texts.select(pl.col(name).str.contains(_CODES) for name in texts.columns if some[name])
    coded = codes.row(0, named=True) if codes.width else {}
    asked = [
        (place, detector)
        for place in places
        for detector in _SEARCHED
        if longest[place] >= detector.min_length
        and (
            _told(columns[place], longest[place])
            if detector.words
            else some[str(place)] and (coded[str(place)] or not detector.code)
        )
    ]
    told = texts.select(
        detector.test(pl.col(str(place))).alias(f"{place} {detector.category}") for place, detector in asked
    )
    known = told.row(0, named=True) if asked else {}
    return [(place, detector) for place, detector in asked if known[f"{place} {detector.category}"]]


def _told(column: ColumnEvidence, longest: int) -> bool:
    """Tell whether the words of sensitive matters are sought: where somebody wrote."""
    return longest >= 40 or not column.headed or DETECTORS["free_text"].named(column.name)


_SEARCHED = [detector for detector in DETECTORS.values() if detector.searched]
_SHORTEST = min(detector.min_length for detector in _SEARCHED)
_CODES = "(?m)" + "|".join(f"(?:{detector.candidate})" for detector in _SEARCHED if detector.code)
_ANYTHING = "(?m)" + "|".join(f"(?:{detector.candidate})" for detector in _SEARCHED if detector.candidate)


def _sample(batch: pl.DataFrame, seen: TableEvidence, filled: list[int]) -> None:
    """Take the first values of the batch and some of the whole of it, for the columns which want more."""
    wanting = [place for place, column in enumerate(seen.columns) if len(column.sample) < SAMPLE and filled[place]]
    if not wanting:
        return
    step = max(1, batch.height // _PER_BATCH)
    names = batch.columns
    some = batch.select(names[place] for place in wanting)
    some = pl.concat([some.head(_PER_BATCH), some.gather_every(step).head(_PER_BATCH)])
    for place in wanting:
        values = some[names[place]]
        if filled[place] < _DENSE * batch.height:
            # Of a column with few values, what it holds.
            held = batch[names[place]].drop_nulls()
            every = held.gather_every(max(1, held.len() // _PER_BATCH))
            values = pl.concat([held.head(_PER_BATCH), every.head(_PER_BATCH)])
        sample = seen.columns[place].sample
        for value in values.to_list():
            if len(sample) >= SAMPLE:
                break
            if value is not None and value not in sample and value.strip():
                sample[value] = None


def _found(  # noqa: PLR0913, PLR0917 - what it needs, each of its own kind
    values: pl.Series, mask: pl.Series, detector: Detector, column: ColumnEvidence, offset: int, bare: pl.Series | None
) -> None:
    frame = pl.DataFrame({"value": values}).with_row_index("row").filter(mask)
    settled = [kind for kind in column.hits if kind[0] == detector.category and kind[1] in detector.settled]
    known = max(settled, key=column.hits.__getitem__, default=None)
    if known is not None and column.hits[known] > _ENOUGH:
        column.hits[known] += frame.height
        column.whole[known] += frame.height if column.whole[known] * 2 > column.hits[known] else 0
        return
    found = detector.judge(frame).unique(["row", "kind"], maintain_order=True, keep="first")
    if not found.height:
        return
    for (kind,), rows in found.group_by("kind", maintain_order=True):
        key = (detector.category, str(kind))
        _count(column, key, rows["row"], offset, int(rows["whole"].sum()))
        if bare is not None:
            column.lone[key] += int(bare.gather(rows["row"]).sum())
