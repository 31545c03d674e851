"""The file of a resource becomes its table: this is the job."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import files, gate, tables

from . import dictionary, showing, status
from .model import DONE, FAILED, NONE, RUNNING, now
from .store import replace
from .store.replace import LoadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)

#: The fact that tells, of a table, the address of the file kept elsewhere of which it is a copy.
LINK = "link"
# Reading the types, then copying, then checking and indexing: what each is worth of a hundred.
_READ, _COPIED, _SERVED = 15, 85, 92
_TELL_EVERY = 1.0

MISSING = "Le fichier n’est plus là où le portail le garde. Déposez-le de nouveau."
TOO_LONG = "Le chargement du tableau a pris trop de temps et a été arrêté ; le précédent reste en place."
INTERNAL = "Le portail n’a pas su charger ce tableau. Les responsables du portail en ont la trace."


def load(resource_id: str) -> None:
    """Load the present bytes of a resource, unless its table already holds them.

    Whatever the order of the jobs, each loads the bytes that are there when its turn comes: the newest win. A file
    that is not a table leaves none: the table of replaced bytes would pass for the present ones.
    """
    with status.lock(resource_id):
        try:
            _load(resource_id)
        except tables.TableError as error:
            _remove(resource_id)
            status.write(resource_id, NONE, progress=0, rows=None, sha256=None, error=error.message, finished=now())
        except (files.MissingFileError, tk.ObjectNotFound):
            _fail(resource_id, MISSING)
        except LoadError as error:
            log.warning("The table of %s was not replaced: %s", resource_id, error, exc_info=True)
            _fail(resource_id, str(error))
        except JobTimeoutException:
            _fail(resource_id, TOO_LONG)
        except Exception:  # a defect of ours is told in French, never as a traceback
            log.exception("The table of %s was not loaded", resource_id)
            _fail(resource_id, INTERNAL)


def unload(resource_id: str) -> None:
    """Remove the table of a resource."""
    with status.lock(resource_id):
        _remove(resource_id)
        status.forget(resource_id)


def follow_gate(resource_id: str) -> None:
    """Remove the table of a file whose bytes are not open any more. This is a job too."""
    with status.lock(resource_id):
        _leave_closed(resource_id)


def _leave_closed(resource_id: str) -> None:
    """Leave no table of a file that is not open; one of clear bytes stays while the next ones are examined."""
    present = replace.facts_of(resource_id)
    if present is None:
        status.forget(resource_id)
        return
    if present.get(LINK):
        if not gate.is_clear(resource_id):
            _remove(resource_id)
            status.forget(resource_id)
        return
    clear = gate.is_open(resource_id, present.get("sha256"))
    wanted = clear and (gate.is_open(resource_id) or gate.is_waiting(resource_id))
    if present and not wanted:  # {} is a table that is not ours
        _remove(resource_id)
        status.forget(resource_id)


def _load(resource_id: str) -> None:
    model.Session.expire_all()
    resource = tk.get_action("resource_show")({"ignore_auth": True}, {"id": resource_id})
    if resource.get("url_type") != "upload":
        if replace.facts_of(resource_id):  # a link in place of the file whose table we made
            _remove(resource_id)
        status.forget(resource_id)
        return
    package = model.Package.get(resource["package_id"])
    if package is None or package.state != "active":
        status.forget(resource_id)
        return
    if not gate.is_open(resource_id):
        _leave_closed(resource_id)
        return  # its opening will bring us back
    report = report_of(resource_id)
    if report and report["state"] in {"waiting", "running"}:
        return  # its end will bring us back
    if report and report["state"] == "unreadable":
        error = report["error"] or {}
        raise tables.TableError(error.get("code", "unreadable"), error.get("message", ""))
    options, schema = (report["options"] or {}, report["schema"]) if report else ({}, None)
    with files.local_copy(resource) as path:
        sha256 = files.digest_of(path).sha256
        if not gate.is_open(resource_id, sha256):
            _leave_closed(resource_id)
            return
        facts = {"sha256": sha256, "options": options, "schema": schema}
        present = replace.facts_of(resource_id)
        if not present or any(present.get(key) != value for key, value in facts.items()):
            status.write(resource_id, RUNNING, progress=1, error=None, finished=None)
            table = _read(path, resource, options, dictionary.texts_of(schema))
            tell = _teller(resource_id, table.rows)
            describe = dictionary.describer(resource_id, schema)
            replace.replace(resource_id, table, facts=facts, describe=describe, progress=tell)
    if not gate.is_open(resource_id, sha256):  # closed while its rows were copied
        _leave_closed(resource_id)
        return
    status.progress(resource_id, _SERVED)
    rows = (replace.facts_of(resource_id) or {}).get("rows")
    showing.show(resource_id)
    replace.index_words(resource_id)
    status.write(resource_id, DONE, progress=100, rows=rows, sha256=sha256, error=None, finished=now())


def _read(path: Any, resource: dict[str, Any], options: dict[str, Any], texts: Iterable[str]) -> tables.Table:
    """Read the file; the columns ``texts`` stay text, unless the publisher said otherwise."""
    name = files.file_name(resource)
    options = {**options, "types": {**dict.fromkeys(texts, "text"), **(options.get("types") or {})}}
    table = tables.read(path, name=name, options=tables.ReadOptions(**options))
    kept = set(dictionary.kept_as_text(resource["id"])) & {column.header for column in table.columns}
    if not kept:
        return table
    types = {column.name: "text" for column in table.columns if column.header in kept}
    types = {**(options.get("types") or {}), **types}
    return tables.read(path, name=name, options=tables.ReadOptions(**{**options, "types": types}))


def report_of(resource_id: str) -> dict[str, Any] | None:
    """Return the report of the present bytes, None when there is none or nobody makes reports."""
    try:
        return tk.get_action("ca3b_report_show")({"ignore_auth": True}, {"resource_id": resource_id})
    except (tk.ObjectNotFound, KeyError):
        return None


def _remove(resource_id: str) -> None:
    with replace.transaction() as cursor:
        replace.drop(cursor, resource_id)
    try:
        showing.hide(resource_id)
    except tk.ObjectNotFound:
        return


def _fail(resource_id: str, message: str) -> None:
    model.Session.rollback()
    status.write(resource_id, FAILED, progress=0, error=message, finished=now())


def _teller(resource_id: str, total: int) -> Callable[[int], None]:
    last = 0.0

    def tell(rows: int) -> None:
        nonlocal last
        moment = time.monotonic()
        if moment - last >= _TELL_EVERY:
            last = moment
            status.progress(resource_id, _READ + (_COPIED - _READ) * rows // max(total, 1))

    return tell
