"""Secondary suppression: hide enough other cells that no hidden one is found by subtraction.

A table of counts holds sums: a total and its parts. Hiding the small cells alone is not enough, since a total minus
the parts shown gives back a single hidden one. Cells are hidden until

1. no sum has a single hidden member;
2. the hidden parts under a shown total add up to at least the threshold, so that « 1 + 1 = 2 » tells nothing;
3. no hidden cell is the only solution of all the sums together, by exact linear algebra: the row space of the sums,
   restricted to hidden cells, holds no unit vector (Willenborg and De Waal, Elements of Statistical Disclosure
   Control, 2001, ch. 6; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).

The cells hidden are chosen by their value, the smallest first: few people are lost, without a claim to the least
number of cells, which is a hard problem (NP-hard in three dimensions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from .model import RemedyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

_PRIME = 2**31 - 1
_WORK = 4_000_000_000


@frozen
class Sum:
    """``total`` is the sum of ``parts``; all are numbers of cells."""

    total: int
    parts: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


class _Table:
    """The cells, the sums they are in, and which are hidden."""

    def __init__(
        self, values: Sequence[float], hidden: Iterable[int], sums: Sequence[Sum], fixed: AbstractSet[int], least: int
    ) -> None:
        self.values, self.sums, self.fixed, self.least = values, sums, fixed, least
        self.hidden = set(hidden)
        self.of: dict[int, list[int]] = {}
        for place, each in enumerate(sums):
            for cell in each.members:
                self.of.setdefault(cell, []).append(place)

    def weak(self, each: Sum) -> bool:
        """Tell whether a sum gives a hidden cell away."""
        inside = [cell for cell in each.members if cell in self.hidden]
        if not inside:
            return False
        if len(inside) == 1:
            return True
        return each.total not in self.hidden and sum(self.values[cell] for cell in inside) < self.least

    def hide_one(self, places: Iterable[int]) -> bool:
        """Hide the cheapest cell of the sums at ``places``; tell whether there was one."""
        members = {cell for place in places for cell in self.sums[place].members}
        free = [cell for cell in members if cell not in self.hidden and cell not in self.fixed]
        if not free:
            return False
        self.hidden.add(min(free, key=self._cost))
        return True

    def _cost(self, cell: int) -> tuple[bool, float, int]:
        # A shown zero hides nothing well: it comes last. Sums that already hide something cost nothing more.
        opened = sum(not any(member in self.hidden for member in self.sums[at].members) for at in self.of[cell])
        return self.values[cell] == 0, self.values[cell] * (1 + opened), cell

    def settle(self, places: Iterable[int]) -> None:
        """Strengthen the weak sums among those at ``places``, and those this weakens."""
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            while self.weak(self.sums[place]):
                before = set(self.hidden)
                if not self.hide_one([place]):
                    inside = [cell for cell in self.sums[place].members if cell in self.hidden]
                    if len(inside) > 1:
                        # All of it is hidden already: nothing more can be done, nor needs to be told.
                        break
                    raise RemedyError(
                        "protection",
                        "Un total connu suffit à retrouver un petit effectif : ne publiez pas ce total, ou regroupez.",
                    )
                waiting += [at for cell in self.hidden - before for at in self.of.get(cell, ()) if at != place]


def protect(
    values: Sequence[float],
    primary: Iterable[int],
    sums: Sequence[Sum],
    *,
    least: int,
    fixed: AbstractSet[int] = frozenset(),
) -> set[int]:
    """Give the cells to hide: ``primary`` and those which protect them.

    ``values`` are at least 0; ``least`` is the threshold under which a count is small; ``fixed`` cells are known to
    everybody (totals published elsewhere) and cannot be hidden.

    Raises:
        RemedyError: known totals give a cell away whatever is hidden, or the table is too big to be proved safe.

    """
    table = _Table(values, primary, sums, fixed, least)
    table.settle(range(len(sums)))
    while found := recoverable(table.hidden, sums):
        before = set(table.hidden)
        for cell in sorted(found):
            # As near as can be: its own sums, those of the cells hidden with it, any.
            any(table.hide_one(places) for places in (table.of[cell], _around(cell, table), range(len(sums))))
        if table.hidden == before:
            raise RemedyError("protection", "Les sommes du tableau redonnent un petit effectif : regroupez.")
        table.settle(at for new in table.hidden - before for at in table.of.get(new, ()))
    return table.hidden


def _around(cell: int, table: _Table) -> set[int]:
    """Give the sums which share a hidden cell with those of ``cell``."""
    near = {member for at in table.of[cell] for member in table.sums[at].members if member in table.hidden}
    return {at for member in near for at in table.of[member]}


def recoverable(hidden: AbstractSet[int], sums: Sequence[Sum]) -> set[int]:
    """Give the hidden cells which the sums and the shown cells determine, exactly."""
    found: set[int] = set()
    for cells, equations in _components(hidden, sums):
        if len(equations) ** 2 * len(cells) > _WORK:
            raise RemedyError(
                "protection", "Trop de petits effectifs pour prouver que le tableau les protège : regroupez davantage."
            )
        at = {cell: place for place, cell in enumerate(cells)}
        matrix = np.zeros((len(equations), len(cells)), dtype=np.int64)
        for row, each in enumerate(equations):
            for cell in each.parts:
                if cell in at:
                    matrix[row, at[cell]] = 1
            if each.total in at:
                matrix[row, at[each.total]] = _PRIME - 1
        found |= {cells[place] for place in _units(matrix)}
    return found


def _components(hidden: AbstractSet[int], sums: Sequence[Sum]) -> list[tuple[list[int], list[Sum]]]:
    """Cut the sums, restricted to hidden cells, into groups without a cell in common."""
    parent: dict[int, int] = {cell: cell for cell in hidden}

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    inside = [[cell for cell in each.members if cell in hidden] for each in sums]
    for cells in inside:
        for cell in cells[1:]:
            parent[root(cell)] = root(cells[0])
    groups: dict[int, tuple[set[int], list[Sum]]] = {}
    for cells, each in zip(inside, sums, strict=True):
        if cells:
            group = groups.setdefault(root(cells[0]), (set(), []))
            group[0].update(cells)
            group[1].append(each)
    return [(sorted(cells), equations) for cells, equations in groups.values()]


def _units(matrix: NDArray[np.int64]) -> list[int]:
    """Give the columns whose unit vector is in the row space: reduce to echelon form modulo a large prime."""
    row = 0
    pivots: list[int] = []
    for column in range(matrix.shape[1]):
        below = np.flatnonzero(matrix[row:, column])
        if not below.size:
            continue
        best = row + int(below[0])
        if best != row:
            matrix[[row, best]] = matrix[[best, row]]
        matrix[row] = matrix[row] * pow(int(matrix[row, column]), -1, _PRIME) % _PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != row]
        matrix[others] = (matrix[others] - matrix[others, column][:, None] * matrix[row]) % _PRIME
        pivots.append(column)
        row += 1
        if row == matrix.shape[0]:
            break
    return [column for place, column in enumerate(pivots) if np.count_nonzero(matrix[place]) == 1]
