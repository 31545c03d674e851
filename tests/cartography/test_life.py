"""From the upload to the map, and from the map to nothing."""

from __future__ import annotations

import json

import pytest
from ckan.tests.helpers import call_action

from ckanext.ca3b.cartography import served, store
from ckanext.ca3b.serving import loading

from .conftest import HELD, PLACES, acting, draw, geojson, kept, place, the_map


def test_an_open_file_becomes_a_map(drawn, ask):
    resource = drawn()
    carte = ask(place(resource, "carte.json"), status=200).json
    assert carte["error"] is None, carte["error"]
    assert carte["state"] == "done"
    (layer,) = carte["layers"]
    assert layer["features"] == len(PLACES)
    found = ask(layer["urls"]["data"], status=200).json
    assert {one["properties"]["nom"] for one in found["features"]} == {name for name, _, _ in PLACES}
    west, south, east, north = carte["bbox"]
    assert (west, south) == pytest.approx((5.1597, 46.18))
    assert (east, north) == pytest.approx((5.2166, 46.2875))


def test_the_map_is_the_first_view_of_the_page(drawn, app, clerk):
    resource = drawn()
    views = call_action("resource_view_list", context=acting(clerk), id=resource["id"])
    assert views[0]["view_type"] == "ca3b_map"
    body = app.get(f"/dataset/{resource['package_id']}/resource/{resource['id']}").get_data(as_text=True)
    assert place(resource, "carte.json") in body
    assert "Mairie d’Attignat" in body  # in the table, for those who see no map


def test_a_held_file_has_no_map_and_its_own_people_may_have_one_drawn(send, ask, clerk, neighbour):
    resource = send(HELD)
    assert the_map(resource) is None
    ask(place(resource, "carte.json"), status=403)
    call_action("ca3b_map_build", context=acting(clerk), resource_id=resource["id"])
    assert draw(resource).state == "done"
    assert ask(place(resource, "carte.json"), clerk, status=200).json["layers"]
    ask(place(resource, "carte.json"), status=403)
    ask(place(resource, "carte.json"), neighbour, status=403)


def test_a_file_that_is_held_in_the_place_of_a_clear_one_leaves_nothing(drawn, replace, ask):
    resource = drawn()
    assert kept()
    replace(resource, HELD)
    draw(resource)
    assert (store.of(resource["id"]), kept()) == ([], set())
    ask(place(resource, "carte.json"), status=403)


def test_made_private_then_public_then_deleted(drawn, ask, dataset, clerk):
    resource = drawn()
    address = ask(place(resource, "carte.json")).json["layers"][0]["urls"]["data"]
    tag = ask(address, status=200).headers["ETag"]
    call_action("package_patch", context=acting(clerk), id=dataset["id"], private=True)
    for path in (
        address,
        place(resource, "carte.json"),
        place(resource, "telecharger.csv"),
        place(resource, "integrer"),
    ):
        answer = ask(path, If_None_Match=tag)
        assert answer.status_code == 403, path
    assert ask(address, clerk, status=200).headers["Cache-Control"] in {"private, no-store", "no-store, private"}
    call_action("package_patch", context=acting(clerk), id=dataset["id"], private=False)
    ask(address, status=200)
    call_action("resource_delete", context=acting(clerk), id=resource["id"])
    assert (store.of(resource["id"]), kept()) == ([], set())
    ask(address, status=404)


def test_a_draft_is_drawn_when_it_is_published(commune, clerk):
    draft = call_action("package_create", context=acting(clerk), title="Brouillon", notes="x",
                        owner_org=commune["id"], state="draft")  # fmt: skip
    from .conftest import upload  # noqa: PLC0415

    resource = call_action("resource_create", context=acting(clerk), package_id=draft["id"], name="Mairies",
                           upload=upload(geojson(), "mairies.geojson"))  # fmt: skip
    assert the_map(resource) is None
    call_action("package_patch", context=acting(clerk), id=draft["id"], state="active")
    assert draw(resource).state == "done"


def test_a_replaced_file_keeps_its_former_map_until_the_new_one_is_there(drawn, replace, ask):
    resource = drawn()
    before = the_map(resource)
    replace(resource, geojson([*PLACES, ("Mairie de Jasseron", 5.32, 46.21)]))
    carte = ask(place(resource, "carte.json"), status=200).json
    assert (carte["stale"], carte["layers"][0]["features"]) == (True, 3)
    page = ask(place(resource, "integrer"), status=200).get_data(as_text=True)
    assert "Mairie" in page
    after = draw(resource)
    assert [one.id for one in store.of(resource["id"])] == [after.id]
    carte = ask(place(resource, "carte.json"), status=200).json
    assert (carte["stale"], carte["layers"][0]["features"]) == (False, 4)
    assert not {one["location"] for one in before.files.values()} & kept()


def test_the_same_bytes_are_drawn_once(drawn, replace):
    resource = drawn()
    first = the_map(resource)
    replace(resource, geojson())
    assert (the_map(resource).id, the_map(resource).version) == (first.id, first.version)


def test_a_link_has_no_map_of_a_file_before(drawn, ask, clerk):
    resource = drawn()
    call_action("resource_patch", context=acting(clerk), id=resource["id"], url="https://exemple.fr/mairies.geojson",
                url_type="", clear_upload="true")  # fmt: skip
    assert kept() == set()
    said = ask(place(resource, "carte.json"), status=200).json
    assert (said["state"], said["layers"]) == ("waiting", [])


def test_a_table_without_places_is_no_map_and_nothing_is_said(drawn, app):
    resource = drawn(b"libelle;montant\r\nVoirie;1200\r\nEcoles;800\r\n", "budget.csv")
    assert the_map(resource).state == "not_a_map"
    body = app.get(f"/dataset/{resource['package_id']}/resource/{resource['id']}").get_data(as_text=True)
    assert "carte.json" not in body


def test_a_table_of_places_is_a_map(drawn, ask):
    resource = drawn(b"nom;latitude;longitude\r\nGare;46,2003;5,2142\r\nStade;46,2100;5,2300\r\n", "lieux.csv")
    carte = ask(place(resource, "carte.json"), status=200).json
    assert (carte["state"], carte["layers"][0]["features"]) == ("done", 2)


def test_a_file_that_cannot_be_drawn_says_why_on_its_page(drawn, app):
    nowhere = {"type": "Feature", "geometry": None, "properties": {"nom": "Mairie"}}
    resource = drawn(json.dumps({"type": "FeatureCollection", "features": [nowhere]}).encode(), "nulle-part.geojson")
    found = the_map(resource)
    assert (found.state, found.error["code"]) == ("failed", "no_features")
    body = app.get(f"/dataset/{resource['package_id']}/resource/{resource['id']}").get_data(as_text=True)
    assert found.error["message"] in body
    assert kept() == set()


def test_the_present_map_is_not_that_of_other_bytes(drawn):
    resource = drawn()
    shown = {"id": resource["id"], "hash": "0" * 64}
    assert served.of(shown) is None or served.of(shown).sha256 != "0" * 64


def test_what_the_description_says_can_be_read_by_programs(drawn):
    resource = drawn()
    found = call_action("ca3b_map_show", context=acting(None), resource_id=resource["id"])
    assert json.loads(json.dumps(found))["description"]["layers"][0]["store"]


def test_a_file_that_is_a_map_and_a_table_shows_the_map_first(drawn, clerk):
    resource = drawn(b"nom;latitude;longitude\r\nGare;46,2003;5,2142\r\nStade;46,2100;5,2300\r\n", "lieux.csv")
    loading.load(resource["id"])
    views = call_action("resource_view_list", context=acting(clerk), id=resource["id"])
    assert [view["view_type"] for view in views] == ["ca3b_map", "ca3b_table"]
