"""The search engine has what was written, in few requests and one commit; what it missed is found again."""

from __future__ import annotations

import inspect
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import logic, model
from ckan.lib import search
from ckan.lib.search import index as ckan_index
from ckan.lib.search.common import make_connection

from ckanext.ca3b.harvesting import writing
from ckanext.ca3b.harvesting.store import records
from ckanext.ca3b.harvesting.writing.batch_index import BatchIndex

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def datasets(source, work) -> list[str]:
    """Three datasets that the search engine does not know yet."""
    return [one.dataset_id for one in writing.apply(source, [work(f"cherche-{n}") for n in range(3)])]


def found(dataset_ids: list[str]) -> set[str]:
    query = "id:(" + " OR ".join(dataset_ids) + ")"
    return {one["id"] for one in make_connection().search("*:*", fq=query, fl="id", rows=100)}


def test_written_datasets_are_found_once_indexed(source, datasets):
    assert found(datasets) == set()
    assert sorted(records.late(source.id)) == sorted(datasets)
    assert writing.index(datasets) == datasets
    assert found(datasets) == set(datasets)
    assert records.late(source.id) == []
    results = tk.get_action("package_search")({}, {"q": "points de collecte", "fq": "organization:viriat", "rows": 100})
    assert set(datasets) <= {one["id"] for one in results["results"]}


def test_what_the_search_engine_gets_is_what_ckan_would_send(datasets, monkeypatch):
    sent: list[dict[str, Any]] = []

    class Connection:
        url = ""

        def add(self, docs, **_):
            sent.extend(docs)

    both = logic.package_show_default_and_custom_schemas({"ignore_auth": True}, datasets[0])
    document = {**both[0], "with_custom_schema": both[1]}
    batch = BatchIndex()
    batch.update_dict(document)
    ours = batch.kept.documents
    monkeypatch.setattr(ckan_index, "make_connection", Connection)
    ckan_index.PackageSearchIndex().update_dict(document)
    assert ours == sent
    assert len(sent) == 1


def test_without_the_search_engine_everything_waits_for_the_next_run(source, datasets, monkeypatch):
    monkeypatch.setitem(tk.config, "solr_url", "http://127.0.0.1:9/solr/nobody")
    assert writing.index(datasets) == []
    assert sorted(records.late(source.id)) == sorted(datasets)
    monkeypatch.undo()
    assert writing.index(records.late(source.id))
    assert found(datasets) == set(datasets)


def test_a_document_that_solr_refuses_costs_no_other(source, work, monkeypatch):
    works = [work(f"refus-{n}") for n in range(3)]
    datasets = [one.dataset_id for one in writing.apply(source, works)]
    own = BatchIndex.update_dict

    def spoilt(self, data, defer_commit=False):
        if data["id"] == datasets[1]:
            data = {**data, "metadata_created": "hier"}
        own(self, data, defer_commit)

    monkeypatch.setattr(BatchIndex, "update_dict", spoilt)
    assert set(writing.index(datasets)) == {datasets[0], datasets[2]}
    assert records.late(source.id) == [datasets[1]]
    assert found(datasets) == {datasets[0], datasets[2]}


def test_an_archived_dataset_leaves_the_search(source, work, datasets):
    writing.index(datasets)
    away = work("cherche-0", "archived", gone=True)
    list(writing.apply(source, [away]))
    assert writing.index([away.dataset_id]) == [away.dataset_id]
    results = tk.get_action("package_search")({}, {"fq": f"id:{away.dataset_id}"})
    assert results["count"] == 0


def test_a_dataset_purged_meanwhile_stops_nothing(source, datasets):
    tk.get_action("dataset_purge")({"ignore_auth": True, "user": "agent-viriat"}, {"id": datasets[1]})
    model.Session.remove()
    assert set(writing.index(datasets)) == set(datasets)
    assert found(datasets) == {datasets[0], datasets[2]}


def test_ckan_still_sends_one_request_for_each_dataset():
    """When this fails, CKAN indexes in batches: see whether :mod:`batch_index` is still needed."""
    assert not hasattr(search, "index_packages")
    assert "docs=[pkg_dict]" in _source(ckan_index.PackageSearchIndex.index_package)


def _source(function: Any) -> str:
    return inspect.getsource(function)
