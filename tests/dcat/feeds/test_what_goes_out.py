"""Only what is public and cleared at the moment of the request goes out, whatever the address and the format."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.ca3b.dcat.feeds import fragments, jobs, selection, store, writing
from ckanext.ca3b.dcat.scope import Scope

from .conftest import described
from .test_addresses import ENVIRONMENT, HVD

SECRET = "Zygomatique"
FIELDS: dict[str, Any] = {
    "title": SECRET, "notes": SECRET, "theme": [ENVIRONMENT], "hvd_category": [HVD], "license_id": "lov2",
    "tag_string": SECRET,
}  # fmt: skip


@pytest.fixture
def every_address(app):
    """All the routes of the catalogue, asked about one dataset, in every format, by page and in one pass."""

    def addresses(dataset: dict[str, Any]) -> list[str]:
        found = []
        for rule in app.flask_app.url_map.iter_rules():
            if not rule.endpoint.startswith(("ca3b_feeds.", "dcat.")) or rule.endpoint == "dcat.static":
                continue
            for reference in (dataset["id"], dataset["name"]):
                names = {
                    "ca3b_feeds.organization": "viriat",
                    "ca3b_feeds.theme": "environnement",
                }
                name = names.get(rule.endpoint, "")
                for ending in writing.FORMATS:
                    values = {
                        "reference": reference, "_id": reference, "name": name, "ending": ending, "_format": ending,
                    }  # fmt: skip
                    assert rule.arguments <= values.keys() | {"package_type"}, rule
                    with app.flask_app.test_request_context():
                        _, path = rule.build({key: values[key] for key in rule.arguments & values.keys()}, False)
                    found += [path, f"{path}?{urlencode({'rows': 'all'})}"]
        found += [f"/catalog.ttl?{urlencode({'q': '*:*'})}", "/catalog.ttl?modified_since=2020-01-01"]
        return sorted(set(found))

    return addresses


def private(dataset, publish, change, **_):
    change(dataset, private=True)


def deleted(dataset, delete, **_):
    delete(dataset)


def draft(dataset, change, **_):
    change(dataset, state="draft")


def held(dataset, change, add_held, **_):
    change(dataset, resources=[])
    add_held(dataset)


def withdrawn_without_telling(dataset, **_):
    """What no action tells of: a script that writes to the database."""
    model.Session.query(model.Package).filter_by(id=dataset["id"]).update({"private": True})
    model.Session.commit()


@pytest.mark.parametrize("withdraw", [private, deleted, draft, held, withdrawn_without_telling])
def test_what_is_withdrawn_has_left_every_address_at_once(
    app, publish, change, delete, add_held, every_address, withdraw
):
    dataset = publish(**FIELDS)
    other = publish("Budget", theme=[ENVIRONMENT], hvd_category=[HVD], license_id="lov2")
    addresses = every_address(dataset)
    assert len(addresses) > 60
    assert all(SECRET in app.get(url).get_data(as_text=True) for url in addresses[::5])
    withdraw(dataset, publish=publish, change=change, delete=delete, add_held=add_held)
    for url in addresses:
        answer = app.get(url, expect_errors=True)
        text = answer.get_data(as_text=True)
        assert SECRET not in text, url
        assert dataset["id"] not in text, url
        if url.startswith("/dataset"):
            assert answer.status_code in {404, 410}, url
        else:
            assert other["id"] in text, url
    assert dataset["id"] not in selection.public_ids(Scope())


def test_a_dataset_with_one_held_file_goes_out_without_it(read, publish, add_held):
    dataset = publish("Restauration")
    held = add_held(dataset)
    graph = read(f"/dataset/{dataset['id']}.nt")
    assert described(graph) == {dataset["id"]}
    assert held["id"] not in graph.serialize(format="nt")
    assert "cantine" not in graph.serialize(format="nt")


def test_an_account_gets_no_more_than_a_visitor(app, publish, add_held, clerk):
    dataset = publish("Restauration")
    add_held(dataset)
    hidden = publish("Brouillon", private=True)
    headers = {"Authorization": clerk["token"]}
    for url in ("/catalog.nt", f"/dataset/{dataset['id']}.nt"):
        fragments.purge(None)
        assert app.get(url, headers=headers).get_data() == app.get(url).get_data()
    app.get(f"/dataset/{hidden['id']}.nt", headers=headers, status=404)


def test_who_left_is_remembered_without_its_title(app, publish, change):
    dataset = publish("Fuite", identifier="urn:viriat:42")
    app.get("/catalog.ttl")
    change(dataset, private=True)
    app.get(f"/dataset/{dataset['id']}.ttl", status=410)
    (gone,) = store.departed()
    assert (gone.dataset_id, gone.identifier) == (dataset["id"], "urn:viriat:42")
    assert gone.uri.endswith(dataset["id"])
    assert "Fuite" not in str(gone)
    assert store.graph_of(dataset["id"]) is None
    change(dataset, private=False)
    assert dataset["id"] in app.get("/catalog.nt").get_data(as_text=True)
    assert store.departed() == []


def test_what_was_never_out_is_not_told_as_gone(app, publish, delete):
    dataset = publish("Brouillon", private=True)
    delete(dataset)
    app.get(f"/dataset/{dataset['id']}.ttl", status=404)
    assert store.departed() == []


def test_the_closing_of_a_file_withdraws_it_by_the_job_too(app, publish, change, add_held):
    dataset = publish("Restauration")
    app.get("/catalog.ttl")
    change(dataset, resources=[])
    add_held(dataset)
    jobs.look([dataset["id"]])
    assert [one.dataset_id for one in store.departed()] == [dataset["id"]]


def test_an_organisation_that_is_deleted_has_no_feed(app, commune, portal, as_clerk):
    app.get("/organization/viriat/catalog.ttl", status=200)
    trusted = {**as_clerk, "ignore_auth": True}
    call_action("organization_patch", context=dict(trusted), id=commune["id"], state="deleted")
    try:
        app.get("/organization/viriat/catalog.ttl", status=404)
    finally:
        call_action("organization_patch", context=dict(trusted), id=commune["id"], state="active")
