"""Every cell of a table, once: what each detector finds, and a sample of each column to tell what it is about."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field

from .detectors import DETECTORS
from .detectors.base import NINE_DIGITS
from .model import LOCATED
from .names import body_like, person_like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .detectors import Detector
    from .sources import Part

SAMPLE = 1000
_PER_BATCH = 300
# Once this many rows of a column are judged, the cheap test alone counts the others.
_ENOUGH = 20_000
_WORDY = r"[A-Za-zÀ-ÿ]{3}"


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
    low: float | None = None
    high: float | None = None
    small: int = 0

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


def observe(part: Part, numbers: Iterable[str] = ()) -> TableEvidence:
    """Examine every row of ``part``; ``numbers`` are the columns with the number of a body (SIRET, RNA…)."""
    seen = TableEvidence([ColumnEvidence(name, part.headed) for name in part.names])
    bodies = [name for name in numbers if name in part.names]
    for batch in part.batches():
        _batch(batch, seen, bodies)
        if seen.head is None:
            seen.head = batch.head(2000)
        seen.rows += batch.height
    return seen


def _batch(batch: pl.DataFrame, seen: TableEvidence, bodies: list[str]) -> None:
    if not batch.height:
        return
    names = batch.columns
    about = batch.select(
        *(pl.col(name).str.len_bytes().max().alias(f"{place} longest") for place, name in enumerate(names)),
        *(pl.col(name).count().alias(f"{place} filled") for place, name in enumerate(names)),
    ).row(0, named=True)
    longest = [about[f"{place} longest"] or 0 for place in range(len(names))]
    wordy = (
        batch.select(
            pl.col(name).str.contains(_WORDY).any().alias(name)
            for place, name in enumerate(names)
            if longest[place] >= 4
        ).row(0, named=True)
        if any(size >= 4 for size in longest)
        else {}
    )
    worth = [
        (place, detector)
        for place, column in enumerate(seen.columns)
        for detector in DETECTORS.values()
        if detector.candidate is not None
        and _worth(detector, column, longest[place], wordy=bool(wordy.get(column.name)))
    ]
    asked = {place for place, detector in worth if detector.digits}
    masks = batch.select(
        *(
            pl.col(names[place]).str.contains(NINE_DIGITS).fill_null(value=False).alias(f"{place} digits")
            for place in sorted(asked)
        ),
        *(
            detector.candidate(pl.col(names[place])).fill_null(value=False).alias(f"{place} {detector.category}")
            for place, detector in worth
            if detector.candidate is not None and not detector.digits
        ),
    )
    some = {place for place in asked if masks[f"{place} digits"].any()}
    bare = batch.select(pl.all_horizontal(pl.col(name).is_null() for name in bodies)).to_series() if bodies else None
    for place, name in enumerate(names):
        column = seen.columns[place]
        column.filled += about[f"{place} filled"]
        column.longest = max(column.longest, longest[place])
        _take_sample(batch[name], column)
    for place, detector in worth:
        mask = masks[f"{place} digits" if detector.digits else f"{place} {detector.category}"]
        if place in some if detector.digits else mask.any():
            _found(batch[names[place]], mask, detector, seen.columns[place], seen.rows, bare)


def _worth(detector: Detector, column: ColumnEvidence, longest: int, *, wordy: bool) -> bool:
    if longest < detector.min_length:
        return False
    if detector.category in {"name", "birth_date"}:
        return wordy
    if detector.category == "health":
        # Its words are many: they are sought in what somebody wrote.
        return wordy and (longest >= 40 or not column.headed or DETECTORS["free_text"].named(column.name))
    return True


def _take_sample(values: pl.Series, column: ColumnEvidence) -> None:
    if len(column.sample) >= SAMPLE:
        return
    step = max(1, values.len() // (_PER_BATCH * 4))
    some = values.gather_every(step).drop_nulls().head(_PER_BATCH * 5).unique(maintain_order=True)
    first = values.drop_nulls().head(_PER_BATCH).unique(maintain_order=True)
    for value in [*first.to_list(), *some.to_list()][: _PER_BATCH * 2]:
        if len(column.sample) >= SAMPLE:
            break
        if value.strip():
            column.sample[value] = None


def _found(  # noqa: PLR0913, PLR0917 - what it needs, each of its own kind
    values: pl.Series, mask: pl.Series, detector: Detector, column: ColumnEvidence, offset: int, bare: pl.Series | None
) -> None:
    frame = pl.DataFrame({"value": values}).with_row_index("row").filter(mask)
    if detector.digits and detector.candidate is not None:
        frame = frame.filter(detector.candidate(pl.col("value")))
        if not frame.height:
            return
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
        column.hits[key] += rows.height
        column.whole[key] += int(rows["whole"].sum())
        place = column.located.setdefault(key, [])
        place += [offset + row + 1 for row in rows["row"].head(max(0, LOCATED - len(place))).to_list()]
        if bare is not None:
            column.lone[key] += int(bare.gather(rows["row"]).sum())
