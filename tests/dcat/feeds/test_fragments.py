"""Fragments are built once, again when what they are made of changed, and one that fails spoils nothing."""

from __future__ import annotations

import threading

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.ca3b.dcat import graphs
from ckanext.ca3b.dcat.feeds import building, fragments, jobs, reading, selection, store
from ckanext.ca3b.dcat.feeds.model import Fragment

from .conftest import described


def built() -> dict[str, object]:
    """When each fragment was built."""
    with fragments.session() as one:
        return dict(one.execute(sa.select(Fragment.dataset_id, Fragment.built)).all())


def selected() -> list[selection.Selected]:
    return selection.window(selection.Wanted(), None, 100).datasets


@pytest.fixture
def two(publish):
    return [publish("Arbres"), publish("Budget")]


def test_what_did_not_change_is_not_built_again(read, two):
    read("/catalog.ttl")
    before = built()
    assert before.keys() == {one["id"] for one in two}
    for url in ("/catalog.rdf", "/organization/viriat/catalog.jsonld", "/catalog.nt?rows=all"):
        read(url)
    assert built() == before


def test_what_changed_is_built_again_and_nothing_else(read, two, change):
    read("/catalog.ttl")
    before = built()
    change(two[0], notes="Tous les arbres de la commune.")
    assert "Tous les arbres de la commune." in read("/catalog.nt").serialize(format="nt")
    after = built()
    assert after[two[0]["id"]] != before[two[0]["id"]]
    assert after[two[1]["id"]] == before[two[1]["id"]]


def test_a_change_of_its_organisation_is_followed_without_any_hook(read, two, commune, as_clerk):
    read("/catalog.ttl")
    before = built()
    trusted = {**as_clerk, "ignore_auth": True}
    call_action("organization_patch", context=dict(trusted), id=commune["id"], title="Ville de Viriat")
    try:
        read("/catalog.ttl")
        assert all(moment > before[id_] for id_, moment in built().items())
    finally:
        call_action("organization_patch", context=dict(trusted), id=commune["id"], title="Viriat")


def test_a_change_of_the_agglomeration_which_stands_in_for_a_contact_is_followed(read, two):
    operator = {"user": factories.Sysadmin()["name"]}
    siren = tk.config["ckanext.ca3b.epci"]
    agglomeration = factories.Organization(name="agglo-moissonnee", title="Agglo", kind="agglomeration", siren=siren)
    try:
        read("/catalog.ttl")
        before = built()
        changed = {"id": agglomeration["id"], "contact_email": "donnees@agglo.fr"}
        call_action("organization_patch", context=dict(operator), **changed)
        read("/catalog.ttl")
        assert all(moment > before[id_] for id_, moment in built().items())
    finally:
        call_action("organization_purge", context=dict(operator), id=agglomeration["id"])


def test_a_change_of_a_setting_is_told_too(app, two, monkeypatch):
    tag = app.get("/catalog.ttl").headers["ETag"]
    monkeypatch.setitem(tk.config, "ckan.site_title", "Autre portail")
    answer = app.get("/catalog.ttl", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Autre portail" in answer.get_data(as_text=True)


def test_one_dataset_that_cannot_be_described_is_left_out_and_named(read, two, monkeypatch, change):
    describe = graphs.Describer.dataset_graph

    def fail(self, dataset, facts=None):
        if dataset["title"] == "Arbres":
            raise graphs.GraphError(dataset["id"], "Une date ne se lit pas.")
        return describe(self, dataset, facts)

    monkeypatch.setattr(graphs.Describer, "dataset_graph", fail)
    for url in ("/catalog.ttl", "/catalog.jsonld", "/catalog.rdf?rows=all"):
        assert described(read(url)) == {two[1]["id"]}
    (problem,) = store.problems()
    assert (problem.dataset_id, problem.title) == (two[0]["id"], "Arbres")
    assert problem.sentence == "Une date ne se lit pas."
    change(two[0], title="Arbres de Viriat")
    assert described(read("/catalog.ttl")) == {one["id"] for one in two}
    assert store.problems() == []


def test_a_failure_that_nobody_foresaw_is_tried_again_later(read, two, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(graphs.Describer, "dataset_graph", lambda *_: 1 / 0)
        assert described(read("/catalog.ttl")) == set()
        assert len(store.problems()) == 2
    assert described(read("/catalog.ttl")) == set()
    monkeypatch.setattr(fragments, "now", lambda: building.now() + 2 * building.AGAIN)
    assert described(read("/catalog.ttl")) == {one["id"] for one in two}


def test_without_the_search_engine_the_catalogue_goes_out(read, two, monkeypatch):
    def silent(_wanted):
        return {}

    monkeypatch.setattr(reading, "_indexed", silent)
    assert described(read("/catalog.ttl")) == {one["id"] for one in two}


def test_what_is_indexed_is_taken_only_when_it_is_what_the_database_has(two):
    model.Session.query(model.Package).filter_by(id=two[0]["id"]).update(
        {"title": "Platanes", "metadata_modified": sa.func.now() + sa.text("interval '1 second'")}
    )
    model.Session.commit()
    titles = {one["title"] for one in reading.datasets(selected()).values()}
    assert titles == {"Platanes", "Budget"}


def test_what_changes_while_it_is_described_is_not_kept_under_the_old_stamp(two, change, monkeypatch):
    read_once = reading.datasets
    done = []

    def meanwhile(wanted):
        found = read_once(wanted)
        if not done:
            done.append(change(two[0], notes="Changé pendant la lecture."))
        return found

    monkeypatch.setattr(reading, "datasets", meanwhile)
    building.ensure(selected())
    assert "Changé pendant la lecture." in str(store.graph_of(two[0]["id"]).serialize(format="nt"))
    known = fragments.statuses([one["id"] for one in two])
    assert {one.id: one.stamp for one in selected()} == {id_: status.stamp for id_, status in known.items()}


def test_builds_at_the_same_time_do_no_harm(publish):
    for rank in range(6):
        publish(f"Jeu {rank}")
    given = selected()
    ready = building.ensure(given)
    written = fragments.pieces(ready, "nt")
    rows = [
        fragments.Written(one.dataset_id, ready[one.dataset_id], "", one.uri, one.dataset_id, one.services,
                          {"nt": one.text, "ttl": one.text, "xml": one.text, "jsonld": one.text})
        for one in written.values()
    ]  # fmt: skip
    failed: list[Exception] = []

    def write(order):
        try:
            for _ in range(5):
                fragments.write(order)
        except Exception as error:  # noqa: BLE001 - what is looked for
            failed.append(error)

    threads = [threading.Thread(target=write, args=(order,)) for order in (rows, rows[::-1], rows[2:] + rows[:2])]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed
    assert fragments.pieces(ready, "nt") == written


def test_each_fragment_is_measured_when_it_is_built(two, monkeypatch):
    monkeypatch.setattr(fragments, "_scorers", [])
    store.register_scorer(lambda graph, dataset: {"triples": len(graph), "of": str(dataset)})
    store.register_scorer(lambda *_: 1 / 0)
    building.ensure(selected())
    with fragments.session() as one:
        scores = one.execute(sa.select(Fragment.uri, Fragment.score)).all()
    assert len(scores) == 2
    assert all(score["of"] == uri and score["triples"] > 10 for uri, score in scores)


def test_all_is_built_in_advance_by_the_command(two):
    assert list(jobs.everything())[-1] == (2, 2)
    assert fragments.counts() == {"out": 2, "failed": 0, "left": 0}
    before = built()
    assert list(jobs.everything())[-1] == (2, 2)
    assert built() == before


def test_a_change_asks_for_one_job_and_the_job_builds(two, change):
    connect_to_redis().delete("ca3b:catalogue:asked", "ca3b:catalogue:pending")
    for one in two:
        change(one, notes="Autre.")
    assert connect_to_redis().scard("ca3b:catalogue:pending") == 2
    jobs.run()
    assert built().keys() == {one["id"] for one in two}
    assert connect_to_redis().scard("ca3b:catalogue:pending") == 0
