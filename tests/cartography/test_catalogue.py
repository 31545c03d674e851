"""What the maps tell the outgoing catalogue, and the description of tiles that it leads to."""

from __future__ import annotations

import pytest

from ckanext.ca3b.cartography import catalogue
from ckanext.ca3b.catalogue import OGC_FEATURES, TILES, Crs, Extent, Service

from .conftest import HELD, draw, geojson, place

MANY = [(f"Point {n}", 4.9 + (n % 150) / 200, 46.0 + (n // 150) / 200) for n in range(12_000)]


def path(address):
    return address[address.index("/", 8) :]


def test_a_map_gives_its_extent_its_system_and_its_features(drawn, ask):
    resource = drawn()
    told = catalogue.facts([resource])[resource["id"]]
    assert Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84") in told
    (extent,) = (one for one in told if isinstance(one, Extent))
    assert (extent.west, extent.north) == pytest.approx((5.1597, 46.2875))
    (service,) = (one for one in told if isinstance(one, Service))
    assert service.kind == OGC_FEATURES
    for address in (service.endpoint_url, service.endpoint_description, service.documentation):
        ask(path(address), status=200) if "/dataset/" not in address else None
    assert ask(path(service.endpoint_url)).json["id"] == resource["id"]


def test_tiles_are_described_for_who_draws_them(drawn, ask):
    resource = drawn(geojson(MANY))
    (tiles,) = (one for one in catalogue.facts([resource])[resource["id"]] if getattr(one, "kind", "") == TILES)
    described = ask(path(tiles.endpoint_url), status=200).json
    assert described["tilejson"] == "3.0.0"
    assert [one["id"] for one in described["vector_layers"]] == ["features"]
    assert "nom" in described["vector_layers"][0]["fields"]
    zoom = described["minzoom"]
    address = described["tiles"][0].replace("{z}", str(zoom))
    corners = ((x, y) for x in range(1 << zoom) for y in range(1 << zoom))
    assert any(ask(path(address).replace("{x}", str(x)).replace("{y}", str(y))).data for x, y in corners)


def test_a_small_map_has_no_tiles(drawn, ask):
    ask(place(drawn(), "couches/0/tuiles.json"), status=404)


def test_the_map_of_other_bytes_says_nothing(drawn, replace):
    before = drawn()
    after = replace(before, geojson([("Mairie de Bourg", 5.2255, 46.2052)]))
    assert catalogue.facts([after]) == {}
    draw(after)
    assert catalogue.stamps([after]) != catalogue.stamps([before])


def test_a_file_that_is_not_drawn_says_nothing(send):
    resource = send(HELD)
    draw(resource)
    assert catalogue.facts([resource]) == {}
