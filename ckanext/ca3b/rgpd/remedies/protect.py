"""Secondary suppression: hide enough other cells that no hidden one is found by subtraction.

A table of counts holds sums: a total and its parts. Hiding the small cells alone is not enough, since a total minus
the parts shown gives back a single hidden one. Cells are hidden until

1. no sum has a single hidden member;
2. the hidden parts under a shown total add up to at least the threshold, so that « 1 + 1 = 2 » tells nothing;
3. no hidden cell is the only solution of all the sums together, by exact linear algebra: the row space of the sums,
   restricted to hidden cells, holds no unit vector (Willenborg and De Waal, Elements of Statistical Disclosure
   Control, 2001, ch. 6; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4);
4. no hidden cell is known too nearly: `audit` gives the interval anybody can compute, and the protection it must have.

The cells hidden are chosen by their value, the smallest first: few people are lost, without a claim to the least
number of cells, which is a hard problem (NP-hard in three dimensions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .algebra import Sum, recoverable
from .audit import Audit
from .model import RemedyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet


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

    def hide_one(self, places: Iterable[int], room: float = 0) -> bool:
        """Hide the cheapest cell of the sums at ``places``, of at least ``room`` if any; tell whether there was one."""
        members = {cell for place in places for cell in self.sums[place].members}
        free = [cell for cell in members if cell not in self.hidden and cell not in self.fixed]
        if not free:
            return False
        self.hidden.add(min(free, key=lambda cell: (self.values[cell] < room, *self._cost(cell))))
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
    audit = Audit(values, frozenset(table.hidden), sums, least)
    table.settle(range(len(sums)))
    while found := recoverable(table.hidden, sums):
        if not _widened(found, table):
            raise RemedyError("protection", "Les sommes du tableau redonnent un petit effectif : regroupez.")
    # A table all of which is hidden tells nothing that its known totals did not tell.
    while (found := audit.weak(table.hidden)) and _widened(found, table, least):
        pass
    return table.hidden


def _widened(cells: Iterable[int], table: _Table, room: float = 0) -> bool:
    """Hide one more cell for each of ``cells``, as near as can be; tell whether there was any."""
    before = set(table.hidden)
    served: set[int] = set()
    for cell in sorted(cells):
        # Its own sums, those of the cells hidden with it, any; what serves a neighbour may be enough.
        if served.isdisjoint(table.of[cell]):
            near = (table.of[cell], _around(cell, table), range(len(table.sums)))
            any(table.hide_one(places, room) for places in near)
            served.update(table.of[cell])
    table.settle(at for new in table.hidden - before for at in table.of.get(new, ()))
    return table.hidden != before


def _around(cell: int, table: _Table) -> set[int]:
    """Give the sums which share a hidden cell with those of ``cell``."""
    near = {member for at in table.of[cell] for member in table.sums[at].members if member in table.hidden}
    return {at for member in near for at in table.of[member]}
