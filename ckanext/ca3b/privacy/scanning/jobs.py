"""Making a scan: at once for a small file, in a background job for a large one, never twice at the same time.

Whatever goes wrong, the file stays closed: it opens by a scan that was finished, or by a signature.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import rq
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import files
from ckanext.ca3b.privacy import config, resources
from ckanext.ca3b.privacy.gate import announcing, arrivals
from ckanext.ca3b.privacy.model import FAILED, UNREADABLE, WAITING
from ckanext.ca3b.rgpd import PolicyError
from ckanext.ca3b.tables import TableError

from . import examine, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ckanext.ca3b.privacy.model import Scan

log = logging.getLogger(__name__)

#: Sent with the id of a resource and ``scan`` (a dictionary) each time a scan of it ends.
scan_done = tk.signals.ckanext.signal("ca3b:scan_done")

# A file that kills its worker each time must not be tried for ever.
ATTEMPTS = 3


def request(resource: dict[str, Any], *, background: bool = False) -> Scan | None:
    """Have the present bytes of an uploaded resource scanned by the policy in force; return what is known of it now.

    :param resource: ``id, package_id, url, url_type, hash, size``.
    :param background: in a job whatever the size.
    :returns: None when the policy cannot be read: nothing can be scanned, and the file stays closed.
    """
    try:
        version = examine.policy().version
    except PolicyError:
        log.exception("No file can be scanned: the policy cannot be read")
        return None
    facts = {
        "resource_id": resource["id"],
        "package_id": resource["package_id"],
        "sha256": resource["hash"],
        "size": resource["size"] or 0,
        "filename": files.file_name(resource),
        "remote": False,
    }
    return start(store.ask(facts, version, examine.ENGINE), background=background)


def start(scan: Scan, *, background: bool = False) -> Scan:
    """Make a scan, or have it made; return what is known of it now."""
    if store.is_settled(scan):
        announcing.announce(scan.resource_id)
    elif scan.size <= config.inline_size() and not background:
        run(scan.id)
    elif (scan.state == WAITING and not scan.attempts) or store.is_lost(scan):
        _enqueue(scan)
    return store.get(scan.id) or scan


def run(scan_id: str) -> None:
    """Make one scan. This is the job; it does nothing when another process is at it or when it is done."""
    with store.lock(scan_id) as mine:
        scan = store.take(scan_id) if mine else None
        if scan is None:
            return
        gave_up = scan.attempts > ATTEMPTS
        done = store.fail(scan_id, FAILED, "interrupted", _INTERRUPTED) if gave_up else _made(scan)
    if done is not None:
        settle(done)


def settle(scan: Scan) -> None:
    """Make the end of a scan known."""
    arrivals.forget_lost(scan.resource_id)
    announcing.announce(scan.resource_id)
    for receiver in scan_done.receivers_for(scan.resource_id):
        try:
            receiver(scan.resource_id, scan=scan.as_dict())
        except Exception:  # whoever listens undoes neither a scan nor what others do of it
            log.exception("A listener failed on the scan of the file %s", scan.resource_id)


def _enqueue(scan: Scan) -> None:
    store.touch(scan.id)
    limits: dict[str, Any] = {"timeout": config.job_timeout(), "retry": rq.Retry(max=ATTEMPTS - 1)}
    try:
        tk.enqueue_job(run, [scan.id], title=f"Examen du fichier {scan.resource_id}", rq_kwargs=limits)
    except RedisError:
        # The scan stays waiting, the file closed; both are taken up again when it is asked for again.
        log.exception("The scan %s could not be put in the queue", scan.id)


def _made(scan: Scan) -> Scan | None:
    """Scan the file and write what was found, whatever happens."""
    state = FAILED
    try:
        with _copy(scan) as path:
            return store.finish(scan.id, examine.examine(path, scan.filename))
    except TableError as error:
        state, code, message = UNREADABLE, error.code, error.message
    except _ReplacedError:
        code, message = "replaced", _REPLACED
    except (files.MissingFileError, tk.ObjectNotFound):
        code, message = "missing", _MISSING
    except PolicyError as error:
        code, message = "policy", str(error)
    except JobTimeoutException:
        code, message = "too-long", _TOO_LONG
    except MemoryError:
        code, message = "too-big", _TOO_BIG
    except Exception:  # a defect of ours is told in French, never as a traceback
        log.exception("The scan %s of the file %s failed", scan.id, scan.resource_id)
        code, message = "internal", _INTERNAL
    return store.fail(scan.id, state, code, message)


class _ReplacedError(Exception):
    """The bytes are no longer those of the scan."""


@contextlib.contextmanager
def _copy(scan: Scan) -> Iterator[Path]:
    """Give the bytes of a scan, and no others, even if they are replaced meanwhile."""
    with files.local_copy(resources.show(scan.resource_id)) as path:
        seen = files.fingerprint(path)
        if files.digest_of(path).sha256 != scan.sha256:
            raise _ReplacedError
        yield path
        if files.fingerprint(path) != seen:
            raise _ReplacedError


_MISSING = "Le fichier n’est plus là où le portail le garde. Déposez-le de nouveau."
_REPLACED = "Le fichier a été remplacé pendant son examen : c’est le nouveau qui compte."
_TOO_LONG = (
    "L’examen du fichier a pris trop de temps et a été arrêté. Découpez-le en plusieurs fichiers, "
    "ou demandez aux responsables du portail d’allonger la durée permise."
)
_TOO_BIG = "Le fichier est trop gros pour la mémoire du portail. Découpez-le en plusieurs fichiers."
_INTERRUPTED = (
    "L’examen du fichier s’est interrompu plusieurs fois. Vérifiez qu’il s’ouvre dans un tableur, "
    "enregistrez-le en CSV et déposez-le de nouveau."
)
_INTERNAL = "Le portail n’a pas su examiner ce fichier : le problème vient de nous. Ses responsables en ont la trace."
