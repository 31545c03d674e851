"""Where sources stand, as the board and the page of each tell it: last runs, records by state, what needs somebody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b.harvesting import reports
from ckanext.ca3b.harvesting.model import ACTIVE, now
from ckanext.ca3b.harvesting.store import conflicts, records, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

#: Runs of a source that are told.
LAST = 10
#: A run that is this late was forgotten by everybody.
_LATE = dt.timedelta(hours=1)


@frozen
class Standing:
    """``runs``: the last ones that were no mere plans, the latest first; ``records``: how many, by state.

    ``needs``: ``[{code, message, run_id}]``, worst first.
    """

    runs: tuple[RunRow, ...]
    records: dict[str, int]
    needs: tuple[dict[str, Any], ...]


def of(rows: Sequence[SourceRow]) -> dict[str, Standing]:
    """Return where each of some sources stands, by id."""
    ids = [row.id for row in rows]
    last, kept, disputed = runs.last(ids, LAST, plans=False), records.counts(ids), conflicts.counts()
    return {
        row.id: _standing(row, tuple(last.get(row.id, ())), kept.get(row.id, {}), disputed.get(row.id, 0))
        for row in rows
    }


def _standing(source: SourceRow, last: tuple[RunRow, ...], kept: dict[str, int], disputed: int) -> Standing:
    run = last[0] if last else None
    late = source.state == ACTIVE and source.next_run is not None and source.next_run < now() - _LATE
    found = reports.needs(source, run, conflicts=disputed, reviews=kept.get("review", 0), overdue=late)
    return Standing(last, kept, tuple({**one, "run_id": run.id if run else None} for one in found))
