"""The text of a spreadsheet's cell: what the clerk reads on the screen, without rounding."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Mapping

# Beyond fifteen digits a spreadsheet shows nothing: a sum that ends there with few digits is only noise of floats.
_SHOWN, _NOISE = 15, 12


@define
class Writer:
    """Writes the rows of one sheet as text, and remembers what has to be told or mended afterwards.

    ``padded`` gives, for cells (row, column) shown with leading zeros, how many digits are shown.
    """

    padded: Mapping[tuple[int, int], int] = field(factory=dict)
    days: set[int] = field(factory=set)
    moments: set[int] = field(factory=set)
    codes: set[int] = field(factory=set)
    _known: dict[str, str] = field(factory=dict)

    def row(self, index: int, cells: list[Any]) -> list[str | None]:
        """Write row ``index`` (from 0 in the sheet)."""
        return [self._cell(index, column, cell) for column, cell in enumerate(cells)]

    def _cell(self, row: int, column: int, cell: Any) -> str | None:
        if isinstance(cell, str):
            # One copy of the texts that come back often.
            return (self._known.setdefault(cell, cell) if len(cell) < 40 else cell) or None
        if isinstance(cell, (dt.date, dt.datetime)):
            moment = isinstance(cell, dt.datetime) and cell.time() != dt.time()
            (self.moments if moment else self.days).add(column)
        text = written(cell)
        width = self.padded.get((row, column), 0) if self.padded else 0
        if text and width > len(text) and text.isdecimal():
            self.codes.add(column)
            return text.zfill(width)
        return text

    def mend(self, rows: list[list[str | None]]) -> None:
        """Write days as midnight in the columns that hold hours too: one way of writing in a column."""
        for column in self.days & self.moments:
            for row in rows:
                text = row[column]
                if text and len(text) == 10 and text[4] == text[7] == "-":
                    row[column] = text + "T00:00:00"


def written(cell: Any) -> str | None:
    """Give the text of a cell; whole numbers lose the ``.0`` that spreadsheets store."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.timedelta):
        return _duration(cell)
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


def _number(cell: float) -> str:
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    exact, shown = repr(cell), f"{cell:.{_SHOWN}g}"
    if "n" in exact:
        return exact
    if "e" in exact or cell.is_integer():
        # Every place is written, as powers of ten would be taken for codes.
        return f"{Decimal(exact):f}".removesuffix(".0")
    return shown if "e" not in shown and sum(map(str.isdigit, shown.lstrip("-0."))) <= _NOISE else exact


def _duration(cell: dt.timedelta) -> str:
    minutes, seconds = divmod(int(cell.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"
