"""The actions of ckanext-dcat give what the addresses give."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests.helpers import call_action
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.dcat.outside import CLEAR, HELD, acting


def graph(text):
    return Graph().parse(data=text, format="turtle")


@pytest.fixture
def call(app):
    """Call an action as a visitor, or as somebody."""

    def call(name, user=None, **given):
        with app.flask_app.test_request_context():
            return call_action(name, context=acting(user), **given)

    return call


def test_a_dataset_is_the_same_by_its_address_and_by_the_action(publish, ask, call):
    dataset = publish((CLEAR, "parkings.csv"))
    said = call("dcat_dataset_show", id=dataset["name"], format="ttl")
    assert isomorphic(graph(said), graph(ask(f"/dataset/{dataset['id']}.ttl").data))


def test_the_catalogue_is_the_same_by_its_address_and_by_the_actions(publish, ask, call):
    publish((CLEAR, "parkings.csv"))
    same = graph(ask("/catalog.ttl").data)
    assert isomorphic(graph(call("dcat_catalog_show", format="ttl")), same)
    found = call("dcat_catalog_search", q="aucun_mot_de_ce_genre", format="ttl")
    assert "parkings" not in found.casefold()


def test_nobody_reads_what_is_not_public_but_its_own_people(publish, patch, call, clerk, neighbour):
    dataset = publish((CLEAR, "parkings.csv"), title="Brouillon")
    patch(dataset, private=True)
    for visitor in (None, neighbour):
        with pytest.raises(tk.NotAuthorized):
            call("dcat_dataset_show", visitor, id=dataset["id"], format="ttl")
    assert "Brouillon" in call("dcat_dataset_show", clerk, id=dataset["id"], format="ttl")
    assert "Brouillon" not in call("dcat_catalog_show", clerk, format="ttl")


def test_other_profiles_do_not_lead_to_a_held_file(publish, call):
    dataset = publish((CLEAR, "parkings.csv"), (HELD, "cantine-eleves.csv"))
    for profile in ("euro_dcat_ap_3", "schemaorg", "croissant"):
        assert "download/cantine" not in call("dcat_dataset_show", id=dataset["id"], format="ttl", profiles=[profile])


@pytest.mark.parametrize("given", [{"format": "foo"}, {"page": -1}, {"page": "x"}, {"modified_since": "hier"}])
def test_what_cannot_be_given_is_refused_by_a_sentence(portal, call, given):
    with pytest.raises(tk.ValidationError) as refused:
        call("dcat_catalog_show", **given)
    assert next(iter(refused.value.error_dict.values()))[0].endswith(".")
