"""The search engine follows what was written: in batches, with one commit; what it misses is found again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

import ckan.plugins.toolkit as tk
import pysolr
from ckan import logic, model
from ckan.lib import search

from ckanext.ca3b.harvesting.store import records

from .applying import NOBODY
from .batch_index import BatchIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckan.types import Context

log = logging.getLogger(__name__)

BATCH = 50
#: Solr does not answer, or answers that it cannot.
GONE = (pysolr.SolrError, search.SearchError, OSError)


def index(dataset_ids: Iterable[str]) -> list[str]:
    """Have the search engine know datasets as they are now; return those that it has, and write it in their records.

    One commit for all. When Solr goes in the middle, none that it did not commit is said indexed; a dataset that
    cannot be described does not stop the others.
    """
    wanted = list(dict.fromkeys(dataset_ids))
    sent: list[str] = []
    try:
        for start in range(0, len(wanted), BATCH):
            sent += _send(wanted[start : start + BATCH])
            model.Session.remove()
        if sent and tk.config.get("ckan.search.solr_commit"):
            search.commit()
    except GONE:
        log.exception("The search engine could not follow: the next run will ask it again")
        return []
    records.set_indexed(sent)
    return sent


def _send(dataset_ids: list[str]) -> list[str]:
    """Send some datasets together, one by one when Solr refuses one of them; return those sent."""
    batch = BatchIndex()
    described = [one for one in dataset_ids if _describe(one, batch)]
    try:
        batch.send()
    except pysolr.SolrError:
        if len(described) == 1:
            _answers()
            log.exception("The search engine refused the dataset %s", described[0])
            return []
        return [sent for one in described for sent in _send([one])]
    return described


def _describe(dataset_id: str, batch: BatchIndex) -> bool:
    try:
        both = logic.package_show_default_and_custom_schemas(_context(), dataset_id)
        batch.update_dict({**both[0], "with_custom_schema": both[1]}, defer_commit=True)
    except tk.ObjectNotFound:  # purged meanwhile: CKAN took it out of the index
        return True
    except (*GONE, *NOBODY):
        raise
    except Exception:  # what one dataset holds is not the fault of the others
        log.exception("The dataset %s could not be described to the search engine", dataset_id)
        model.Session.rollback()
        return False
    return True


def _answers() -> None:
    """Raise what Solr says when it does not answer at all."""
    search.make_connection().search("*:*", rows=0)


def _context() -> Context:
    return cast("Context", {"ignore_auth": True, "session": model.Session, "user": ""})
