"""The least lossy way of reaching k-anonymity by making whole columns coarser.

Every combination of levels of the columns is a node of a lattice (Samarati, IEEE TKDE 13(6), 2001). A node is good
when the rows left in bad groups are at most a share of all; they are removed. A group is bad when it has fewer than k
rows, or fewer than l different values of a sensitive column (distinct l-diversity: Machanavajjhala et al., ACM TKDD
1(1), 2007). Among good nodes, the one with the least loss is taken, exactly:

    loss = L·(1 - s) + s, with s the share of rows removed and L the mean, over the columns, of H(X|Y) / H(X)

H(X|Y) / H(X) is the non-uniform entropy of Gionis and Tassa (IEEE TKDE 21(2), 2009), the measure chosen by El Emam et
al. (Optimal Lattice Anonymization, JAMIA 16(5), 2009): the share of what a column told that its coarser form no
longer tells, from 0 (nothing lost) to 1 (one value for all).

L depends on levels only, so nodes are tried from the least L: the first good one bounds the others, and the search
ends when L alone is more than the best loss. Nodes under one known to remove too much are skipped: making a column
finer only makes groups smaller, with fewer values.
"""

from __future__ import annotations

import heapq
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from .hierarchy import Level

_MOST = 4000
"""Nodes evaluated at most; the best of them is then given, which is still k-anonymous."""


@frozen
class Node:
    """A choice of levels: ``removed`` rows are in bad groups; ``loss`` is from 0 to 1."""

    levels: tuple[int, ...]
    removed: int
    loss: float
    exact: bool = True


@frozen
class Secrets:
    """The different values of a sensitive column that each combination has: ``l`` of them at least in a group.

    ``combinations`` and ``values`` go together, one entry per pair.
    """

    combinations: NDArray[np.int64]
    values: NDArray[np.int64]
    l: int  # noqa: E741 - its name in every book


class Search:
    """Combinations of values, how many rows have each, and the levels of each column."""

    def __init__(
        self,
        places: NDArray[np.int64],
        counts: NDArray[np.int64],
        columns: Sequence[Sequence[Level]],
        k: int,
        secrets: Secrets | None = None,
    ) -> None:
        self.places, self.counts, self.columns, self.k, self.secrets = places, counts, columns, k, secrets
        self.rows = int(counts.sum())
        self._known: dict[tuple[int, ...], int] = {}

    def removed(self, node: tuple[int, ...]) -> int:
        """Count the rows in bad groups."""
        if node not in self._known:
            sizes, group = self.sizes(node)
            self._known[node] = int(sizes[~self._good(sizes, group)].sum())
        return self._known[node]

    def kept(self, node: tuple[int, ...]) -> NDArray[np.bool_]:
        """Tell of each combination whether its group is good."""
        sizes, group = self.sizes(node)
        return self._good(sizes, group)[group]

    def _good(self, sizes: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.bool_]:
        good = sizes >= self.k
        if self.secrets is not None:
            width = int(self.secrets.values.max(initial=0)) + 1
            pairs = np.unique(group[self.secrets.combinations] * width + self.secrets.values)
            good &= np.bincount(pairs // width, minlength=sizes.size) >= self.secrets.l
        return good

    def sizes(self, node: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the sizes of the groups, and the group of each combination."""
        group = np.zeros(self.counts.size, dtype=np.int64)
        for column, level in enumerate(node):
            codes = self.columns[column][level].codes[self.places[:, column]]
            # Groups are numbered again at each column: their product never overflows.
            _, group = np.unique(group * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)
        return np.bincount(group, weights=self.counts).astype(np.int64), group

    def coarse_loss(self, node: tuple[int, ...]) -> float:
        """Give the mean loss of the columns, removed rows aside."""
        return sum(self.columns[column][level].lost for column, level in enumerate(node)) / max(1, len(node))

    def best(self, most_removed: float) -> Node:
        """Give the good node of least loss; the coarsest one is always good when there are k rows."""
        allowed = most_removed * self.rows
        top = tuple(len(each) - 1 for each in self.columns)
        hopeless = self._hopeless(top, allowed)
        best: Node | None = None
        for tried, (node, coarse) in enumerate(self._by_loss(hopeless)):
            if best is not None and coarse >= best.loss:
                break
            if tried >= _MOST:
                return self._climb(best, top, allowed)
            removed = self.removed(node)
            if removed <= allowed:
                part = removed / self.rows
                loss = coarse * (1 - part) + part
                if best is None or loss < best.loss:
                    best = Node(node, removed, loss)
        return best or self._climb(None, top, allowed)

    def _hopeless(self, top: tuple[int, ...], allowed: float) -> set[tuple[tuple[int, int], ...]]:
        """Find the levels, and the pairs of levels, that remove too much even with all the rest at the coarsest."""
        found: set[tuple[tuple[int, int], ...]] = set()
        for column, most in enumerate(top):
            for level in range(most):
                node = (*top[:column], level, *top[column + 1 :])
                if self.removed(node) > allowed:
                    found.add(((column, level),))
        for one, other in ((a, b) for a in range(len(top)) for b in range(a + 1, len(top))):
            for low, high in product(range(top[one]), range(top[other])):
                if ((one, low),) in found or ((other, high),) in found:
                    continue
                node = list(top)
                node[one], node[other] = low, high
                if self.removed(tuple(node)) > allowed:
                    found.add(((one, low), (other, high)))
        return found

    def _by_loss(self, hopeless: set[tuple[tuple[int, int], ...]]) -> Iterator[tuple[tuple[int, ...], float]]:
        """Give the nodes from the least loss, those known to be too fine left out."""
        start: tuple[int, ...] = (0,) * len(self.columns)
        seen: set[tuple[int, ...]] = {start}
        heap: list[tuple[float, tuple[int, ...]]] = [(self.coarse_loss(start), start)]
        while heap:
            coarse, node = heapq.heappop(heap)
            marks = list(enumerate(node))
            if not any((mark,) in hopeless for mark in marks) and not any(
                (marks[a], marks[b]) in hopeless for a in range(len(marks)) for b in range(a + 1, len(marks))
            ):
                yield node, coarse
            for column, level in marks:
                if level + 1 < len(self.columns[column]):
                    above = (*node[:column], level + 1, *node[column + 1 :])
                    if above not in seen:
                        seen.add(above)
                        heapq.heappush(heap, (self.coarse_loss(above), above))

    def _climb(self, best: Node | None, top: tuple[int, ...], allowed: float) -> Node:
        """Go down from the coarsest node, by the step that saves most, while it stays good: good, perhaps not least."""
        node = top
        while True:
            finer = [
                below
                for column, level in enumerate(node)
                if level and self.removed(below := (*node[:column], level - 1, *node[column + 1 :])) <= allowed
            ]
            if not finer:
                break
            node = min(finer, key=self.coarse_loss)
        part = self.removed(node) / self.rows
        loss = self.coarse_loss(node) * (1 - part) + part
        found = Node(node, self.removed(node), loss, exact=False)
        return best if best is not None and best.loss <= loss else found
