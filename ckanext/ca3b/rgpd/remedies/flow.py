"""Rows on their way through the treatments: read as often as needed, a batch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import evolve, field, frozen

from .model import RemedyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from .model import Treatment

ROW = "\u001frow"
"""The column that numbers rows from 1; never written."""

COUNT = "\u001fcount"
"""The column of sizes of `Groups`. Names of our own begin with a mark that no header has."""

SEPARATOR = "\u001f"
NBSP = "\u00a0"


@frozen
class Settings:
    """What treatments need beside their parameters.

    ``key`` is the secret of pseudonyms, ``scope`` what keeps those of one dataset from being those of another,
    ``year`` the present one.
    """

    key: bytes | None = None
    scope: str = ""
    year: int = 2000


@frozen
class Flow:
    """The rows so far. ``frames()`` gives them again from the start: strings, ``None`` for an empty cell.

    ``now`` goes from a column of the file to its present name, ``None`` once it is gone. ``aligned`` says that every
    row is one of the file, and that batches follow those of the file one for one. ``weight`` names the column which, in
    a table of counts, counts people, and ``people`` their number, those of withheld cells included.
    """

    names: tuple[str, ...]
    frames: Callable[[], Iterator[pl.DataFrame]]
    now: Mapping[str, str | None]
    aligned: bool = True
    weight: str | None = None
    people: int | None = None
    log: tuple[str, ...] = field(default=())

    def present(self, treatment: Treatment) -> list[str]:
        """Give the present names of the columns of ``treatment``, those already dropped left out.

        Raises:
            RemedyError: a column never was in the file.

        """
        return self.present_names(treatment.columns)

    def present_names(self, columns: Sequence[str]) -> list[str]:
        """Give the present names of ``columns`` of the file; see `present`."""
        for column in columns:
            if column not in self.now:
                raise RemedyError("column", f"La colonne « {column} » n’est pas dans le fichier.")
        return list(dict.fromkeys(name for column in columns if (name := self.now[column]) is not None))

    def told(self, *lines: str) -> Flow:
        """Give the same with ``lines`` added to what was done."""
        return evolve(self, log=(*self.log, *lines))

    def mapped(self, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Flow:
        """Give the same with each batch changed."""
        frames = self.frames
        return evolve(self, frames=lambda: (change(batch) for batch in frames()))

    def renamed(self, old: str, new: str) -> Flow:
        """Give the same with a column of another name, numbered if the name is taken."""
        if old == new:
            return self
        free, number = new, 2
        while free in self.names:
            free, number = f"{new}_{number}", number + 1
        frames = self.frames
        return evolve(
            self,
            names=tuple(free if name == old else name for name in self.names),
            now={first: free if name == old else name for first, name in self.now.items()},
            frames=lambda: (batch.rename({old: free}) for batch in frames()),
        )

    def without(self, columns: Sequence[str]) -> Flow:
        """Give the same without ``columns`` (present names)."""
        gone, frames = set(columns), self.frames
        return evolve(
            self,
            names=tuple(name for name in self.names if name not in gone),
            now={first: None if name in gone else name for first, name in self.now.items()},
            frames=lambda: (batch.drop(*columns) for batch in frames()),
        )


def combined(columns: Sequence[str]) -> pl.Expr:
    """Give one text per row for the combination of ``columns``; an empty cell is a value like another."""
    if not columns:
        return pl.lit("")
    return pl.concat_str([pl.col(name).fill_null("\u0000") for name in columns], separator=SEPARATOR)


class Groups:
    """How many rows share each combination, in memory that grows with the combinations and not with the rows."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = list(columns)
        self._parts: list[pl.DataFrame] = []
        self._waiting = 0

    def add(self, frame: pl.DataFrame, weight: pl.Expr | None = None) -> None:
        """Count the rows of ``frame``."""
        size = pl.len() if weight is None else weight.sum()
        found = frame.group_by(*self.columns).agg(size.cast(pl.Int64).alias(COUNT))
        self._parts.append(found)
        self._waiting += found.height
        if self._waiting > 2_000_000:
            self._parts = [self.table()]
            self._waiting = 0

    def table(self) -> pl.DataFrame:
        """Give the columns and ``COUNT``, in no order."""
        if not self._parts:
            schema: dict[str, pl.DataType] = {name: pl.String() for name in self.columns}
            return pl.DataFrame(schema={**schema, COUNT: pl.Int64()})
        return pl.concat(self._parts).group_by(*self.columns).agg(pl.col(COUNT).sum())


def count_text(count: int, one: str, many: str) -> str:
    """Give « 1 ligne » or « 12 345 lignes »."""
    return f"{count:,}".replace(",", "\u202f") + NBSP + (one if count < 2 else many)


def quoted(names: Sequence[str]) -> str:
    """Give « a », « b »."""
    return ", ".join(f"«{NBSP}{name}{NBSP}»" for name in names)
