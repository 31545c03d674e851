"""Colours that the source chose: those of a picture of the ground, those of the lines of a network."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
import rasterio
from playwright.sync_api import Page, expect
from rasterio.transform import from_bounds

from tests.maps.drivers.test_gtfs import TABLES

from .map_files import pixels, published

READY = 60_000
RED, WORDS_RED, GREY = (0xE3, 0x06, 0x13), (255, 0, 0), (0x8B, 0x93, 0xA3)


@pytest.fixture(scope="session")
def relief(portal):
    """A GeoTIFF of heights from 200 m in the west to 800 m in the east, whose band says what it is."""
    west, south, east, north = portal.territory.bbox()
    heights = np.tile(np.linspace(200, 800, 240, dtype=np.float32), (160, 1))
    content = io.BytesIO()
    with rasterio.open(
        content, "w", driver="GTiff", width=240, height=160, count=1, dtype="float32", crs="EPSG:4326",
        transform=from_bounds(west, south, east, north, 240, 160),
    ) as out:  # fmt: skip
        out.write(heights, 1)
        out.set_band_description(1, "Altitude")
        out.set_band_unit(1, "m")
    return published(portal, "relief", "Relief", ("relief.tif", "GeoTIFF", content.getvalue()), picture=True)


def test_the_colours_of_a_picture_are_told_by_values_and_swatches(page: Page, relief, watch, shot):
    page.goto(relief["path"])
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    legend = page.locator(".ca3b-map-legend")
    expect(legend.locator(".ca3b-map-legend-by")).to_have_text("Altitude (m)")
    heights = [float(text.replace(",", ".")) for text in legend.locator("li").all_inner_texts()]
    assert heights == sorted(heights)
    assert len(heights) == 5
    assert 200 <= heights[0] < 300
    assert 700 < heights[-1] <= 800
    middles = legend.locator("li canvas").evaluate_all(
        "signs => signs.map(sign => [...sign.getContext('2d').getImageData(30, 20, 1, 1).data].join())"
    )
    assert len(set(middles)) == 5
    shot(page, "carte-relief-1280")


def test_a_colour_that_is_none_is_left_out_of_the_legend(page: Page, relief):
    """What carte.json says may come from a service one day: only #rrggbb is taken for a colour, and words are words."""

    def changed(route):
        answer = route.fetch()
        said = answer.json()
        said["layers"][0]["legend"]["items"][0]["color"] = "url(//mal.example)"
        said["layers"][0]["legend"]["items"][1]["label"] = "<b>gras</b>"
        route.fulfill(response=answer, json=said)

    page.route("**/carte.json*", changed)
    page.goto(relief["path"])
    expect(page.locator(".ca3b-map-legend li").first).to_have_text("<b>gras</b>", timeout=READY)
    expect(page.locator(".ca3b-map-legend li")).to_have_count(4)


@pytest.fixture(scope="session")
def network(portal):
    """A GTFS feed of a red line, a line whose colour is a word, and another that never runs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in TABLES.items():
            archive.writestr(name, text)
    return published(portal, "reseau-bus", "Réseau de bus", ("reseau.zip", "GTFS", packed.getvalue()))


def opened(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    expect(page.locator(".ca3b-map-rows tbody tr").first).to_be_visible(timeout=READY)


def test_lines_have_the_colours_of_their_network_and_the_legend_names_them(page: Page, network, watch, shot):
    opened(page, network["path"])
    legend = page.locator(".ca3b-map-legend")
    expect(legend.locator(".ca3b-map-legend-by", has_text="Couleurs de la source")).to_have_count(1)
    expect(legend.locator("li", has_text="Gare - Mairie")).to_have_count(1)
    assert pixels(page, RED) > 300
    assert pixels(page, GREY) > 100
    shot(page, "carte-couleurs-de-la-source-1280")
    settings = page.locator(".ca3b-map-part-settings")
    if settings.get_attribute("open") is None:
        settings.locator("> summary").click()
    page.get_by_label("Colorer selon").locator("visible=true").last.select_option("")
    expect(legend.locator(".ca3b-map-legend-by", has_text="Couleurs de la source")).to_have_count(0)
    assert pixels(page, RED) == 0


def test_a_colour_that_is_a_word_is_drawn_as_if_there_were_none(page: Page, network):
    def changed(route):
        answer = route.fetch()
        said = answer.json()
        for feature in said["features"]:
            feature["properties"]["route_color"] = "red"
        route.fulfill(response=answer, json=said)

    page.route("**/couches/0/entites.geojson*", changed)
    opened(page, network["path"])
    expect(page.locator(".ca3b-map-legend li", has_text="Gare - Mairie")).to_have_count(1)
    assert pixels(page, WORDS_RED) == 0
    assert pixels(page, GREY) > 300
