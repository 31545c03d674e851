"""Documents of many datasets sent to Solr together. CKAN sends one request, and makes one connection, for each."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

from ckan.lib.search import index as ckan_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pysolr


class _Collector:
    """Stands where CKAN's indexing has its connection: keeps what would be sent."""

    url = ""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.removals: list[str] = []

    def add(self, docs: list[dict[str, Any]], **_: Any) -> None:
        """Keep documents."""
        self.documents += docs

    def delete(self, *, q: str, **_: Any) -> None:
        """Keep a removal."""
        self.removals.append(q)


class BatchIndex(ckan_index.PackageSearchIndex):
    """CKAN's own indexing of datasets, whose documents are kept until :func:`send`."""

    def __init__(self) -> None:
        """Begin with nothing to send."""
        super().__init__()
        self.kept = _Collector()
        for name in ("index_package", "delete_package"):
            # The same code with another « make_connection »: a copy, CKAN's functions are left as they are.
            own = _with(getattr(ckan_index.PackageSearchIndex, name), make_connection=lambda: self.kept)
            setattr(self, name, types.MethodType(own, self))


def send(batches: Iterable[BatchIndex], solr: pysolr.Solr) -> None:
    """Send what was kept, in one request for documents and one for each removal, without a commit.

    :raises pysolr.SolrError: Solr refused a document, or did not answer.
    """
    kept = [batch.kept for batch in batches]
    documents = [document for one in kept for document in one.documents]
    if documents:
        solr.add(documents, commit=False)
    for query in [query for one in kept for query in one.removals]:
        solr.delete(q=query, commit=False)


def _with(function: Callable[..., Any], **names: Any) -> types.FunctionType:
    """Return a copy of a function that sees ``names`` in place of those of its module."""
    source: Any = function
    copy = types.FunctionType(
        source.__code__, {**source.__globals__, **names}, source.__name__, source.__defaults__, source.__closure__
    )
    copy.__kwdefaults__ = source.__kwdefaults__
    return copy
