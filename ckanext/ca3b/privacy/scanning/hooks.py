"""Every way by which CKAN takes a file in: closed before its bytes are stored, scanned once they are.

Both actions of datasets are chained rather than the hooks of resources, which ``package_revise``, ``package_update``
and ``package_create`` never call. This plugin comes first in the configuration: what the others do is done then.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import field, frozen
from ckan import model

from ckanext.ca3b import files
from ckanext.ca3b.privacy import resources
from ckanext.ca3b.privacy.gate import announcing, arrivals

from . import jobs, remote

if TYPE_CHECKING:
    from ckan.types import Action, Context

log = logging.getLogger(__name__)


@frozen
class Incoming:
    """What comes with a dataset: the places of the files sent, the arrivals by resource, the links known before."""

    sent: list[int] = field(factory=list)
    arrivals: list[tuple[str, str]] = field(factory=list)
    links: dict[str, str] = field(factory=dict)
    uploads: set[str] = field(factory=set)


@tk.chained_action
def package_create(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Create a dataset; none of its files is open before its scan is clear."""
    return _through(up_func, context, data_dict)


@tk.chained_action
def package_update(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Update a dataset; none of the files that come in is open before its scan is clear."""
    return _through(up_func, context, data_dict)


def get_actions() -> dict[str, Any]:
    """Return the chained actions, for ``IActions``."""
    return {"package_create": package_create, "package_update": package_update}


def _through(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    deferred = bool(context.get("defer_commit"))
    incoming = _prepare(data_dict, followed=not deferred)
    try:
        result = up_func(context, data_dict)
    except BaseException:
        for arrival_id, resource_id in incoming.arrivals:
            arrivals.abandon(arrival_id, resource_id)
        raise
    # Without a commit nobody knows the bytes yet: the files stay closed until « ckan ca3b rgpd scan ».
    return result if deferred else _follow(result, incoming)


def _prepare(data_dict: dict[str, Any], *, followed: bool) -> Incoming:
    """Close what is about to be replaced, and keep to the truth about the bytes that stay.

    ``followed``: what comes in is scanned afterwards, which needs to know what was there before.
    """
    given = data_dict.get("resources")
    listed = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    matters = followed or any(one.get("url_type") == resources.UPLOAD for one in listed)
    known = _known([one["id"] for one in listed if matters and isinstance(one.get("id"), str)])
    incoming = Incoming(
        links={id_: one["url"] for id_, one in known.items() if one["url_type"] != resources.UPLOAD},
        uploads={id_ for id_, one in known.items() if one["url_type"] == resources.UPLOAD},
    )
    for place, resource in enumerate(given if isinstance(given, list) else []):
        if not isinstance(resource, dict):
            continue
        if files.is_upload(resource.get("upload")):
            found = files.digest_of_upload(resource["upload"])
            resource |= {"hash": found.sha256, "hash_algorithm": files.SHA256, "size": found.size}
            incoming.sent.append(place)
            if isinstance(resource.get("id"), str):
                incoming.arrivals.append((arrivals.begin(resource["id"]), resource["id"]))
        elif resource.get("url_type") == resources.UPLOAD:
            _keep(resource, known.get(resource.get("id") or ""))
    return incoming


def _keep(resource: dict[str, Any], stored: dict[str, Any] | None) -> None:
    """Put back the checksum of bytes that do not change: it decides which scan is theirs."""
    if stored and stored["url_type"] == resources.UPLOAD and stored["hash"]:
        resource["hash"] = stored["hash"]
    else:
        resource.pop("hash", None)


def _known(ids: list[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    query = model.Session.query(
        model.Resource.id, model.Resource.url, model.Resource.url_type, model.Resource.hash
    ).filter(model.Resource.id.in_(ids))
    return {id_: {"url": url, "url_type": kind, "hash": hash_} for id_, url, kind, hash_ in query}


def _follow(result: Any, incoming: Incoming) -> Any:
    """Have the files that came in scanned; whatever happens, the upload stays, closed."""
    try:
        stored = _stored(result)
    except Exception:
        log.exception("The files of %s could not be scanned", result if isinstance(result, str) else result["id"])
        model.Session.rollback()
        return result
    for place in incoming.sent:
        try:
            jobs.request(resources.show(stored[place].id))
        except Exception:  # the file is there: its scan can be asked for again
            log.exception("No scan could be begun for a file of %s", stored[place].package_id)
            model.Session.rollback()
    # Only now: until the scan of the new bytes is known, nothing says what they hold.
    for arrival_id, resource_id in incoming.arrivals:
        arrivals.end(arrival_id)
        arrivals.forget_lost(resource_id)
        announcing.announce(resource_id)
    links = [one for one in stored if one.url_type != resources.UPLOAD]
    for one in links:
        if one.id in incoming.uploads:
            announcing.announce(one.id)
    remote.ask([one.id for one in links if incoming.links.get(one.id) != one.url and remote.is_web(one.url)])
    return result


def _stored(result: Any) -> list[Any]:
    package = model.Package.get(result if isinstance(result, str) else result["id"])
    return list(package.resources) if package else []
