"""Composed maps: made by those who publish, seen by all once published, layer by layer as each file may be seen."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

ANYBODY = {"user": "", "ignore_auth": False}


@pytest.fixture
def make(commune, as_clerk):
    """Make a map as the clerk."""

    def create(*layers, **fields):
        given = {"title": "S’asseoir à Viriat", "owner_org": commune["id"], "state": "published", **fields}
        return call_action("ca3b_composed_map_create", context=dict(as_clerk), layers=list(layers), **given)

    return create


def layer(resource, **more):
    return {"resource_id": resource["id"], "layer": "0", **more}


def test_a_map_has_an_address_made_from_its_title_that_stays(make, mapped, as_clerk):
    found = make(layer(mapped()))
    assert found["name"] == "s-asseoir-a-viriat"
    again = call_action("ca3b_composed_map_update", context=dict(as_clerk), **{**found, "title": "Autre titre"})
    assert (again["name"], again["title"]) == ("s-asseoir-a-viriat", "Autre titre")


def test_two_maps_of_one_title_have_two_addresses_and_none_is_an_address_of_the_portal(make):
    assert [make()["name"], make()["name"]] == ["s-asseoir-a-viriat", "s-asseoir-a-viriat-2"]
    assert make(title="Nouvelle")["name"] == "nouvelle-2"
    assert make(title="§§§")["name"] == "carte"


def test_layers_keep_their_order_and_what_was_chosen_for_them(make, mapped):
    bancs, arbres = mapped("Bancs"), mapped("Arbres")
    found = make(layer(bancs, opacity="0.4", attribute="places", classes="4"), layer(arbres, visible=False))
    assert [one["resource_title"] for one in found["layers"]] == ["Bancs", "Arbres"]
    first, second = found["layers"]
    assert (first["opacity"], first["attribute"], first["classes"], first["visible"]) == (0.4, "places", 4, True)
    assert second["visible"] is False


def test_a_draft_is_seen_by_its_makers_only(make, mapped, as_clerk, neighbour):
    found = make(layer(mapped()), state="draft")
    assert call_action("ca3b_composed_map_show", context=dict(as_clerk), id=found["name"])["title"]
    for who in (ANYBODY, {"user": neighbour["name"], "ignore_auth": False}):
        with pytest.raises(tk.NotAuthorized):
            call_action("ca3b_composed_map_show", context=dict(who), id=found["name"])
        assert call_action("ca3b_composed_map_list", context=dict(who)) == []


def test_a_layer_whose_file_is_not_open_is_left_out_for_those_who_may_not_see_it(make, mapped, as_clerk):
    found = make(layer(mapped("Bancs")), layer(mapped("Secrets", private=True)))
    assert (len(found["layers"]), found["left_out"]) == (2, 0)
    seen = call_action("ca3b_composed_map_show", context=dict(ANYBODY), id=found["name"])
    assert "Secrets" not in [one["resource_title"] for one in seen["layers"]]
    assert seen["left_out"] >= 1


def test_a_map_that_lost_a_file_still_stands(make, mapped, as_clerk):
    gone, kept = mapped("Bancs"), mapped("Arbres")
    found = make(layer(gone), layer(kept))
    call_action("resource_delete", context=dict(as_clerk), id=gone["id"])
    seen = call_action("ca3b_composed_map_show", context=dict(as_clerk), id=found["name"])
    assert [one["resource_title"] for one in seen["layers"]] == ["Arbres"]


@pytest.mark.parametrize("action", ["create", "update", "delete"])
def test_a_neighbour_makes_and_changes_nothing_for_the_commune(make, commune, neighbour, action):
    found = make()
    who = {"user": neighbour["name"], "ignore_auth": False}
    given = {"title": "Prise", "owner_org": commune["id"]} | ({"id": found["id"]} if action != "create" else {})
    with pytest.raises(tk.NotAuthorized):
        call_action(f"ca3b_composed_map_{action}", context=who, **given)


def test_a_map_is_not_given_to_a_producer_that_one_does_not_publish_for(make, as_clerk):
    found = make()
    other = call_action("organization_show", context={"ignore_auth": True}, id="attignat")
    with pytest.raises(tk.NotAuthorized):
        call_action("ca3b_composed_map_update", context=dict(as_clerk), **{**found, "owner_org": other["id"]})


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": ""}, "title"), ({"title": "x" * 201}, "title"), ({"state": "public"}, "state"),
        ({"base": "google"}, "base"), ({"layers": [{"resource_id": "nulle-part"}]}, "layers"),
        ({"layers": [{"resource_id": ""}]}, "layers"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(make, commune, as_clerk, fields, where):
    given = {"title": "Carte", "owner_org": commune["id"], **fields}
    with pytest.raises(tk.ValidationError) as refused:
        call_action("ca3b_composed_map_create", context=dict(as_clerk), **given)
    assert where in refused.value.error_dict


def test_opacity_and_the_number_of_layers_have_bounds(make, mapped):
    resource = mapped()
    with pytest.raises(tk.ValidationError):
        make(layer(resource, opacity="3"))
    with pytest.raises(tk.ValidationError):
        make(*[layer(resource)] * 21)
    assert len(make(*[layer(resource)] * 20)["layers"]) == 20


def test_a_file_without_map_and_a_file_one_may_not_see_are_refused_as_layers(
    make, mapped, commune, neighbour, as_clerk
):
    resource = mapped()
    with pytest.raises(tk.ValidationError):
        make(layer(resource) | {"layer": "7"})
    private = mapped("Secrets", private=True)
    there = call_action("organization_show", context={"ignore_auth": True}, id="attignat")
    with pytest.raises(tk.ValidationError):
        call_action(
            "ca3b_composed_map_create", context={"user": neighbour["name"], "ignore_auth": False}, title="Vol",
            owner_org=there["id"], layers=[layer(private)],
        )  # fmt: skip


def test_a_published_map_names_itself_on_its_files(make, mapped):
    resource = mapped()
    make(layer(resource))
    make(layer(resource), title="Brouillon", state="draft")
    assert [one["name"] for one in tk.h.ca3b_composed_maps_of(resource["id"])] == ["s-asseoir-a-viriat"]
