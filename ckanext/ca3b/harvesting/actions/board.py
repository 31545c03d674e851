"""The actions of the board, and of the page that a commune is sent."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting import reports
from ckanext.ca3b.harvesting.model import ACTIVE, DRAFT, now
from ckanext.ca3b.harvesting.store import conflicts, records, runs, sources

from . import shown
from .sources import mine

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

_TREND = 10
#: A run that is this late was forgotten by everybody.
_LATE = dt.timedelta(hours=1)
#: What is worst on the board.
_WORST = ("failed", "held", "interrupted", "stuck", "overdue", "conflict", "conflicts", "write", "review", "refused",
          "incomplete", "never", "draft", "vanished")  # fmt: skip


@tk.side_effect_free
def ca3b_harvest_board(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sources that the user may see, those that need somebody first.

    :returns: each source with ``last_run`` (no mere plan), ``trend`` (last runs, the oldest first: ``{run_id, ended,
        state, counts, total}``), ``records`` by state and ``needs`` (``[{code, message, run_id}]``, worst first)
    """
    tk.check_access("ca3b_harvest_board", context, data_dict)
    rows = mine(context)
    last = runs.last((row.id for row in rows), _TREND, plans=False)
    states, open_ = records.counts(), conflicts.counts()
    found = []
    for told, row in zip(shown.listed(context, rows), rows, strict=True):
        mine_ = last.get(row.id, [])
        kept = states.get(row.id, {})
        needs = _needs(row, mine_[0] if mine_ else None, open_.get(row.id, 0), kept.get("review", 0))
        found.append({
            **told,
            "last_run": shown.plain(mine_[0]) if mine_ else None,
            "trend": [_point(one) for one in reversed(mine_)],
            "records": kept,
            "needs": needs,
        })  # fmt: skip
    return sorted(found, key=lambda one: (_rank(one["needs"]), one["title"].casefold()))


@tk.side_effect_free
def ca3b_harvest_letter(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return what a commune is told of its catalogue, to whoever has the key of its report.

    :param key: the key. Raises ObjectNotFound for a wrong one.
    :returns: ``{source: {title, address, kind, kind_label, document_name, owner: {name, title}}, run}``: its last run
        that is over or held, no mere plan, or None
    """
    tk.check_access("ca3b_harvest_letter", context, data_dict)
    source = sources.of_key(str(data_dict.get("key") or ""))
    if source is None:
        raise tk.ObjectNotFound(tk._("This report does not exist any more."))
    told = runs.last([source.id], _TREND, plans=False).get(source.id, [])
    run = next((one for one in told if one.ended or one.state == "held"), None)
    owner = shown.owned([source.owner_org]).get(source.owner_org, {"name": "", "title": ""})
    return {
        "source": {
            "title": source.title,
            "address": source.address,
            "kind": source.kind,
            "kind_label": shown.label(source.kind),
            "document_name": source.document_name,
            "owner": {"name": owner["name"], "title": owner["title"]},
        },
        "run": shown.plain(run) if run else None,
    }


def _needs(source: SourceRow, run: RunRow | None, conflicts_: int, reviews: int) -> list[dict[str, Any]]:
    late = source.state == ACTIVE and source.next_run is not None and source.next_run < now() - _LATE
    found: list[dict[str, Any]] = [
        {**one, "run_id": run.id if run else None}
        for one in reports.needs(source, run, conflicts=conflicts_, reviews=reviews, overdue=late)
    ]
    if run is None and source.state != DRAFT and not found:
        found.append({"code": "never", "message": tk._("This source was never harvested."), "run_id": None})
    return found


def _point(run: RunRow) -> dict[str, Any]:
    told = shown.plain(run)
    there = ("added", "changed", "unchanged", "returned")
    total = sum(run.counts.get(one, 0) for one in there)
    return {"run_id": run.id, "ended": told["ended"], "state": run.state, "counts": run.counts, "total": total}


def _rank(needs: list[dict[str, Any]]) -> int:
    codes = [_WORST.index(one["code"]) for one in needs if one["code"] in _WORST]
    return min(codes, default=len(_WORST))
