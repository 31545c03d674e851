"""Classes of a map coloured by a count: few, of whole numbers, that can be read aloud."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

# With the class of none, six in all: beyond seven, colours are no longer told apart.
MAX_CLASSES = 5


@frozen
class CountClass:
    """Counts from ``low`` to ``high`` included."""

    low: int
    high: int

    def __contains__(self, count: int) -> bool:
        """Tell whether ``count`` falls in the class."""
        return self.low <= count <= self.high


def classify(counts: Iterable[int]) -> tuple[CountClass, ...]:
    """Return the classes of ``counts``: first the class of none, then at most MAX_CLASSES of positive counts.

    Each positive class holds about as many distinct values, and its bounds are values that occur.
    """
    values = sorted({count for count in counts if count > 0})
    number = min(MAX_CLASSES, len(values))
    cuts = [round(index * len(values) / number) for index in range(number + 1)] if number else []
    groups = [values[start:end] for start, end in itertools.pairwise(cuts)]
    return (CountClass(0, 0), *(CountClass(group[0], group[-1]) for group in groups))


def class_of(count: int, classes: tuple[CountClass, ...]) -> int:
    """Return the index in ``classes`` of the class that holds ``count``."""
    return next(index for index, each in enumerate(classes) if count in each)
