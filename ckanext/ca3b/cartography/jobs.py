"""Having maps made in the queue of CKAN's workers, never twice at the same time, and taken away with their files."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import rq
from redis.exceptions import RedisError

from ckanext.ca3b import files, gate, interfaces
from ckanext.ca3b.fetching import SILENT

from . import building, config, derived, formats, links, resources, showing, store
from .model import DONE, ENGINE, FAILED, NOT_A_MAP, WAITING, WORKING, now

if TYPE_CHECKING:
    from .model import Map

log = logging.getLogger(__name__)

# A file that kills its worker each time must not be tried for ever.
ATTEMPTS = 3
# A map that tells nothing for so many seconds may have lost its worker.
_QUIET = 120


def follow(resource_id: str) -> None:
    """Make the maps of a resource what they must be: asked for when it is open, gone when it is not.

    Called for whatever happens to the file, its dataset or the gate; a call too many changes nothing.
    """
    try:
        resource = resources.show(resource_id)
    except tk.ObjectNotFound:
        forget(resource_id)
        return
    if not is_drawn(resource):
        if store.of(resource_id):
            forget(resource_id)
            showing.hide(resource_id)
    elif not gate.is_open(resource_id):
        _leave_closed(resource_id)
    elif resource["published"]:
        if links.is_link(resource):
            # What is behind the new address may be anything: nothing of the one before stands for it.
            _forget_others(resource)
            if interfaces.is_paced(resource_id):
                return  # whoever brought it in says when its site may be asked
        try:
            ask(resource)
        except files.MissingFileError:
            log.warning("The file of the resource %s is missing: it has no map", resource_id)


def follow_link(resource_id: str, *, shown: bool) -> bool:
    """Draw the file behind a link again, now, in this process; tell whether its site answered.

    :param shown: False when no map of it is wanted: the one that it has goes.
    """
    follow(resource_id)
    try:
        resource = resources.show(resource_id)
    except tk.ObjectNotFound:
        return True
    if not shown and store.of(resource_id):
        forget(resource_id)
        showing.hide(resource_id)
    if not shown or not links.is_link(resource) or not is_drawn(resource):
        return True
    if not resource["published"] or not gate.is_open(resource_id):
        return True
    found = store.ask(resource["id"], resource["package_id"], resources.sha256(resource), again=True)
    run(found.id)
    drawn = store.get(found.id)
    return drawn is None or (drawn.error or {}).get("code") not in SILENT


def is_drawn(resource: dict[str, Any]) -> bool:
    """Tell whether drawing a resource is worth the try: a file of the portal, or a link that leads to a map."""
    if resource["url_type"] == "upload":
        return formats.may_be_drawn(resource)
    return links.kind(resource) is not None


def ask(resource: dict[str, Any], *, preview: bool = False, again: bool = False) -> Map:
    """Have the present bytes of an uploaded file drawn; return what is known of their map now.

    :param preview: for those who may replace it, while it is not open.
    :param again: draw it once more.
    :raises ckanext.ca3b.files.MissingFileError: the storage does not have the file.
    """
    found = store.ask(resource["id"], resource["package_id"], resources.sha256(resource), preview=preview, again=again)
    if store.is_settled(found):
        if found.state == DONE:
            _only(found)
            showing.show(found.resource_id)
        return found
    if links.is_link(resource) or formats.is_geographic(resource):
        showing.show(found.resource_id)
    if (found.state == WAITING and not found.stage) or store.is_lost(found):
        _enqueue(found)
    return store.get(found.id) or found


def run(map_id: str) -> None:
    """Make one map. This is the job; it does nothing when another process is at it or when it is done."""
    with store.lock(map_id) as mine:
        found = store.take(map_id) if mine else None
        if found is None:
            return
        derived.remove(_abandoned(found))
        if found.attempts > ATTEMPTS:
            derived.remove(store.fail(map_id, FAILED, "interrupted", building.INTERRUPTED))
        else:
            building.build(found)
    settle(map_id, found.resource_id)


def revive(found: Map) -> None:
    """Put a map whose worker died in the queue again; asked while somebody waits for it, so at little cost."""
    quiet = (now() - found.updated).total_seconds()
    if found.state in WORKING and quiet > _QUIET and store.is_lost(found):
        _enqueue(found)


def settle(map_id: str, resource_id: str) -> None:
    """Do what follows the end of a map: it replaces those of other bytes, and has its view."""
    found = store.get(map_id)
    if found is None or not store.is_settled(found):
        follow(resource_id)
        return
    try:
        present = resources.sha256(resources.show(resource_id))
    except (tk.ObjectNotFound, files.MissingFileError):
        forget(resource_id)
        return
    if present != found.sha256:
        discard(found)
        return
    _only(found)
    # What is no map leaves no view; what failed tells why where the map would be.
    (showing.hide if found.state == NOT_A_MAP else showing.show)(resource_id)


def forget(resource_id: str) -> None:
    """Delete the maps of a resource and their files."""
    discard(*store.of(resource_id))


def discard(*maps: Map) -> None:
    """Delete maps and their files."""
    if maps:
        derived.remove(store.delete(*maps))


def _enqueue(found: Map) -> None:
    store.write(found.id, stage="queued")
    limits: dict[str, Any] = {"timeout": config.job_timeout(), "retry": rq.Retry(max=ATTEMPTS - 1)}
    title = f"Carte du fichier {found.resource_id}"
    try:
        tk.enqueue_job(run, [found.id], title=title, queue=config.queue(), rq_kwargs=limits)
    except RedisError:
        # The map stays waiting, and is put in the queue when it is asked for again.
        store.write(found.id, stage="")
        log.exception("The map %s could not be put in the queue", found.id)


def _forget_others(resource: dict[str, Any]) -> None:
    """Leave no map of another address than the present one of a link."""
    present = resources.sha256(resource)
    discard(*(one for one in store.of(resource["id"]) if one.sha256 != present))


def _leave_closed(resource_id: str) -> None:
    """Leave no map of bytes that are not open; that of clear bytes stays while the next ones are examined."""
    waiting = gate.is_waiting(resource_id)
    closed = [one for one in store.of(resource_id) if not (waiting and gate.is_open(resource_id, one.sha256))]
    discard(*closed)


def _only(found: Map) -> None:
    """Leave only this map to its resource: those of other bytes and of older engines are replaced."""
    others = [one for one in store.of(found.resource_id) if one.id != found.id and one.engine <= ENGINE]
    discard(*others)


def _abandoned(found: Map) -> list[str]:
    """Forget what a job that was stopped had put in the storage; return where."""
    kept = set(store.locations(found))
    gone = [one for one in found.staged if one not in kept]
    store.write(found.id, staged=[])
    return gone
