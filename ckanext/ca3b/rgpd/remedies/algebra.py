"""The sums of a table of counts, and what they determine exactly of its hidden cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from .model import RemedyError

if TYPE_CHECKING:
    from collections.abc import Sequence
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


def recoverable(hidden: AbstractSet[int], sums: Sequence[Sum]) -> set[int]:
    """Give the hidden cells which the sums and the shown cells determine, exactly."""
    found: set[int] = set()
    for cells, equations in components(hidden, sums):
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


def components(hidden: AbstractSet[int], sums: Sequence[Sum]) -> list[tuple[list[int], list[Sum]]]:
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
