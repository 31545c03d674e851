"""Links to map services and to geographic files kept elsewhere become maps too, within bounds."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests.helpers import call_action

from ckanext.ca3b.cartography import config
from tests.maps.services.conftest import ANSWERS, site  # noqa: F401 - a site on this machine

from .conftest import acting, draw, geojson, place, the_map

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
HELD = geojson(telephone="06 39 98 41 07", nom_complet="Zéphyrine Canarivalle", date_naissance="14/03/2017")


@pytest.fixture(autouse=True)
def this_machine_may_be_asked(monkeypatch):
    """The sites of the tests are on this machine."""
    monkeypatch.setitem(tk.config, config.REMOTE_PRIVATE, True)


@pytest.fixture
def link(dataset, clerk):
    """Publish a link as the clerk, and have its map drawn; gives the resource."""

    def create(url: str, form: str = ""):
        given = {"package_id": dataset["id"], "name": "Lien", "url": url, "format": form}
        resource = call_action("resource_create", context=acting(clerk), **given)
        draw(resource)
        return resource

    return create


def carte(ask, resource):
    return ask(place(resource, "carte.json"), status=200).json


def test_a_service_of_pictures_is_drawn_from_where_it_is_when_browsers_may_ask_it(link, site, ask):  # noqa: F811
    site.pages["/wms"] = lambda asked: (
        PNG if asked.get("request") == "GetMap" else (ANSWERS / "wms130.xml").read_bytes()
    )
    site.headers = {"Access-Control-Allow-Origin": "*"}
    said = carte(ask, link(f"{site.url}/wms", "WMS"))
    assert said["state"] == "done"
    assert [one["name"] for one in said["layers"]] == ["Zonage du PLU", "Haies & bosquets"]
    assert said["layers"][0]["data"]["tiles"][0].startswith(f"{site.url}/wms?")


def test_a_service_that_browsers_may_not_ask_is_asked_through_the_portal(link, site, ask):  # noqa: F811
    site.pages["/wms"] = lambda asked: (
        PNG if asked.get("request") == "GetMap" else (ANSWERS / "wms130.xml").read_bytes()
    )
    resource = link(f"{site.url}/wms", "WMS")
    template = carte(ask, resource)["layers"][0]["data"]["tiles"][0]
    assert template.startswith(f"/cartes/fichiers/{resource['id']}/couches/0/tuiles/{{z}}/{{x}}/{{y}}")
    answer = ask(template.format(z=1, x=1, y=0), status=200)
    assert (answer.mimetype, answer.data) == ("image/png", PNG)
    assert site.asked[-1][1]["bbox"] == "0.000000,0.000000,20037508.342789,20037508.342789"
    site.pages["/wms"] = b"<ServiceException>Non</ServiceException>"
    assert "service" in ask(template.format(z=1, x=0, y=0), status=502).json["description"]


def test_a_geographic_file_kept_elsewhere_is_copied_and_drawn(link, site, ask):  # noqa: F811
    site.pages["/mairies.geojson"] = geojson()
    said = carte(ask, link(f"{site.url}/mairies.geojson", "GeoJSON"))
    assert (said["state"], said["features"]) == ("done", 3)


def test_what_has_to_be_held_is_not_shown_even_when_it_is_public_elsewhere(link, site, ask):  # noqa: F811
    site.pages["/personnes.geojson"] = HELD
    resource = link(f"{site.url}/personnes.geojson", "GeoJSON")
    said = carte(ask, resource)
    assert (said["state"], said["layers"], said["error"]["code"]) == ("failed", [], "held")
    assert the_map(resource).files == {}


def test_the_features_of_a_wfs_are_copied_and_drawn(link, site, ask):  # noqa: F811
    site.pages["/wfs"] = lambda asked: (
        geojson() if asked.get("request") == "GetFeature" else (ANSWERS / "wfs200.xml").read_bytes()
    )
    said = carte(ask, link(f"{site.url}/wfs?service=WFS"))
    assert (said["state"], said["features"]) == ("done", 3)
    assert "typeNames" in said["warnings"][0]


@pytest.mark.parametrize(
    ("page", "form", "code"),
    [(b"<html>", "WMS", "not_a_service"), (None, "GeoJSON", "status"), (b"{", "GeoJSON", None)],
)
def test_what_does_not_answer_is_told_where_the_map_would_be(link, site, ask, page, form, code):  # noqa: F811
    site.pages["/service.geojson"] = page
    said = carte(ask, link(f"{site.url}/service.geojson", form))
    assert said["state"] == "failed"
    assert said["error"]["message"].endswith(".")
    assert code in {None, said["error"]["code"]}


def test_an_address_of_our_own_network_is_never_asked(link, site, ask, monkeypatch):  # noqa: F811
    monkeypatch.setitem(tk.config, config.REMOTE_PRIVATE, False)
    site.pages["/mairies.geojson"] = geojson()
    said = carte(ask, link(f"{site.url}/mairies.geojson", "GeoJSON"))
    assert (said["error"]["code"], site.asked) == ("private", [])


def test_a_link_that_is_no_map_has_none_and_one_that_changes_is_drawn_again(link, site, ask, clerk):  # noqa: F811
    site.pages["/mairies.geojson"] = geojson()
    site.pages["/deux.geojson"] = geojson((("Mairie de Viriat", 5.2166, 46.2531),))
    resource = link(f"{site.url}/budget.pdf", "PDF")
    assert the_map(resource) is None
    call_action(
        "resource_patch", context=acting(clerk), id=resource["id"], url=f"{site.url}/mairies.geojson", format="GeoJSON"
    )
    draw(resource)
    assert carte(ask, resource)["features"] == 3
    call_action("resource_patch", context=acting(clerk), id=resource["id"], url=f"{site.url}/deux.geojson")
    draw(resource)
    assert carte(ask, resource)["features"] == 1
