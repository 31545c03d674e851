"""A file becomes a table of the DataStore, when it may, and CKAN knows it."""

from __future__ import annotations

import hashlib
import time

import ckan.plugins.toolkit as tk
import pytest
from ckan.lib import jobs, search
from ckan.tests import factories, helpers

from ckanext.ca3b import gate, tables
from ckanext.ca3b.serving import status
from ckanext.ca3b.serving.cli import tables as cli_tables
from ckanext.ca3b.serving.store import columns, feed, replace

from .conftest import CSV, MINIMAL, load, put, rows, sql, sysadmin, table, upload

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


def test_the_status_tells_what_is_in_place(dataset):
    resource = table(dataset)
    found = helpers.call_action(
        "ca3b_table_status", context={"user": "", "ignore_auth": False}, resource_id=resource["id"]
    )
    assert (found["state"], found["progress"], found["rows"], found["error"]) == ("done", 100, 3, None)
    assert found["sha256"] == hashlib.sha256(CSV.encode()).hexdigest()
    assert found["finished"]


def test_ckan_sees_a_table_of_its_own(dataset):
    """Primary key, full-text index and trigger under the names CKAN looks for, rights of readers, count of rows."""
    resource = table(dataset)
    known = {name for (name,) in sql("SELECT indexname FROM pg_indexes WHERE tablename = %s", resource["id"])}
    assert f"{resource['id']}_pkey" in known
    assert len(known) == 2
    assert sql("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", f'"{resource["id"]}"') == [("zfulltext",)]
    assert rows(resource)["total"] == 3
    helpers.call_action(
        "datastore_upsert", resource_id=resource["id"], method="insert", force=True,
        records=[{"nom": "Maternelle du Pré", "code": "01777"}],
    )  # fmt: skip
    assert [one["_id"] for one in rows(resource, q="01777")["records"]] == [4]


def test_the_resource_and_the_search_index_say_that_there_is_a_table(dataset):
    resource = table(dataset)
    assert helpers.call_action("resource_show", id=resource["id"])["datastore_active"] is True
    found = helpers.call_action("package_search", fq=f"id:{dataset['id']}", include_private=True)["results"][0]
    assert {one["id"]: one["datastore_active"] for one in found["resources"]}[resource["id"]] is True
    views = helpers.call_action("resource_view_list", id=resource["id"])
    assert [view["view_type"] for view in views] == ["ca3b_table"]


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_the_search_index_is_updated_once_and_no_change_is_told_of_the_dataset(dataset, monkeypatch):
    resource = upload(dataset)
    indexed = []
    real = search.rebuild
    monkeypatch.setattr(search, "rebuild", lambda package_id: indexed.append(package_id) or real(package_id))
    before = helpers.call_action("package_show", id=dataset["id"])["metadata_modified"]
    load(resource)
    assert indexed == [dataset["id"]]
    assert helpers.call_action("package_show", id=dataset["id"])["metadata_modified"] == before


def test_a_file_that_is_not_a_table_leaves_none(dataset, monkeypatch):
    monkeypatch.setattr(gate, "is_open", lambda *_given: True)
    resource = table(dataset)
    put(resource, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "photo.csv")
    found = load(resource)
    assert found["state"] == "none"
    assert found["error"]
    assert replace.facts_of(resource["id"]) is None
    assert helpers.call_action("resource_show", id=resource["id"])["datastore_active"] is False
    assert helpers.call_action("resource_view_list", id=resource["id"]) == []


def test_a_link_in_place_of_the_file_takes_the_table_away(dataset):
    resource = table(dataset)
    helpers.call_action(
        "resource_patch",
        context=sysadmin(),
        id=resource["id"],
        url="https://example.org/a.csv",
        url_type="",
        clear_upload="true",
    )
    load(resource)
    assert replace.facts_of(resource["id"]) is None


def test_the_table_of_somebody_else_is_left_alone(dataset):
    """A resource that lives in the DataStore alone has no file of ours behind it."""
    made = helpers.call_action(
        "datastore_create",
        context=sysadmin(),
        resource={"package_id": dataset["id"]},
        fields=[{"id": "a", "type": "text"}],
    )
    resource = {"id": made["resource_id"]}
    load(resource)
    assert replace.facts_of(resource["id"]) == {}


def test_a_draft_has_no_table_until_it_is_published(commune):
    draft = factories.Dataset(owner_org=commune["id"], state="draft", **MINIMAL)
    resource = upload(draft)
    assert load(resource)["state"] == "none"
    helpers.call_action("package_patch", context=sysadmin(), id=draft["id"], state="active")
    assert status.read(resource["id"])["state"] == "done"


def test_a_small_table_is_there_when_the_file_is(dataset):
    resource = upload(dataset)
    assert status.read(resource["id"])["state"] == "done"
    assert rows(resource)["total"] == 3
    put(resource, CSV + "École neuve;01053;1;1,00;01/09/2026;non\n")
    assert rows(resource)["total"] == 4


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 17)
def test_a_table_larger_than_that_is_loaded_by_a_job(dataset):
    resource = upload(dataset)
    assert status.read(resource["id"])["state"] == "waiting"
    assert load(resource)["rows"] == 3


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_the_end_of_a_report_asks_for_the_table_of_a_published_file_only(dataset, commune):
    resource = upload(dataset)
    status.forget(resource["id"])
    signal = tk.signals.ckanext.signal("ca3b:report_done")
    signal.send(resource["id"], report={"state": "done", "package_id": dataset["id"]})
    assert status.read(resource["id"])["state"] == "waiting"
    draft = factories.Dataset(owner_org=commune["id"], state="draft", **MINIMAL)
    hidden = upload(draft)
    signal.send(hidden["id"], report={"state": "done", "package_id": draft["id"]})
    assert status.read(hidden["id"])["state"] == "none"


def test_a_worker_does_the_job_that_was_asked(dataset):
    resource = upload(dataset)
    helpers.call_action("ca3b_table_load", resource_id=resource["id"])
    queue = jobs.get_queue()
    job = next(one for one in queue.jobs if one.args == [resource["id"]] and one.func_name.endswith("loading.load"))
    job.perform()
    assert status.read(resource["id"])["state"] == "done"


def test_only_an_editor_may_ask_for_a_table(dataset, clerk):
    resource = upload(dataset)
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action("ca3b_table_load", context={"user": "", "ignore_auth": False}, resource_id=resource["id"])
    found = helpers.call_action(
        "ca3b_table_load", context={"user": clerk["name"], "ignore_auth": False}, resource_id=resource["id"]
    )
    assert found["state"] == "waiting"


def test_the_command_loads_all(cli, dataset):
    resource = upload(dataset)
    result = cli.invoke(cli_tables, ["load", "--all", "--now"])
    assert result.exit_code == 0, result.output
    assert f"{resource['id']} done 3" in result.output
    assert cli.invoke(cli_tables, ["load"]).exit_code == 2


def test_rows_are_fed_in_bounded_memory(tmp_path):
    """The thread that writes ahead stops at a few batches, however slow the database."""
    path = tmp_path / "long.csv"
    path.write_text("a;b\n" + "un;2\n" * 400_000, "utf-8")
    read = tables.read(path)
    with feed.Feed(read, columns.stored(read.columns), set(), lambda _: None) as source:
        source.read(10)
        time.sleep(0.5)
        assert source._ahead.qsize() <= feed.AHEAD
    assert not source._thread.is_alive()
