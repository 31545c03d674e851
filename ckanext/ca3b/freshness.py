"""Is a dataset on time? A core: plain values in, a typed answer out, nothing of CKAN.

The rule: data promised every *n* days is late once ``n`` days and a grace of a tenth (at least two days) have
passed since the last change. Frequencies are those of :func:`ckanext.ca3b.vocabularies.frequencies`, which holds
the longest wait each promises; those that promise none are never late.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from typing import TYPE_CHECKING, Literal

from ckanext.ca3b import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable

State = Literal["on-time", "late", "unscheduled", "unknown"]


@dataclasses.dataclass(frozen=True, slots=True)
class Freshness:
    """What can be said of a dataset's rhythm.

    ``state``: ``on-time``, ``late``, ``unscheduled`` (no rhythm was promised) or ``unknown``
    (no frequency, or no date); ``due``: the day it was or will be late, when a rhythm was promised.
    """

    state: State
    due: dt.date | None = None


def judge(frequency: str | None, updated: dt.date | None, today: dt.date) -> Freshness:
    """Compare the last change of the data with the rhythm its producer promised.

    :param frequency: code, URI or name of a frequency.
    :param updated: day of the last change of the data.
    :param today: the day of the question.
    """
    entry = vocabularies.frequencies().find(frequency)
    if entry is None:
        return Freshness("unknown")
    if entry.days is None:
        return Freshness("unscheduled")
    if updated is None:
        return Freshness("unknown")
    days = math.ceil(entry.days)
    due = updated + dt.timedelta(days=days + max(2, days // 10))
    return Freshness("late" if today > due else "on-time", due)


def day(value: str | dt.date | None) -> dt.date | None:
    """Read the day out of an ISO 8601 date or datetime; ``2024`` and ``2024-05`` are their first day.

    :returns: None for anything that is not a date: a wrong date must not break a page.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = (value or "").strip()
    try:
        if len(text) == len("2024"):
            return dt.date(int(text), 1, 1)
        if len(text) == len("2024-05"):
            return dt.date.fromisoformat(f"{text}-01")
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None


def latest(values: Iterable[str | dt.date | None]) -> dt.date | None:
    """Return the most recent of several dates, leaving out what is not a date."""
    return max((found for value in values if (found := day(value))), default=None)
