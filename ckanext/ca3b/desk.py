"""The desk of a clerk: what is to be done first, then the datasets of the commune, then who did what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.ca3b import dataset_page

# A producer's datasets are read in one search; above this number the page points to the full list.
ROWS = 200
ACTIVITIES = 10


def desk() -> Any:
    """Show the desk of the signed-in user, or ask to sign in."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("ca3b.desk"))
    organizations = publishers()
    found = _datasets(organizations)
    return tk.render(
        "ca3b/desk.html",
        {
            "organizations": organizations,
            "todo": [*closed(found["results"]), *to_correct(found["results"]), *todo(found["results"])],
            "datasets": found["results"],
            "count": found["count"],
            "activities": _activities(organizations),
        },
    )


def publish() -> Any:
    """Lead to the full form of a dataset, for the clerk's own producer when there is only one."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("ca3b.publish"))
    organizations = publishers()
    if not organizations:
        tk.h.flash_error(tk._("Your account may not publish yet: ask the people in charge of the portal."))
        return tk.redirect_to("ca3b.desk")
    chosen = {"group": organizations[0]["id"]} if len(organizations) == 1 else {}
    return tk.redirect_to("dataset.new", **chosen)


def publishers() -> list[dict[str, Any]]:
    """Return the producers for which the signed-in user may publish, by title."""
    return tk.get_action("organization_list_for_user")(_context(), {"permission": "create_dataset"})


def todo(datasets: list[dict[str, Any]], today: dt.date | None = None) -> list[dict[str, Any]]:
    """Return what waits for the clerk, worst first: ``{dataset, kind, words, days}``.

    ``kind`` is ``late`` (oldest promise broken first), ``empty`` (no file) or ``draft``.
    """
    today = today or dt.datetime.now(dt.UTC).date()
    found: list[dict[str, Any]] = []
    for dataset in datasets:
        rhythm = dataset_page.rhythm(dataset, today)
        if (dataset.get("state") or "").startswith("draft"):
            found.append(
                {"dataset": dataset, "kind": "draft", "days": 0, "words": tk._("Draft to finish or to delete")}
            )
        elif not dataset.get("resources"):
            found.append({"dataset": dataset, "kind": "empty", "days": 0, "words": tk._("No file yet")})
        elif rhythm["state"] == "late":
            days = (today - rhythm["due"]).days
            words = tk.ungettext("Update late by {days} day", "Update late by {days} days", days).format(days=days)
            found.append({"dataset": dataset, "kind": "late", "days": days, "words": words})
    rank = ("late", "empty", "draft")
    return sorted(found, key=lambda one: (rank.index(one["kind"]), -one["days"]))


def to_correct(datasets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the published files whose report asks for corrections, as :func:`todo` does, with their ``url``."""
    if not p.plugin_loaded("ca3b_checks"):
        return []
    by_id = {one["id"]: one for one in datasets if not (one.get("state") or "").startswith("draft")}
    found = tk.get_action("ca3b_report_todo")(_context(), {"package_ids": list(by_id)})
    return [
        {
            "dataset": by_id[one["package_id"]],
            "kind": "fix",
            "days": 0,
            "words": _correction(one),
            "url": tk.url_for("ca3b_checks.page", resource_id=one["resource_id"]),
        }
        for one in found
    ]


def closed(datasets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the files that personal data keeps closed, as :func:`todo` does, with their ``url``."""
    if not p.plugin_loaded("ca3b_rgpd"):
        return []
    by_id = {one["id"]: one for one in datasets}
    found = tk.get_action("ca3b_privacy_todo")(_context(), {"package_ids": list(by_id)})
    return [
        {
            "dataset": by_id[one["package_id"]],
            "kind": "fix",
            "days": 0,
            "words": tk._("Personal data: {state}").format(state=one["words"]),
            "url": tk.url_for("ca3b_rgpd_clerk.page", resource_id=one["resource_id"]),
        }
        for one in found
    ]


def _correction(report: dict[str, Any]) -> str:
    if report["state"] != "done":
        return tk._("To be corrected: unreadable file")
    count = report["error_count"]
    words = tk.ungettext("To be corrected: {number} point", "To be corrected: {number} points", count)
    return words.format(number=tk.h.ca3b_number(count))


def _datasets(organizations: list[dict[str, Any]]) -> dict[str, Any]:
    if not organizations:
        return {"count": 0, "results": []}
    names = " OR ".join(f'"{one["id"]}"' for one in organizations)
    return tk.get_action("package_search")(
        _context(),
        {
            "fq": f"+dataset_type:dataset +owner_org:({names})",
            "include_private": True,
            "include_drafts": True,
            "rows": ROWS,
            "sort": "metadata_modified desc",
        },
    )


def _activities(organizations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last changes in the producer of the clerk; several producers have their own pages for that."""
    if len(organizations) != 1 or not p.plugin_loaded("activity"):
        return []
    return tk.get_action("organization_activity_list")(_context(), {"id": organizations[0]["id"], "limit": ACTIVITIES})


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
