"""Making a report: at once for a small file, in a background job for a large one, never twice at the same time."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import rq
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import files
from ckanext.ca3b.tables import schemas
from ckanext.ca3b.territory.current import current_or_none

from . import analysis, config, resources, store
from .model import DONE, WAITING

if TYPE_CHECKING:
    from .model import Report

log = logging.getLogger(__name__)

#: Sent with the id of a resource and ``report`` (the dictionary of the actions) each time the report of its present
#: bytes is done or becomes the current one again.
report_done = tk.signals.ckanext.signal("ca3b:report_done")

# A file that kills its worker each time must not be tried for ever.
ATTEMPTS = 3
_TELL_EVERY = 0.7


def start(report: Report) -> Report:
    """Make a report, or have it made; return what is known of it now."""
    if store.is_settled(report):
        settle(report)
    elif report.size <= config.inline_size():
        run(report.id)
    elif (report.state == WAITING and not report.step) or store.is_lost(report):
        _enqueue(report)
    return store.get(report.id) or report


def run(report_id: str) -> None:
    """Make one report. This is the job; it does nothing when another process is at it or when it is done."""
    with store.lock(report_id) as mine:
        report = store.take(report_id) if mine else None
        if report is None:
            return
        gave_up = report.attempts > ATTEMPTS
        done = store.fail(report_id, "interrupted", _INTERRUPTED) if gave_up else _made(report)
    if done is not None:
        settle(done)


def settle(report: Report) -> None:
    """Make what a finished report says known, if its bytes are still those of the resource."""
    try:
        resource = resources.show(report.resource_id)
    except tk.ObjectNotFound:
        return
    latest = store.current(report.resource_id, resource["hash"] or "")
    if latest is None or latest.id != report.id:
        return
    if not resources.write(report.resource_id, report.sha256, fields(report, resource), only_if=report.sha256):
        return
    for receiver in report_done.receivers_for(report.resource_id):
        try:
            receiver(report.resource_id, report=report.as_dict())
        except Exception:  # whoever listens undoes neither a report nor what others do of it
            log.exception("A listener failed on the report of the file %s", report.resource_id)


def fields(report: Report, resource: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a resource that its report decides."""
    valid = report.state == DONE and bool(report.verdict and report.verdict["valid"])
    name = report.schema_name if report.state == DONE else None
    followed = schemas.load(name) if valid and name else None
    return {
        "size": report.size,
        "table_schema": name,
        "conforms_to": resources.conforming(resource.get("conforms_to"), followed),
    }


def _enqueue(report: Report) -> None:
    store.tell(report.id, 0, "En attente de lecture")
    limits: dict[str, Any] = {"timeout": config.job_timeout(), "retry": rq.Retry(max=ATTEMPTS - 1)}
    try:
        tk.enqueue_job(run, [report.id], title=f"Rapport du fichier {report.resource_id}", rq_kwargs=limits)
    except RedisError:
        # The report stays waiting, and is put in the queue when it is asked for again.
        log.exception("The report %s could not be put in the queue", report.id)


def _made(report: Report) -> Report | None:
    """Read the file and write the report, whatever happens."""
    try:
        return store.finish(report.id, _content(report))
    except _ReplacedError:
        code, message = "replaced", _REPLACED
    except (files.MissingFileError, tk.ObjectNotFound):
        code, message = "missing", _MISSING
    except JobTimeoutException:
        code, message = "too-long", _TOO_LONG
    except MemoryError:
        code, message = "too-big", _TOO_BIG
    except Exception:  # a defect of ours is told in French, never as a traceback
        log.exception("The report %s of the file %s failed", report.id, report.resource_id)
        code, message = "internal", _INTERNAL
    return store.fail(report.id, code, message)


class _ReplacedError(Exception):
    """The bytes are no longer those of the report."""


def _content(report: Report) -> dict[str, Any]:
    resource = resources.show(report.resource_id)
    with files.local_copy(resource) as path:
        seen = files.fingerprint(path)
        if files.digest_of(path).sha256 != report.sha256:
            raise _ReplacedError
        content = analysis.analyse(
            path,
            name=report.filename,
            options=report.options,
            schema=report.schema_asked,
            score=config.score(),
            communes=_communes(),
            progress=_teller(report.id),
        )
        if files.fingerprint(path) != seen:
            raise _ReplacedError
    return content


def _communes() -> set[str]:
    territory = current_or_none()
    return set(territory.communes) if territory else set()


def _teller(report_id: str) -> Any:
    last = 0.0

    def tell(percent: int, step: str) -> None:
        nonlocal last
        moment = time.monotonic()
        if moment - last >= _TELL_EVERY:
            last = moment
            store.tell(report_id, percent, step)

    return tell


_MISSING = "Le fichier n’est plus là où le portail le garde. Déposez-le de nouveau."
_REPLACED = "Le fichier a été remplacé pendant sa lecture : c’est le nouveau qui compte."
_TOO_LONG = (
    "La lecture du fichier a pris trop de temps et a été arrêtée. Découpez-le en plusieurs fichiers, "
    "ou demandez aux responsables du portail d’allonger la durée permise."
)
_TOO_BIG = "Le fichier est trop gros pour la mémoire du portail. Découpez-le en plusieurs fichiers."
_INTERRUPTED = (
    "La lecture du fichier s’est interrompue plusieurs fois. Vérifiez qu’il s’ouvre dans un tableur, "
    "enregistrez-le en CSV et déposez-le de nouveau."
)
_INTERNAL = (
    "Le portail n’a pas su lire ce fichier : le problème vient de nous. Les responsables du portail en ont la trace."
)
