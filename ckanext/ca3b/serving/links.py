"""Tables of files kept elsewhere, for the datasets that a catalogue brings in: a copy that nothing holds is served.

Whoever brings them in says when their sites may be asked (:class:`ckanext.ca3b.interfaces.ILinkedFiles`).
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import ckan.plugins.toolkit as tk
from ckan import model
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import files, gate, interfaces, tables, vocabularies
from ckanext.ca3b.fetching import SILENT, FetchError, fetch

from . import config, dictionary, loading, showing, status
from .model import DONE, NONE, RUNNING, now
from .store import replace

log = logging.getLogger(__name__)

#: Formats that hold tables; the others are not fetched for it.
TABULAR = frozenset({"csv", "tsv", "xls", "xlsx", "ods", "json"})


def follow(resource_id: str, *, shown: bool) -> bool:
    """Serve the file behind a link as a table, now, in this process; tell whether its site answered.

    :param shown: False when no table of it is wanted: the one that it has goes.
    """
    with status.lock(resource_id):
        try:
            resource = _link(resource_id) if shown else None
            if resource is None or not gate.is_clear(resource_id):
                _forget(resource_id)
            else:
                _load(resource)
        except FetchError as error:
            # The table that is there is of bytes that were clear: it stays while its site is away.
            return error.code not in SILENT
        except tables.TableError:
            _forget(resource_id)
        except replace.LoadError as error:
            log.warning("The table of the link %s was not replaced: %s", resource_id, error)
            model.Session.rollback()
        except JobTimeoutException:
            model.Session.rollback()
            raise
    return True


def _link(resource_id: str) -> dict[str, Any] | None:
    """Return a link that may lead to a table and whose dataset is published, else None."""
    model.Session.expire_all()
    row = model.Resource.get(resource_id)
    if row is None or row.state != "active" or row.url_type or row.package is None or row.package.state != "active":
        return None
    url = row.url or ""
    if urlsplit(url).scheme not in {"http", "https"}:
        return None
    known = vocabularies.file_types().find(row.format or "")
    declared = known.extensions[0] if known and known.extensions else (row.format or "").lower()
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    if not {declared, name.rsplit(".", 1)[-1].lower()} & TABULAR:
        return None
    return {"id": row.id, "url": url, "name": name or f"{row.id}.{declared}"}


def _load(resource: dict[str, Any]) -> None:
    resource_id = resource["id"]
    with tempfile.TemporaryDirectory(prefix="ca3b-table-") as folder:
        copy = Path(folder) / "file"
        with copy.open("wb") as out:
            fetch(resource["url"], out, config.remote_limits())
        if not interfaces.may_be_shown(copy, resource["name"]):
            _forget(resource_id)
            return
        facts = {"sha256": files.digest_of(copy).sha256, "options": {}, "schema": None, loading.LINK: resource["url"]}
        present = replace.facts_of(resource_id)
        if present == {}:
            return  # a table that is not ours
        if present is None or any(present.get(key) != value for key, value in facts.items()):
            options = tables.ReadOptions(types=dict.fromkeys(dictionary.kept_as_text(resource_id), "text"))
            table = tables.read(copy, name=resource["name"], options=options)
            status.write(resource_id, RUNNING, progress=1, error=None, finished=None)
            replace.replace(resource_id, table, facts=facts, describe=dictionary.describer(resource_id, None))
    if not gate.is_clear(resource_id):  # closed while its rows were copied
        _forget(resource_id)
        return
    showing.show(resource_id)
    replace.index_words(resource_id)
    rows = (replace.facts_of(resource_id) or {}).get("rows")
    status.write(resource_id, DONE, progress=100, rows=rows, sha256=facts["sha256"], error=None, finished=now())


def _forget(resource_id: str) -> None:
    """Leave no table of a link; that of an uploaded file, or of somebody else, is not ours to take away."""
    if not (replace.facts_of(resource_id) or {}).get(loading.LINK):
        return
    with replace.transaction() as cursor:
        replace.drop(cursor, resource_id)
    try:
        showing.hide(resource_id)
    except tk.ObjectNotFound:
        log.info("The file %s is gone, and its table with it", resource_id)
    if status.read(resource_id)["state"] != NONE:
        status.forget(resource_id)
