"""The actions of the board, and of the page that a commune is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting import reports

from . import shown, standing
from .sources import mine

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.harvesting.model import RunRow

#: Verdicts of the records that the portal has after a run.
_THERE = ("added", "changed", "unchanged", "returned")


@tk.side_effect_free
def ca3b_harvest_board(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sources that the user may see, those that need somebody first.

    :returns: each source with ``last_run`` (no mere plan), ``trend`` (last runs, the oldest first: ``{run_id, ended,
        state, counts, total}``), ``records`` by state and ``needs`` (``[{code, message, run_id}]``, worst first)
    """
    tk.check_access("ca3b_harvest_board", context, data_dict)
    rows = mine(context)
    where = standing.of(rows)
    found = []
    for told, row in zip(shown.listed(context, rows), rows, strict=True):
        stands = where[row.id]
        found.append({
            **told,
            "last_run": shown.plain(stands.runs[0]) if stands.runs else None,
            "trend": [_point(one) for one in reversed(stands.runs)],
            "records": stands.records,
            "needs": list(stands.needs),
        })  # fmt: skip
    return sorted(found, key=lambda one: (_rank(one["needs"]), one["title"].casefold()))


@tk.side_effect_free
def ca3b_harvest_letter(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return what a commune is told of its catalogue, to whoever has the key of its report.

    :param key: the key. Raises ObjectNotFound for a wrong one.
    :returns: see :func:`ckanext.ca3b.harvesting.reports.letter`
    """
    tk.check_access("ca3b_harvest_letter", context, data_dict)
    found = reports.letter(str(data_dict.get("key") or ""))
    if found is None:
        raise tk.ObjectNotFound(tk._("This report does not exist any more."))
    return found


def _point(run: RunRow) -> dict[str, Any]:
    told = shown.plain(run)
    total = sum(run.counts.get(one, 0) for one in _THERE)
    return {"run_id": run.id, "ended": told["ended"], "state": run.state, "counts": run.counts, "total": total}


def _rank(needs: list[dict[str, Any]]) -> int:
    return min((reports.ORDER.index(one["code"]) for one in needs), default=len(reports.ORDER))
