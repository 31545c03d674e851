"""The audit of a table with hidden cells: how near anybody comes to each of them, by linear programming.

Who reads the table knows the cells shown, every sum, and that nothing is under 0. For each hidden cell this gives an
interval of possible values (Fischetti and Salazar, Management Science 47(7), 2001, « attacker problems »). Each must be
as wide as its protection:

- a small count: the interval is at least as wide as the threshold, and begins under the true count;
- another cell hidden for itself (an amount that comes from nearly one contributor): 10 % on either side;
- a cell hidden to protect others: two values at least, one apart.

An interval is proved by its ends: other tables, with the same shown cells and sums, in which the cell has them. Where
the cells are whole numbers these tables are too: a half person proves nothing. What is not proved is not protected.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import highspy
import numpy as np

from .algebra import components
from .model import RemedyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from .algebra import Sum

    Floats = NDArray[np.float64]

_SECONDS = 60.0
"""Spent on one table at most."""
_WHOLE_SECONDS = 5.0
_SHARE = 0.1
_ROUNDS = 6
_NEAR = 1e-6


class Audit:
    """The protection that the cells of one table ask for. ``primary`` are hidden for themselves."""

    def __init__(self, values: Sequence[float], primary: AbstractSet[int], sums: Sequence[Sum], least: int) -> None:
        self.values, self.primary, self.sums, self.least = values, primary, sums, least
        self._known: dict[frozenset[int], set[int]] = {}
        self._end = time.monotonic() + _SECONDS

    def weak(self, hidden: AbstractSet[int]) -> set[int]:
        """Give the hidden cells whose interval is narrower than their protection.

        Raises:
            RemedyError: the table is too big for that.

        """
        found: set[int] = set()
        for cells, equations in components(hidden, self.sums):
            key = frozenset(cells)
            if key not in self._known:
                self._known[key] = self._weak(cells, equations)
            found |= self._known[key]
        return found

    def _weak(self, cells: list[int], equations: list[Sum]) -> set[int]:
        needs = np.array([self._needs(cell) for cell in cells]).T
        values = np.array([self.values[cell] for cell in cells], dtype=np.float64)
        tables = _Tables(cells, equations, values, float(needs.sum(axis=0).max()))
        low, high = np.zeros(len(cells)), np.zeros(len(cells))

        def narrow() -> NDArray[np.bool_]:
            under, over, width = needs
            return (low > -under) | (high < over) | (high - low < width)

        for goal in _goals(narrow):
            if time.monotonic() > self._end:
                raise RemedyError(
                    "protection",
                    "Trop de petits effectifs pour prouver que le tableau les protège : regroupez davantage.",
                )
            change = tables.changed(goal)
            if change is not None:
                np.minimum(low, change, out=low)
                np.maximum(high, change, out=high)
        return {cells[place] for place in np.flatnonzero(narrow())}

    def _needs(self, cell: int) -> tuple[float, float, float]:
        """Give how far under and over its value the interval of a cell goes, and how wide it is, at least."""
        value = self.values[cell]
        if cell not in self.primary:
            return 0.0, 0.0, 1.0
        if value < self.least:
            # It begins under the count, hence at 0 at the least: this wide, it ends at the threshold or over it.
            return min(1.0, value), 1.0, float(self.least)
        return max(1.0, _SHARE * value), max(1.0, _SHARE * value), 0.0


def _goals(narrow: Callable[[], NDArray[np.bool_]]) -> Iterator[Floats]:
    """Give what to make greatest, while some cells are narrow: all of these at once, by chance, then each alone."""
    size = narrow().size
    draw = np.random.default_rng(size)
    for sign in (np.ones(size), -np.ones(size), *(draw.choice([-1.0, 1.0], size) for _ in range(_ROUNDS))):
        if not (left := narrow()).any():
            return
        yield np.where(left, sign, 0.0)
    for place in np.flatnonzero(narrow()):
        for sign in (1.0, -1.0):
            if narrow()[place]:
                yield np.where(np.arange(size) == place, sign, 0.0)


class _Tables:
    """The tables that show the same cells and sums, as changes of the true one."""

    def __init__(self, cells: list[int], equations: list[Sum], values: Floats, reach: float) -> None:
        self.whole = bool(np.all(values == np.round(values)))
        at = {cell: place for place, cell in enumerate(cells)}
        starts, index, value = [0], [], []
        for each in equations:
            members = [(at[cell], 1.0) for cell in each.parts if cell in at]
            members += [(at[each.total], -1.0)] if each.total in at else []
            index += [place for place, _ in members]
            value += [sign for _, sign in members]
            starts.append(len(index))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(cells), len(equations)
        model.col_cost_ = np.zeros(len(cells))
        # Further than some times what is asked, a table proves nothing more; without an end there may be no optimum.
        model.col_lower_, model.col_upper_ = -np.minimum(values, 50 * reach), np.full(len(cells), 50 * reach)
        model.row_lower_ = model.row_upper_ = np.zeros(len(equations))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, index, value
        model.sense_ = highspy.ObjSense.kMaximize
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.passModel(model)
        self._places = np.arange(len(cells), dtype=np.int32)

    def changed(self, goal: Floats) -> Floats | None:
        """Give the change that makes ``goal`` greatest; None when none is found in time."""
        self._solver.changeColsCost(goal.size, self._places, goal)
        self._solver.run()
        found: Floats = np.array(self._solver.getSolution().col_value, dtype=np.float64)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        if not self.whole:
            return found
        return np.round(found) if np.abs(found - np.round(found)).max() < _NEAR else self._whole()

    def _whole(self) -> Floats | None:
        kinds = np.full(self._places.size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._solver.changeColsIntegrality(kinds.size, self._places, kinds)
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + _WHOLE_SECONDS)
        self._solver.run()
        good = self._solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        found: Floats = np.array(self._solver.getSolution().col_value, dtype=np.float64)
        self._solver.setOptionValue("time_limit", float("inf"))
        self._solver.changeColsIntegrality(kinds.size, self._places, np.zeros_like(kinds))
        return np.round(found) if good else None
