"""Classes of a map coloured by a number: where they part, for 3 to 7 classes."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

COUNTS = range(3, 8)
#: Digits that a reader compares.
_DIGITS = 4


def quantiles(values: NDArray[np.float64]) -> dict[str, list[float]]:
    """Give, for each number of classes, the bounds between them such that each holds about as many features.

    The bounds are inside ]min, max[, rising; fewer than asked when many features share a value.
    """
    if not len(values):
        return {}
    low, high = float(values.min()), float(values.max())
    return (
        _all((count, np.quantile(values, [index / count for index in range(1, count)]).tolist()) for count in COUNTS)
        if low < high
        else {}
    )


def equal(low: float, high: float) -> dict[str, list[float]]:
    """Give, for each number of classes, the bounds between classes of the same width."""
    if not low < high:
        return {}
    return _all((count, [low + (high - low) * index / count for index in range(1, count)]) for count in COUNTS)


def _all(bounds: Iterable[tuple[int, list[float]]]) -> dict[str, list[float]]:
    found = {str(count): _round(each) for count, each in bounds}
    return {count: each for count, each in found.items() if each}


def _round(bounds: list[float]) -> list[float]:
    """Round bounds to what a reader compares, as long as they stay apart."""
    distinct = sorted(set(bounds))
    gaps = [b - a for a, b in itertools.pairwise(distinct)] or [abs(distinct[0]) or 1]
    # A tenth of the narrowest class, or four digits, whichever is finer.
    widest = max(abs(bound) for bound in distinct) or 1
    place = max(_DIGITS - 1 - math.floor(math.log10(widest)), 1 - math.floor(math.log10(min(gaps))))
    rounded = [round(bound, place) for bound in distinct]
    return sorted({int(bound) if bound == int(bound) and abs(bound) < 2**53 else bound for bound in rounded})
