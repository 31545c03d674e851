"""At which line of the file each record begins."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterable


@define
class Lines:
    """Lines of the records of a file, from the few records that take more than one.

    ``first`` is the line of the first record, from 1. A record that takes several lines, or is followed by
    skipped ones, is told by ``longer``.
    """

    first: int = 1
    _records: array[int] = field(factory=lambda: array("q"))
    _extra: array[int] = field(factory=lambda: array("q"))

    def longer(self, records: Iterable[int], extra: Iterable[int]) -> None:
        """Say that each of ``records`` (from 0, growing) takes as many more lines as ``extra`` says."""
        total = self._extra[-1] if self._extra else 0
        for record, more in zip(records, extra, strict=True):
            total += more
            self._records.append(record)
            self._extra.append(total)

    def __call__(self, row: int) -> int:
        """Give the line of record ``row``, from 1."""
        before = bisect_left(self._records, row - 1)
        return self.first + row - 1 + (self._extra[before - 1] if before else 0)
