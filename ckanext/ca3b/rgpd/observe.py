"""Every cell of a table, once: what each detector finds, and a sample of each column to tell what it is about."""

from __future__ import annotations

import os
from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field

from .combine import Traits
from .detectors import DETECTORS
from .glance import Glance, Wanted, glance_at
from .language import MOST
from .model import LOCATED
from .names import body_like, mention_first_name, person_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .detectors import Detector
    from .sources import Part

SAMPLE = 1000
_SENTENCE = r"^.{0,4}\p{L}.*\s\S+\s\S"
_PER_BATCH = 300
# Share of filled cells above which the rows of a batch are those of the sample.
_DENSE = 0.9
# Once this many rows of a column are judged, the cheap test alone counts the others.
_ENOUGH = 20_000
# Batches looked at while another is judged: each takes memory.
_AHEAD = 2


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
    wanted = Wanted(
        [name for name in numbers if name in part.names],
        seen.traits.columns,
        [place for place, name in enumerate(part.names) if name in set(counts)],
        {place: shares[name] for place, name in enumerate(part.names) if shares and name in shares},
    )
    with ThreadPoolExecutor(_AHEAD) as ahead, ThreadPoolExecutor(os.cpu_count()) as pool:
        # What asks nothing of the batches before is done ahead; evidence is gathered in the order of the file.
        pending: deque[Future[Glance]] = deque()
        for batch in part.batches():
            pending.append(ahead.submit(glance_at, batch, seen.columns, wanted))
            if len(pending) > _AHEAD:
                _gather(pending.popleft().result(), seen, pool)
        while pending:
            _gather(pending.popleft().result(), seen, pool)
    return seen


def _gather(glance: Glance, seen: TableEvidence, pool: ThreadPoolExecutor) -> None:
    """Add to what was seen what a batch holds."""
    batch = glance.batch
    for column, filled, longest in zip(seen.columns, glance.filled, glance.longest, strict=True):
        column.filled += filled
        column.longest = max(column.longest, longest)
        if len(column.first) < LOCATED and filled:
            rows = batch[column.name].is_not_null().arg_true().head(LOCATED - len(column.first))
            column.first += [seen.rows + row + 1 for row in rows.to_list()]
    _sample(batch, seen, glance.filled)

    def judge(place: int) -> None:
        for detector, candidates in glance.candidates[place]:
            _found(candidates, detector, seen.columns[place], seen.rows, glance.bare)

    # Each column has its own evidence: the order in which they are judged changes nothing.
    list(pool.map(judge, glance.candidates))
    _gather_others(glance, seen)
    for column in seen.columns:
        if batch.height and (not column.headed or DETECTORS["free_text"].named(column.name)):
            _prose(batch[column.name], column, seen.rows)
    if seen.head is None:
        seen.head = batch.head(2000)
    seen.rows += batch.height


def _gather_others(glance: Glance, seen: TableEvidence) -> None:
    """Add the traits, and the numbers of statistics."""
    if glance.traits is not None:
        seen.traits.add(glance.traits)
    for place, small in glance.small.items():
        for number, rows, count in small.iter_rows():
            _count(seen.columns[place], ("small_cells", str(number)), rows, seen.rows, count, count)
    for place, great in glance.great.items():
        seen.columns[place].greatest = max(seen.columns[place].greatest, great.greatest)
        for kind, rows, count in great.above:
            _count(seen.columns[place], ("dominance", kind), rows, seen.rows, count, count)


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


def _count(  # noqa: PLR0913, PLR0917 - what it needs, each of its own kind
    column: ColumnEvidence, key: tuple[str, str], rows: list[int], offset: int, count: int, whole: int
) -> None:
    """Count ``count`` rows, the first of which are ``rows``, from 0 in their batch."""
    column.hits[key] += count
    column.whole[key] += whole
    place = column.located.setdefault(key, [])
    place += [offset + row + 1 for row in rows[: max(0, LOCATED - len(place))]]


def _sample(batch: pl.DataFrame, seen: TableEvidence, filled: list[int]) -> None:
    """Take the first values of the batch and some of the whole of it, for the columns which want more."""
    wanting = [place for place, column in enumerate(seen.columns) if len(column.sample) < SAMPLE and filled[place]]
    if not wanting:
        return
    step = max(1, batch.height // _PER_BATCH)
    names = batch.columns
    some = batch.select(names[place] for place in wanting)
    places = [*range(min(_PER_BATCH, batch.height)), *range(0, batch.height, step)[:_PER_BATCH]]
    some = some[places]
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


def _found(
    candidates: pl.DataFrame, detector: Detector, column: ColumnEvidence, offset: int, bare: pl.Series | None
) -> None:
    settled = [kind for kind in column.hits if kind[0] == detector.category and kind[1] in detector.settled]
    known = max(settled, key=column.hits.__getitem__, default=None)
    if known is not None and column.hits[known] > _ENOUGH:
        column.hits[known] += candidates.height
        column.whole[known] += candidates.height if column.whole[known] * 2 > column.hits[known] else 0
        return
    found = detector.judge(candidates).unique(["row", "kind"], maintain_order=True, keep="first")
    if not found.height:
        return
    for (kind,), rows in found.group_by("kind", maintain_order=True):
        key = (detector.category, str(kind))
        first = rows["row"].head(LOCATED).to_list()
        _count(column, key, first, offset, rows.height, int(rows["whole"].sum()))
        if bare is not None:
            column.lone[key] += int(bare.gather(rows["row"]).sum())
