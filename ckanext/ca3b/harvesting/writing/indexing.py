"""The search engine follows what was written: in batches, with one commit; what it misses is found again."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, cast

import ckan.plugins.toolkit as tk
import pysolr
from ckan import logic, model
from ckan.lib import search
from ckan.lib.search.common import make_connection

from ckanext.ca3b.harvesting.store import records

from . import batch_index, batch_rows, navl
from .applying import NOBODY
from .batch_index import BatchIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from ckan.types import Context

log = logging.getLogger(__name__)

BATCH = 50
#: Solr does not answer, or answers that it cannot.
GONE = (pysolr.SolrError, search.SearchError, OSError)


def index(dataset_ids: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Have the search engine know datasets as they are now; return those that it has, and write it in their records.

    ``taken``: those that were sent to it already (:func:`.beside`), and only wait for the commit. One commit for all.
    When Solr goes in the middle, none that it did not commit is said indexed; a dataset that cannot be described does
    not stop the others. Solr takes a batch while the next one is described.
    """
    there = set(taken)
    asked = list(dict.fromkeys(dataset_ids))
    wanted = [one for one in asked if one not in there]
    sent = [one for one in asked if one in there]
    try:
        for some in sending(wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)):
            sent += some
        if sent and tk.config.get("ckan.search.solr_commit"):
            search.commit()
    except GONE:
        log.exception("The search engine could not follow: the next run will ask it again")
        return []
    records.set_indexed(sent)
    return sent


def sending(batches: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Describe and send datasets batch by batch, without a commit; yield for each batch what Solr took, in order.

    :raises pysolr.SolrError: or another of :data:`GONE`, when Solr does not answer.
    """
    with ThreadPoolExecutor(1) as solr:
        going: Future[list[str]] | None = None
        for batch in batches:
            described = _described(batch)
            model.Session.remove()
            if going:
                yield going.result()
            going = solr.submit(_send, described, make_connection())
        if going:
            yield going.result()


def _described(dataset_ids: Sequence[str]) -> list[tuple[str, BatchIndex]]:
    """Return what is to be sent of each dataset."""
    batches = [(one, BatchIndex()) for one in dataset_ids]
    with batch_rows.known(dataset_ids), navl.once():
        return [(one, batch) for one, batch in batches if _describe(one, batch)]


def _send(described: list[tuple[str, BatchIndex]], solr: pysolr.Solr) -> list[str]:
    """Send datasets together, one by one when Solr refuses one of them; return those sent. Asks nothing of CKAN."""
    try:
        batch_index.send((batch for _, batch in described), solr)
    except pysolr.SolrError:
        solr.search("*:*", rows=0)  # raises when it is not the dataset's fault
        if len(described) == 1:
            log.exception("The search engine refused the dataset %s", described[0][0])
        return [] if len(described) == 1 else [sent for one in described for sent in _send([one], solr)]
    return [one for one, _ in described]


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


def _context() -> Context:
    return cast("Context", {"ignore_auth": True, "session": model.Session, "user": ""})
