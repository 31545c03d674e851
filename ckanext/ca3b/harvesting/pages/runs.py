"""One run: how far it is, its plan, what it waits for, its report record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from flask import Response, jsonify, stream_with_context

from ckanext.ca3b.harvesting import refusals, reports
from ckanext.ca3b.harvesting.model import RUNNING

from .frame import LIMIT, act, gesture, page_number, pager, pages, sign_in_first

if TYPE_CHECKING:
    from collections.abc import Iterator


@pages.route("/executions/<run_id>", endpoint="run")
def show(run_id: str) -> Any:
    """Show a run: its progress, then its plan or its report."""
    if refused := sign_in_first():
        return refused
    run = act("ca3b_harvest_run_show", {"id": run_id})
    number, asked = page_number(), _asked()
    working = run["state"] in RUNNING
    found: dict[str, Any] = {"count": 0, "results": []}
    if not working:
        found = act("ca3b_harvest_run_records", {"id": run_id, **asked, "offset": (number - 1) * LIMIT, "limit": LIMIT})
    if number > 1 and not found["results"]:
        return tk.abort(404, tk._("This page of the list does not exist."))
    return tk.render(
        "ca3b/harvesting/run.html",
        {
            "run": run,
            "source": act("ca3b_harvest_source_show", {"id": run["source_id"]}),
            "working": working,
            "summary": reports.summary(run),
            "verdicts": reports.VERDICTS,
            "causes": reports.CAUSES,
            "asked": asked,
            "count": found["count"],
            "rows": [told(row) for row in found["results"]],
            "problems": [reports.problem(one) for one in run["problems"]],
            "pager": pager(found["count"], number, "ca3b_harvest.run", {"run_id": run_id, **asked}),
        },
    )


@pages.route("/executions/<run_id>/etat", endpoint="run_state")
def state(run_id: str) -> Any:
    """Tell the script of the page how far a run is: ``{state, step}``; ``state`` is ``running`` while it goes on."""
    run = act("ca3b_harvest_run_show", {"id": run_id})
    state = "running" if run["state"] in RUNNING else run["state"]
    return jsonify({"state": state, "step": run["step"] or reports.STATES.get(run["state"], "")})


@pages.route("/executions/<run_id>.csv", endpoint="run_csv")
def table(run_id: str) -> Any:
    """Give the report as CSV, a line per record."""
    run = act("ca3b_harvest_run_show", {"id": run_id})
    lines = reports.csv_lines(run, reports.rows(run["id"], _asked().get("verdict")))
    return _file(lines, run, "csv", "text/csv; charset=utf-8")


@pages.route("/executions/<run_id>.json", endpoint="run_json")
def document(run_id: str) -> Any:
    """Give the report as JSON."""
    run = act("ca3b_harvest_run_show", {"id": run_id})
    lines = reports.json_lines(run, reports.rows(run["id"], _asked().get("verdict")))
    return _file(lines, run, "json", "application/json; charset=utf-8")


@pages.route("/executions/<run_id>/appliquer", endpoint="confirm", methods=["POST"])
def confirm(run_id: str) -> Any:
    """Apply what a run held back."""
    return _gesture(run_id, "ca3b_harvest_run_confirm", tk._("Confirmed: the plan is being applied."))


@pages.route("/executions/<run_id>/annuler", endpoint="cancel", methods=["POST"])
def cancel(run_id: str) -> Any:
    """Give up a run: nothing of it is applied."""
    return _gesture(run_id, "ca3b_harvest_run_cancel", tk._("The run is cancelled: nothing of it is applied."))


@pages.route("/executions/<run_id>/relire", endpoint="review", methods=["POST"])
def review(run_id: str) -> Any:
    """Accept or refuse the chosen records."""
    accept = tk.request.form.get("decision") == "accept"
    chosen = tk.request.form.getlist("identifier")
    if not chosen:
        tk.h.flash_error(tk._("Tick at least one dataset."))
        return tk.redirect_to("ca3b_harvest.run", run_id=run_id, verdict="review")
    try:
        for identifier in chosen:
            act("ca3b_harvest_record_review", {"id": run_id, "identifier": identifier, "accept": accept})
    except tk.ValidationError as error:
        tk.h.flash_error(refusals.sentence(error))
    else:
        count = len(chosen)
        words = (
            tk.ungettext("{number} dataset is accepted.", "{number} datasets are accepted.", count)
            if accept
            else tk.ungettext("{number} dataset is refused.", "{number} datasets are refused.", count)
        )
        tk.h.flash_success(words.format(number=tk.h.ca3b_number(count)))
    return tk.redirect_to("ca3b_harvest.run", run_id=run_id, verdict="review")


def told(row: dict[str, Any]) -> dict[str, Any]:
    """Return a record as the page tells it: the row, its ``sentence``, ``advice``, ``where`` and ``changed``."""
    return {
        **row,
        "sentence": reports.sentence(row),
        "advice": reports.advice(row),
        "where": reports.where(row),
        "changed": reports.changed(row),
    }


def _asked() -> dict[str, str]:
    """Return the filters of the address; what does not exist is not asked."""
    verdict, words = tk.request.args.get("verdict", ""), tk.request.args.get("q", "").strip()[:200]
    found = {"verdict": verdict if verdict in reports.VERDICTS else "", "q": words}
    return {name: value for name, value in found.items() if value}


def _gesture(run_id: str, action: str, done: str) -> Any:
    gesture(action, {"id": run_id}, done)
    return tk.redirect_to("ca3b_harvest.run", run_id=run_id)


def _file(lines: Iterator[str], run: dict[str, Any], extension: str, kind: str) -> Response:
    name = f"moissonnage-{run['source']['name']}-{(run.get('started') or run.get('created') or '')[:10]}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(lines), content_type=kind, headers=headers)
