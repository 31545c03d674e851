"""The actions on runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from sqlalchemy.exc import IntegrityError

from ckanext.ca3b.harvesting import engine, schedule
from ckanext.ca3b.harvesting.engine import words
from ckanext.ca3b.harvesting.engine.starting import put_in_queue, settle
from ckanext.ca3b.harvesting.model import ACTIVE, CANCELLED, DRAFT, HELD, INTERRUPTED, WAITING, WORKING, now
from ckanext.ca3b.harvesting.store import runs, staged

from . import given, shown

if TYPE_CHECKING:
    from ckan.types import Context

#: Causes that a caller may give.
_CAUSES = ("hand", "cli")


def ca3b_harvest_run_start(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Have a source read now. A draft is only planned: approve it first.

    :param id: id or name of the source. :param only_plan: (optional) true: nothing is written, the plan is shown.
    :param cause: (optional) ``hand`` (default) or ``cli``
    :returns: the run, which waits for a worker
    """
    tk.check_access("ca3b_harvest_run_start", context, data_dict)
    source = given.existing(data_dict)
    only_plan = _yes(data_dict.get("only_plan"))
    if source.state == DRAFT and not only_plan:
        raise tk.ValidationError({"id": [tk._("This source is a draft: approve it first.")]})
    cause = data_dict.get("cause") if data_dict.get("cause") in _CAUSES else "hand"
    try:
        run = engine.start(source.id, "preview" if source.state == DRAFT else str(cause), only_plan,
                           user=context.get("user") or "")  # fmt: skip
    except engine.BusyError as error:
        raise _another() from error
    schedule.ensure()
    return shown.run(run, source)


@tk.side_effect_free
def ca3b_harvest_run_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return a run and its ``source`` (``{id, name, title}``).

    :param id: id of the run
    """
    tk.check_access("ca3b_harvest_run_show", context, data_dict)
    run, source = given.existing_run(data_dict)
    if run.state in WORKING and settle(source.id):
        run = runs.get(run.id) or run
    return shown.run(run, source)


@tk.side_effect_free
def ca3b_harvest_run_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the runs of a source, the last first.

    :param source_id: id or name of the source (``id`` and ``name`` too). :param offset, limit: (optional)
    """
    tk.check_access("ca3b_harvest_run_list", context, data_dict)
    source = given.existing({"id": data_dict.get("source_id") or data_dict.get("id") or data_dict.get("name")})
    offset = given.number(data_dict.get("offset"), 0, 0, 1_000_000)
    limit = given.number(data_dict.get("limit"), 20, 1, 200)
    return [shown.run(one, source) for one in runs.of_source(source.id, offset=offset, limit=limit)]


@tk.side_effect_free
def ca3b_harvest_run_records(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return what was read in a run, record by record, and what became of each.

    :param id: id of the run. :param verdict, outcome: (optional) code. :param q: (optional) part of a title or an
        identifier. :param offset, limit: (optional) 50 by default, 500 at most
    :returns: ``{count, results}``
    """
    tk.check_access("ca3b_harvest_run_records", context, data_dict)
    run, _ = given.existing_run(data_dict)
    count, rows = staged.page(
        run.id,
        verdict=str(data_dict.get("verdict") or ""),
        outcome=str(data_dict.get("outcome") or ""),
        q=str(data_dict.get("q") or "").strip()[:200],
        offset=given.number(data_dict.get("offset"), 0, 0, 10_000_000),
        limit=given.number(data_dict.get("limit"), 50, 0, 500),
    )
    return {"count": count, "results": [shown.plain(row) for row in rows]}


def ca3b_harvest_run_confirm(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Apply a run that was held: its records are compared again with what the portal has now, then written.

    :param id: id of the run
    """
    tk.check_access("ca3b_harvest_run_confirm", context, data_dict)
    run, source = given.existing_run(data_dict)
    if run.state != HELD:
        raise tk.ValidationError({"id": [tk._("This run does not wait for a confirmation.")]})
    if source.state != ACTIVE:
        raise tk.ValidationError({"id": [tk._("This source is not active: approve or resume it first.")]})
    settle(source.id)
    try:
        moved = runs.move(run.id, WAITING, of={HELD}, confirmed_by=context.get("user") or "-")
    except IntegrityError as error:
        raise _another() from error
    confirmed = runs.get(run.id) or run
    if moved:
        put_in_queue(confirmed)
    return shown.run(confirmed, source)


def ca3b_harvest_run_cancel(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Stop a run: one that waits or is held writes nothing; one that goes on stops at its next step.

    What it had written stays; the next run goes on from there.

    :param id: id of the run
    """
    tk.check_access("ca3b_harvest_run_cancel", context, data_dict)
    run, source = given.existing_run(data_dict)
    waiting = {"code": "cancelled", "message": words.CANCELLED, "ended": now(), "step": ""}
    stopped = {"code": "cancelled", "message": words.STOPPED_BY_HAND, "ended": now(), "step": ""}
    if not (
        runs.move(run.id, CANCELLED, of={WAITING, HELD, "reading", "planning"}, **waiting)
        or runs.move(run.id, INTERRUPTED, of={"applying"}, **stopped)
    ):
        raise tk.ValidationError({"id": [tk._("This run is over already.")]})
    return shown.run(runs.get(run.id) or run, source)


def _another() -> tk.ValidationError:
    return tk.ValidationError({"id": [tk._("A run of this source goes on already: wait for its end, or cancel it.")]})


def _yes(value: Any) -> bool:
    try:
        return given.truth(value or "")
    except given.Wrong as wrong:
        raise tk.ValidationError({"only_plan": [str(wrong)]}) from wrong
