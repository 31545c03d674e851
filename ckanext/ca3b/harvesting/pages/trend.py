"""The last runs of a source as a small drawing, and as a sentence that says the same."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from attrs import frozen

#: The drawing, in units of its own: a bar per run.
WIDTH, HEIGHT, STEP = 120, 30, 12
_FAILED = frozenset({"failed", "interrupted"})


@frozen
class Bar:
    """A bar: where it is, how tall, and whether its run failed."""

    x: int
    y: float
    height: float
    failed: bool


@frozen
class Trend:
    """The bars, oldest first, and the sentence for those who do not see them."""

    bars: tuple[Bar, ...]
    sentence: str


def trend(runs: list[dict[str, Any]] | None) -> Trend | None:
    """Return the drawing of the last runs (``trend`` of the board, oldest first); None before there are two."""
    last = [one for one in runs or [] if one.get("state") not in {"cancelled"}][-10:]
    if len(last) < 2:
        return None
    totals: list[int] = [one["total"] for one in last]
    most = max(*totals, 1)
    first = WIDTH - STEP * len(last)
    bars = tuple(
        _bar(first + STEP * number, size / most, failed=one.get("state") in _FAILED)
        for number, (one, size) in enumerate(zip(last, totals, strict=True))
    )
    said = [
        tk._("failure") if one.get("state") in _FAILED else tk.h.ca3b_number(size)
        for one, size in zip(last, totals, strict=True)
    ]
    words = tk._("Datasets read in the last runs, from the oldest to the latest: {list}.")
    return Trend(bars, words.format(list=", ".join(said)))


def _bar(x: int, ratio: float, *, failed: bool) -> Bar:
    height = HEIGHT if failed else max(2.0, round(ratio * HEIGHT, 1))
    return Bar(x, HEIGHT - height, height, failed)
