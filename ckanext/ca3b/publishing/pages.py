"""What the pages of the assistant show, computed once for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.ca3b import downloads, labels
from ckanext.ca3b.schemas import helpers as schema_helpers
from ckanext.ca3b.tables import schemas

from . import drafts, reports

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Drafts shown under the first page.
DRAFTS = 20


def producers() -> list[dict[str, Any]]:
    """Return the producers for which the signed-in user may publish, by title."""
    return tk.get_action("organization_list_for_user")(_context(), {"permission": "create_dataset"})


def start(allowed: list[dict[str, Any]], problem: str = "") -> str:
    """Render the page that asks for a file."""
    extra = {
        "producers": allowed,
        "drafts": _unfinished(allowed),
        "problem": problem,
        "models": p.plugin_loaded("ca3b_checks"),
        "schema": reports.known_schema(tk.request.values.get("schema", "")),
    }
    return tk.render("ca3b/publishing/start.html", extra)


def draft(
    dataset: Mapping[str, Any],
    report: Mapping[str, Any] | None,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
    problem: str = "",
) -> str:
    """Render the page of a draft: the outcome of each step, then the next one."""
    resource = drafts.first_file(dataset)
    values = {**dataset, **drafts.essentials(dataset, report), **(given or {})}
    extra = {
        **_file(dataset, resource, report),
        "data": values,
        "errors": dict(errors or {}),
        "problem": problem,
        "fields": _fields(values, errors or {}),
        "twin": drafts.twin(dataset, str(values.get("title") or "")),
        "found": _found(report),
    }
    return tk.render("ca3b/publishing/draft.html", extra)


def replace(dataset: dict[str, Any], resource: dict[str, Any], report: dict[str, Any] | None, problem: str = "") -> str:
    """Render the page that replaces a public file and tells what the new one holds."""
    return tk.render("ca3b/publishing/replace.html", {**_file(dataset, resource, report), "problem": problem})


def may_publish(dataset: Mapping[str, Any], report: Mapping[str, Any] | None) -> bool:
    """Tell whether the file of a draft may go public: a table that was read, or a document."""
    resource = drafts.first_file(dataset)
    return resource is not None and reports.state(report, downloads.filename(resource)) in {"table", "document"}


def published_words(dataset: Mapping[str, Any]) -> str:
    """Return what to say of a dataset that has just become public."""
    if dataset.get("private"):
        return tk._("Published for your service. Nobody else sees it.")
    asked = (privacy(one, dataset) for one in dataset.get("resources") or [])
    shut = [found for found in asked if found and found["shut"]]
    if any(found["summary"] for found in shut):
        return tk._("Its page is online. The file stays closed to the public as long as its personal data holds it.")
    if shut:
        return tk._("Its page is online. The file is not open to the public yet: its page says why.")
    return tk._("It is online: everybody can see and download it.")


def privacy(resource: Mapping[str, Any] | None, dataset: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return whether personal data keeps a file closed, in words; None where nobody looks for any."""
    if resource is None or not p.plugin_loaded("ca3b_rgpd"):
        return None
    return tk.h.ca3b_privacy_state(resource, dataset)


def _file(
    dataset: Mapping[str, Any], resource: dict[str, Any] | None, report: Mapping[str, Any] | None
) -> dict[str, Any]:
    state = reports.state(report, downloads.filename(resource)) if resource else "none"
    verdict = (report or {}).get("verdict") or None
    private = privacy(resource, dataset)
    return {
        "dataset": dataset,
        "producer": drafts.producer_title(dataset),
        "resource": resource,
        "file_name": downloads.filename(resource) if resource else "",
        "report": report,
        "state": state,
        "reading": (report or {}).get("reading") if state == "table" else None,
        "verdict": verdict if state == "table" else None,
        "schema": reports.schema_of(report),
        "schemas": schemas.all_schemas(),
        "private": private,
        "steps": _steps(state, verdict, shut=bool(private) and private["shut"]),
    }


def _steps(state: str, verdict: Mapping[str, Any] | None, *, shut: bool = False) -> list[str]:
    """Return the state of each of the five steps: ``done``, ``now``, ``fix`` or ``later``."""
    if state == "none":
        return ["now", "later", "later", "later", "later"]
    if state == "working":
        return ["done", "now", "later", "later", "later"]
    if state in ("unreadable", "failed"):
        return ["done", "fix", "later", "later", "later"]
    wrong = shut or (verdict is not None and not verdict["valid"])
    return ["done", "done", "fix" if wrong else "done", "now", "now"]


def _fields(values: Mapping[str, Any], errors: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the essential fields of the form, without the help that an answer makes useless.

    ``said`` sums up an answer that is seldom changed (themes, usual licence): its control then waits behind.
    """
    wanted = {field["field_name"]: field for field in schema_helpers.dataset_fields()}
    found = []
    for name in (name for name in drafts.ESSENTIAL if name in wanted):
        field = {**wanted[name], "fold": False}
        if values.get(name) and name not in errors:
            field |= {"help_text": "", "said": _said(name, values[name])}
        found.append(field)
    return found


def _said(name: str, value: Any) -> str:
    if name == "theme":
        return ", ".join(labels.label("themes", one) for one in ([value] if isinstance(value, str) else value))
    return labels.licence_words(value)["label"] if name == "license_id" else ""


def _found(report: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the rows say of the period and of the communes."""
    facts = ((report or {}).get("reading") or {}).get("facts") or {}
    return {"period": facts.get("period"), "communes": tk.h.ca3b_commune_names(facts.get("communes") or [])}


def _unfinished(allowed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    owners = " OR ".join(f'"{one["id"]}"' for one in allowed)
    found = tk.get_action("package_search")(
        _context(),
        {
            "fq": f"+dataset_type:dataset +state:draft +owner_org:({owners})",
            "include_private": True,
            "include_drafts": True,
            "rows": DRAFTS,
            "sort": "metadata_modified desc",
        },
    )
    return found["results"]


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
