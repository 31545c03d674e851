"""What templates ask about harvesting."""

from __future__ import annotations

import logging
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import labels
from ckanext.ca3b.harvesting import reports

from . import words
from .frame import context
from .trend import trend

log = logging.getLogger(__name__)


def get_helpers() -> dict[str, Any]:
    """Return the helpers by name."""
    return {
        "ca3b_harvest_menu": ca3b_harvest_menu,
        "ca3b_harvest_source_state": words.source_state,
        "ca3b_harvest_run_state": ca3b_harvest_run_state,
        "ca3b_harvest_verdict": ca3b_harvest_verdict,
        "ca3b_harvest_need": words.need,
        "ca3b_harvest_trend": trend,
        "ca3b_harvest_kind": reports.kind_label,
        "ca3b_harvest_sentence": reports.run_sentence,
        "ca3b_harvest_duration": reports.duration,
        "ca3b_harvest_licence": ca3b_harvest_licence,
        "ca3b_harvest_record": ca3b_harvest_record,
    }


def ca3b_harvest_menu() -> str:
    """Return the address of the board, '' for who may not see it."""
    if tk.current_user.is_anonymous or not tk.h.check_access("ca3b_harvest_board", {}):
        return ""
    return tk.url_for("ca3b_harvest.board")


def ca3b_harvest_run_state(run: dict[str, Any]) -> dict[str, str]:
    """Return the ``label``, ``icon`` and ``css`` of the state of a run; a plan that is made says so."""
    state = run.get("state") or ""
    planned = state == "done" and run.get("only_plan")
    label = tk._("Plan made, nothing applied") if planned else reports.STATES.get(state, state)
    return {"label": label, **words.look(words.RUNS, state)}


def ca3b_harvest_verdict(row: dict[str, Any]) -> dict[str, str]:
    """Return the ``label``, ``icon`` and ``css`` of what becomes of a record."""
    code = "failed" if row.get("outcome") == "failed" else row.get("verdict") or ""
    return {"label": reports.verdict_label(row), **words.look(words.VERDICTS, code)}


def ca3b_harvest_licence(described: dict[str, Any]) -> str:
    """Return the name of the licence of a dataset of a preview, as its catalogue writes it when it is none we know."""
    known = labels.label("licences", described.get("license_id") or described.get("license") or "")
    return known or described.get("license_as_written") or described.get("license") or ""


def ca3b_harvest_record(dataset: dict[str, Any]) -> dict[str, Any] | None:
    """Return where a dataset was harvested (see ``ca3b_harvest_record_show``), None for one that was not."""
    try:
        return tk.get_action("ca3b_harvest_record_show")(context(), {"dataset_id": dataset["id"]})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None
    except Exception:  # the page of a dataset says all the rest without it
        log.exception("Where the dataset %s comes from cannot be told", dataset.get("id"))
        return None
