"""One line on the page of the organisation for a whole run: the activities of each dataset are not written."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model

from .acting import site_user

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckan.types import Context

    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

log = logging.getLogger(__name__)

#: The kind of activity; its template is ``snippets/activities/harvested_catalogue.html``.
HARVESTED = "harvested catalogue"
TOLD = ("added", "changed", "vanished", "archived", "returned")


def register() -> None:
    """Let ckanext-activity know our kind of activity: it has no interface for that."""
    from ckanext.activity.logic import validators  # noqa: PLC0415 - an optional plugin of CKAN

    validators.object_id_validators[HARVESTED] = "group_id_exists"
    validators.VALIDATORS_ORGANIZATION_ACTIVITY_TYPES[HARVESTED] = "group_id_exists"


def activity(source: SourceRow, run: RunRow, counts: Mapping[str, int]) -> bool:
    """Tell the run on the page of the organisation of the source; tell whether there was something to tell."""
    told = {name: counts[name] for name in TOLD if counts.get(name)}
    if not told or not p.plugin_loaded("activity") or model.Group.get(source.owner_org) is None:
        return False
    register()
    data: dict[str, Any] = {
        "source": {"name": source.name, "title": source.title},
        "run": run.id,
        "counts": told,
    }
    try:
        tk.get_action("activity_create")(
            cast("Context", {"user": site_user(), "ignore_auth": True}),
            {"user_id": _author(source, run), "object_id": source.owner_org, "activity_type": HARVESTED, "data": data},
        )
    except (tk.ValidationError, tk.ObjectNotFound):  # the run is done, whatever its line
        log.exception("The run %s could not be told in the activities", run.id)
        model.Session.rollback()
        return False
    return True


def _author(source: SourceRow, run: RunRow) -> str:
    """Return who asked for the run, else who said yes to the source: CKAN hides what the site's account does."""
    named = (run.created_by, source.approved_by, source.created_by)
    return next((one for one in named if one and model.User.get(one)), site_user())
